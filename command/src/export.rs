//! The clients of a file, written in another way.

use std::process::ExitCode;

use guestlist_config::Diagnostics;
use guestlist_config::write::{Export, Exported, NotWritten};
use guestlist_runtime::Setting;
use serde_json::{Value, json};

use crate::FAILED;
use crate::args::{self, Check, Format};
use crate::check::{NotLoaded, load, show};
use crate::own::own;
use crate::terminal::{print, warning};

pub fn import(args: &args::Import) -> Result<ExitCode, String> {
    write(&args.check, |export| Ok(export.to_source()))
}

pub fn export(args: &args::Export) -> Result<ExitCode, String> {
    let shape = match args.shape {
        args::Shape::Guestlist => guestlist_config::Shape::Guestlist,
        args::Shape::IdentityServer => guestlist_config::Shape::IdentityServer,
        args::Shape::Registration => guestlist_config::Shape::Registration,
    };
    write(&args.check, |export| export.to_file(shape, args.file_format.format()))
}

/// Prints the clients, if the file is good. What is to be said of them goes beside, so that the output can be stored.
fn write(args: &Check, written: impl FnOnce(Export) -> Result<Exported, NotWritten>) -> Result<ExitCode, String> {
    let loaded = match load(args) {
        Ok(loaded) => loaded,
        Err(NotLoaded { diagnostics, code }) => {
            match args.format {
                Format::Text => show(&diagnostics),
                Format::Json => print(answer(&diagnostics, Answer::default()))?,
            }
            return Ok(ExitCode::from(code));
        }
    };
    let server = guestlist_runtime::ClientStore::server(&loaded.clients);
    match (written(Export::new(server, loaded.in_order().cloned())), args.format) {
        (Ok(exported), Format::Text) => {
            show(&loaded.warnings);
            exported.lost.iter().for_each(|lost| warning(&format!("left out: {lost}")));
            if exported.lost.iter().any(|lost| lost.setting == Setting::ClientSecrets && lost.entry.is_some()) {
                warning("what proves these clients is left out: the file is for others to read, not to be loaded");
            }
            print(exported.text)?;
        }
        (Ok(Exported { text, lost, .. }), Format::Json) => {
            let lost = lost.iter().map(ToString::to_string).collect();
            print(answer(&loaded.warnings, Answer { text: Some(text), lost, error: None }))?;
        }
        (Err(error), Format::Text) => return Err(error.to_string()),
        (Err(error), Format::Json) => {
            print(answer(&loaded.warnings, Answer { error: Some(error.to_string()), ..Answer::default() }))?;
            return Ok(ExitCode::from(FAILED));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What programs are told beside the diagnostics.
#[derive(Default)]
struct Answer {
    text: Option<String>,
    lost: Vec<String>,
    error: Option<String>,
}

fn answer(diagnostics: &Diagnostics, Answer { text, lost, error }: Answer) -> String {
    // A list that was just written as JSON.
    let diagnostics: Value = serde_json::from_str(&own(&diagnostics.to_json())).unwrap_or_default();
    format!("{}\n", json!({ "text": text, "diagnostics": diagnostics, "lost": lost, "error": error }))
}
