//! What was written to what it means: definitions for the rulebook, its findings back to tokens.

mod client;
mod levels;
mod names;
mod server;
pub mod value;

use std::collections::BTreeSet;

use guestlist_runtime::__private::Words;
use guestlist_runtime::rules::{self, Definition, Level, Place as At};
use guestlist_runtime::{Client, Server};

use proc_macro2::Span;

use crate::index::{self, Index};
use crate::parse::Block;
use crate::report::{Errors, Place, position};
use crate::track::Tracked;

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

/// A warning, shown as the use of a deprecated macro of this name.
#[derive(Debug)]
pub struct Warning {
    pub name: &'static str,
    pub place: Place,
    pub text: String,
}

/// Reads the blocks and holds them to the rulebook. Errors go to the bag.
pub fn check(blocks: &[Block], errors: &mut Errors, tracked: &mut Tracked) -> Checked {
    let server = read_server(blocks, errors, tracked);
    let clients: Vec<client::Read> = blocks
        .iter()
        .filter(|block| block.name == "Client")
        .map(|block| client::read(block, &server.server.defaults, errors, tracked))
        .collect();
    let mut definitions = Vec::new();
    let mut places = Vec::new();
    let mut expectations = Vec::new();
    for client in clients {
        definitions.push(client.definition);
        places.push(client.places);
        expectations.push(client.expectations);
    }
    let report = rules::check(&server.server, &definitions, Vec::new());

    let mut warnings = Vec::new();
    for finding in report.findings {
        let place = |client: usize, at: At| match at {
            At::Server(..) => server.places.of(at),
            _ => places.get(client).map_or_else(|| server.places.of(at), |places| places.of(at)),
        };
        let here = place(finding.client, finding.place);
        let rule = finding.rule.name;
        let bytes = finding.bytes.as_ref().map(|bytes| bytes.start).filter(|start| *start > 0);
        let bytes = bytes.map(|start| format!(" (byte {start})")).unwrap_or_default();
        let text = format!("{}{bytes}", finding.message);
        let help = finding.help.to_string();
        match finding.level {
            Level::Error if help.is_empty() => errors.push(here, format!("{text} [{rule}]"), ""),
            Level::Error if finding.note.pieces.is_empty() => errors.push(here, text, format!("{help} [{rule}]")),
            Level::Error => errors.push(here, text, format!("{help} [{rule}]\nnote: {}", finding.note)),
            _ => {
                let help = if help.is_empty() { help } else { format!("\nhelp: {help}") };
                warnings.extend(warning(
                    rule,
                    here,
                    places.get(finding.client),
                    &places,
                    &format!("{text}{help}"),
                    errors,
                ));
            }
        }
    }
    for unfulfilled in report.unfulfilled {
        let list = unfulfilled.client.map_or(Some(&server.expectations), |client| expectations.get(client));
        let Some(expectation) = list.and_then(|list| list.iter().find(|one| one.rule == unfulfilled.rule)) else {
            continue;
        };
        let text = format!("`{}` has nothing to report here\nhelp: remove the expectation", unfulfilled.rule);
        let client = unfulfilled.client.and_then(|client| places.get(client));
        warnings.extend(warning("unfulfilled_expectation", expectation.place, client, &places, &text, errors));
    }
    warnings.sort_by_key(|warning| position(warning.place.first));
    let mut seen = BTreeSet::new();
    let clients: Vec<Client> = definitions
        .into_iter()
        .map(|Definition { client, .. }| client)
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
        } else {
            if at > 0 {
                errors.push(&block.name, "the `Server` block does not come first", "move it before the clients");
            }
            read = Some(server::read(block, errors, tracked));
        }
    }
    read.unwrap_or_default()
}

/// Places a warning on a line without a secret in clear: rustc quotes the line, and cargo keeps what
/// rustc prints. If the client is written on one line with its secret, that is a line of another
/// block; if there is none, it is an error that says what to do.
fn warning(
    name: &'static str,
    place: Place,
    client: Option<&client::Places>,
    clients: &[client::Places],
    text: &str,
    errors: &mut Errors,
) -> Option<Warning> {
    let clear = |place: Place| {
        let lines = clients.iter().flat_map(|client| &client.clear_lines);
        lines.clone().any(|lines| place.lines().any(|line| lines.contains(&line)))
    };
    let own = client.map(|client| [client.client(), client.name()]).into_iter().flatten();
    let (line, _) = position(place.first);
    if let Some(place) = core::iter::once(place).chain(own).find(|place| !clear(*place)) {
        return Some(Warning { name, place, text: text.to_owned() });
    }
    if let Some(place) = clients.iter().map(client::Places::name).find(|place| !clear(*place)) {
        return Some(Warning { name, place, text: format!("(about the client on line {line}) {text}") });
    }
    errors.push(
        place,
        format!("{text}\n[{name}]"),
        "put the secret on a line of its own first: this is a warning, and with it rustc would copy the line, secret \
         included, into files below `target/`",
    );
    None
}
