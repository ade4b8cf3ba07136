//! A document to the definitions that the rulebook judges.

mod apart;
mod client;
mod find;
mod identity_server;
mod levels;
mod name;
mod named;
mod pair;
mod places;
mod problem;
mod reader;
mod registration;
mod seconds;
mod secret;
mod value;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use guestlist_runtime::Server;
use guestlist_runtime::rules::Definition;

use crate::dialect::Dialect;
use crate::tree::Node;
use crate::{Format, Shape};
use client::Client;
pub(crate) use places::Places;
pub(crate) use problem::Problem;
use reader::Reader;
pub(crate) use registration::is_free;

/// A document as it was read.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) dialect: Dialect,
    pub(crate) definitions: Vec<Definition>,
    /// Where each definition's parts stand.
    pub(crate) places: Vec<Places>,
    pub(crate) problems: Vec<Problem>,
    /// The files that secrets come from, those that could not be read included.
    pub(crate) files: BTreeSet<PathBuf>,
    /// The places of what no message shows.
    pub(crate) hidden: Vec<core::ops::Range<usize>>,
}

/// Reads the clients of a document, whose text is `source`. Paths in it are relative to `folder`; settings that it does
/// not write are as the server's defaults.
pub(crate) fn read(document: &Node, source: &str, format: Format, folder: &Path, server: &Server) -> Read {
    let found = match find::clients(document) {
        Ok(found) => found,
        Err(problem) => return Read::nothing(document, format, *problem),
    };
    let dialect = Dialect { shape: found.shape, format };
    let mut reader = Reader::new(dialect, source, folder, found.problems);
    found.beside.into_iter().for_each(|node| reader.hide(node));
    let clients = found.clients.into_iter().filter_map(|node| match dialect.shape {
        Shape::Registration => registration::client(&mut reader, node, server),
        Shape::Guestlist | Shape::IdentityServer => client::client(&mut reader, node, server),
    });
    let (definitions, places) = clients.map(|Client { definition, places }| (definition, places)).unzip();
    let Reader { problems, files, hidden, .. } = reader;
    Read { dialect, definitions, places, problems, files, hidden }
}

impl Read {
    fn nothing(document: &Node, format: Format, problem: Problem) -> Self {
        let mut hidden = Vec::new();
        find::hide_values(document, &mut hidden);
        Self {
            dialect: Dialect { shape: Shape::Guestlist, format },
            definitions: Vec::new(),
            places: Vec::new(),
            problems: vec![problem],
            files: BTreeSet::new(),
            hidden,
        }
    }
}
