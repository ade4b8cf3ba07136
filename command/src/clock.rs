//! What time is it?

use std::time::{SystemTime, UNIX_EPOCH};

/// The Unix time, in seconds.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
