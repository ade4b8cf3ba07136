//! What a file holds, within bounds.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The longest file of clients, in bytes.
pub(crate) const LONGEST_FILE: u64 = 256 * 1024 * 1024;

/// The longest file of a secret, a key or a certificate, in bytes.
pub(crate) const LONGEST_SECRET: u64 = 64 * 1024;

/// Reads a regular file of so many bytes at most: a pipe or a device may never end.
pub(crate) fn read(path: &Path, longest: u64) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    read_from(File::open(path)?, longest)
}

/// Reads so many bytes at most.
pub(crate) fn read_from(reader: impl Read, longest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(longest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > longest {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is longer than {longest} bytes")));
    }
    Ok(bytes)
}
