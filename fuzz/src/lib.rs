//! What the targets share: the macro's own modules, since a macro crate hands out nothing but its macros.
#![allow(dead_code, reason = "the macro crate itself tells what nothing uses")]

#[path = "../../macros/src/cfg.rs"]
mod cfg;
#[path = "../../macros/src/check/mod.rs"]
mod check;
#[path = "../../macros/src/editor.rs"]
mod editor;
#[path = "../../macros/src/expand.rs"]
mod expand;
#[path = "../../macros/src/index.rs"]
mod index;
#[path = "../../macros/src/parse.rs"]
mod parse;
#[path = "../../macros/src/passes.rs"]
mod passes;
#[path = "../../macros/src/report.rs"]
mod report;
#[path = "../../macros/src/secret.rs"]
mod secret;
#[path = "../../macros/src/track.rs"]
mod track;

pub use passes::{expand_carrier, expand_clients};

use guestlist_runtime::{Client, Server, rules};
use proc_macro2::TokenStream;

/// The records in the examples of the rules, right and wrong, each with its server.
pub fn examples() -> Vec<(Server, Vec<Client>)> {
    rules::all().flat_map(|rule| [rule.wrong, rule.right]).filter_map(records).collect()
}

fn records(source: &str) -> Option<(Server, Vec<Client>)> {
    let (mut errors, mut tracked) = Default::default();
    let blocks = parse::blocks(source.parse::<TokenStream>().ok()?, &mut errors);
    let checked = check::check(&blocks, &mut errors, &mut tracked);
    Some((checked.server, checked.clients))
}
