//! Where rustc may quote the source: on no line on which a secret in clear stands.
//!
//! rustc quotes the lines of what it reports, and those of the calls of macros that led there; cargo keeps what rustc
//! prints below `target/`, also when the build fails.

use std::collections::{BTreeMap, BTreeSet};

use guestlist_runtime::Setting;
use proc_macro2::{Span, TokenStream};

use crate::check::Warning;
use crate::clear::Clear;
use crate::parse::Block;
use crate::report::{Error, Errors, Place, Position, position};

/// What may be quoted of a `clients![ … ]`.
#[derive(Debug, Default)]
pub struct Quotable<'a> {
    /// The lines of secrets in clear.
    secret: BTreeSet<usize>,
    /// What shows no other calls than those that led to a secret.
    hygiene: Option<Span>,
    /// Whether a macro of the user's was given a secret: then the calls that led to other tokens show it.
    given: bool,
    /// The blocks, by where they begin.
    blocks: BTreeMap<Position, &'a Block>,
    /// What can be quoted for a block that cannot.
    elsewhere: Option<Place>,
    /// A line of guestlist's own, to be quoted when nothing else can.
    own: Option<Span>,
}

impl<'a> Quotable<'a> {
    /// What may be quoted of blocks with these secrets. `krate` is the path that the facade hands on.
    pub fn of(krate: &TokenStream, secrets: &[Clear], blocks: &'a [Block]) -> Self {
        let Some(one) = secrets.iter().find(|secret| secret.given).or_else(|| secrets.first()) else {
            return Self::default();
        };
        let mut quotable = Self {
            secret: secrets.iter().flat_map(|secret| secret.place.lines()).collect(),
            hygiene: Some(one.place.first),
            given: one.given,
            blocks: blocks.iter().map(|block| (position(block.name.span()), block)).collect(),
            elsewhere: None,
            own: krate.clone().into_iter().next().map(|krate| krate.span()),
        };
        quotable.elsewhere = blocks.iter().find_map(|block| quotable.landmark(block));
        quotable
    }

    /// The errors in the order of the source, each once and where it may stand.
    pub fn errors(&self, errors: Errors) -> Vec<Error> {
        let mut seen = BTreeSet::new();
        let shown = errors.into_sorted().into_iter().map(|error| {
            let (place, message) = self.shown(error.place, error.message);
            Error { place, message }
        });
        shown.filter(|error| seen.insert((error.place.ends(), error.message.clone()))).collect()
    }

    /// The warnings, each once and where it may stand.
    pub fn warnings(&self, warnings: Vec<Warning>) -> Vec<Warning> {
        let mut seen = BTreeSet::new();
        let shown = warnings.into_iter().map(|warning| {
            let (place, text) = self.shown(warning.place, warning.text);
            Warning { place, text, ..warning }
        });
        shown.filter(|warning| seen.insert((warning.place.ends(), warning.text.clone()))).collect()
    }

    /// Where something is to be said, and what, if it cannot be where it belongs.
    fn shown(&self, place: Place, text: String) -> (Place, String) {
        let Some(hygiene) = self.hygiene else { return (place, text) };
        let (line, _) = position(place.first);
        let (shown, about) = if self.allows(place) {
            (place, None)
        } else if let Some(there) = self.block_at(place).and_then(|block| self.landmark(block)).or(self.elsewhere) {
            (there, Some(format!("line {line}")))
        } else {
            let own = self.own.unwrap_or(hygiene).resolved_at(hygiene);
            (own.into(), Some(format!("{}:{line}", place.first.file())))
        };
        let shown = if self.given { shown.resolved_at(hygiene) } else { shown };
        match about {
            Some(about) => {
                (shown, format!("{text}\nnote: about {about}, which is not quoted since it may show a secret"))
            }
            None => (shown, text),
        }
    }

    /// Whether the lines of a place may be quoted. The whole call never may.
    fn allows(&self, place: Place) -> bool {
        position(place.first) != position(Span::call_site()) && place.lines().all(|line| !self.secret.contains(&line))
    }

    /// The block in which a place lies.
    fn block_at(&self, place: Place) -> Option<&'a Block> {
        let (_, block) = self.blocks.range(..=position(place.first)).next_back()?;
        (position(place.first) <= position(block.end)).then_some(block)
    }

    /// What can be quoted of a block: its client id, its name, or else the name of a setting.
    fn landmark(&self, block: &Block) -> Option<Place> {
        let id = block.fields.iter().find(|field| field.name == Setting::ClientId.as_str());
        let id = id.and_then(|id| id.value.as_ref()).map(|id| id.place());
        let names = [&block.name].into_iter().chain(block.fields.iter().map(|field| &field.name));
        id.into_iter().chain(names.map(Place::from)).find(|place| self.allows(*place))
    }
}
