//! What was written to what it means: definitions for the rulebook, its findings back to tokens.

mod client;
mod levels;
pub mod names;
mod server;
mod show;
pub mod value;

use std::collections::BTreeSet;

use guestlist_runtime::__private::Words;
use guestlist_runtime::rules::{self, Definition};
use guestlist_runtime::{Client, Server};

use proc_macro2::Span;

use crate::index::{self, Index};
use crate::parse::Block;
use crate::report::Errors;
use crate::track::Tracked;
pub use show::Warning;

/// What is to be expanded.
#[derive(Debug)]
pub struct Checked {
    pub server: Server,
    /// Different ones: of equal ids, which are an error, the first counts.
    pub clients: Vec<Client>,
    /// The ids of the clients.
    pub words: Vec<Words>,
    pub index: Index,
    /// In the order of the source.
    pub warnings: Vec<Warning>,
}

/// Reads the blocks and holds them to the rulebook. Errors go to the bag.
pub fn check(blocks: &[Block], errors: &mut Errors, tracked: &mut Tracked) -> Checked {
    let server = read_server(blocks, errors, tracked);
    let clients: Vec<client::Read> = blocks
        .iter()
        .filter(|block| block.name == "Client")
        .map(|block| client::read(block, &server.defaults, errors, tracked))
        .collect();
    let (definitions, clients): (Vec<Definition>, Vec<client::Written>) =
        clients.into_iter().map(|client| (client.definition, client.written)).unzip();
    let report = rules::check(&server.server, &definitions, Vec::new());
    let warnings = show::report(report, &server, &clients, errors);

    let mut seen = BTreeSet::new();
    let clients: Vec<Client> = definitions
        .into_iter()
        .map(Definition::into_client)
        .filter(|client| seen.insert(client.client_id.clone()))
        .collect();
    let words: Vec<Words> = clients.iter().map(|client| Words::of(&client.client_id)).collect();
    let index = index::search(&words).unwrap_or_else(|| {
        errors.push(Span::call_site(), "no perfect hash was found for these client ids", "please report it");
        Index::default()
    });
    Checked { server: server.server, clients, words, index, warnings }
}

/// The one leading `Server` block.
fn read_server(blocks: &[Block], errors: &mut Errors, tracked: &mut Tracked) -> server::Read {
    let mut read = None;
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.name == "Server") {
        if read.is_some() {
            errors.push(&block.name, "there is a second `Server` block", "a list of clients belongs to one server");
        } else if at > 0 {
            errors.push(&block.name, "the `Server` block does not come first", "move it before the clients");
        }
        let this = server::read(block, errors, tracked);
        read.get_or_insert(this);
    }
    read.unwrap_or_default()
}
