//! What the targets share: the macro's own modules, since a macro crate hands out nothing but its macros.
#![allow(dead_code, reason = "the macro crate itself tells what nothing uses")]

#[path = "../../macros/src/cfg.rs"]
mod cfg;
#[path = "../../macros/src/check/mod.rs"]
mod check;
#[path = "../../macros/src/clear.rs"]
mod clear;
#[path = "../../macros/src/editor.rs"]
mod editor;
#[path = "../../macros/src/expand.rs"]
mod expand;
#[path = "../../macros/src/index.rs"]
mod index;
#[path = "../../macros/src/parse/mod.rs"]
mod parse;
#[path = "../../macros/src/passes.rs"]
mod passes;
#[path = "../../macros/src/quotable.rs"]
mod quotable;
#[path = "../../macros/src/report.rs"]
mod report;
#[path = "../../macros/src/secret.rs"]
mod secret;
#[path = "../../macros/src/track.rs"]
mod track;

pub mod near;

pub use passes::{expand_carrier, expand_clients};
