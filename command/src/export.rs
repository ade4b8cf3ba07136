//! The clients of a file, written in another way.

use std::process::ExitCode;

use anstream::println;
use guestlist_config::write::{Export, Exported, NotWritten};
use serde_json::{Value, json};

use crate::args::{self, Check, FileFormat, Format};
use crate::check::{NotLoaded, load, show};
use crate::terminal::warning;

pub fn import(args: &args::Import) -> Result<ExitCode, String> {
    write(&args.check, |export| Ok(export.to_source()))
}

pub fn export(args: &args::Export) -> Result<ExitCode, String> {
    let shape = match args.shape {
        args::Shape::Guestlist => guestlist_config::Shape::Guestlist,
        args::Shape::IdentityServer => guestlist_config::Shape::IdentityServer,
        args::Shape::Registration => guestlist_config::Shape::Registration,
    };
    let format = match args.file_format {
        FileFormat::Json => guestlist_config::Format::Json,
        FileFormat::Toml => guestlist_config::Format::Toml,
        FileFormat::Yaml => guestlist_config::Format::Yaml,
    };
    write(&args.check, |export| export.to_file(shape, format))
}

/// Prints the clients, if the file is good. What is to be said of them goes beside, so that the output can be stored.
fn write(args: &Check, written: impl FnOnce(Export) -> Result<Exported, NotWritten>) -> Result<ExitCode, String> {
    let loaded = match load(args) {
        Ok(loaded) => loaded,
        Err(NotLoaded { diagnostics, code }) => {
            match args.format {
                Format::Text => show(&diagnostics),
                Format::Json => println!("{}", answer(None, &diagnostics.to_json(), &[])),
            }
            return Ok(ExitCode::from(code));
        }
    };
    let clients = &loaded.clients;
    let server = guestlist_runtime::ClientStore::server(clients);
    let exported = written(Export::new(server, clients.iter().cloned())).map_err(|error| error.to_string())?;
    let lost: Vec<String> = exported.lost.iter().map(ToString::to_string).collect();
    match args.format {
        Format::Text => {
            show(&loaded.warnings);
            lost.iter().for_each(|lost| warning(&format!("left out: {lost}")));
            print!("{}", exported.text);
        }
        Format::Json => println!("{}", answer(Some(&exported.text), &loaded.warnings.to_json(), &lost)),
    }
    Ok(ExitCode::SUCCESS)
}

fn answer(text: Option<&str>, diagnostics: &str, lost: &[String]) -> Value {
    // A list that was just written as JSON.
    let diagnostics: Value = serde_json::from_str(diagnostics).unwrap_or_default();
    json!({ "text": text, "diagnostics": diagnostics, "lost": lost })
}
