//! The rulebook: every rule that a client definition is held to, as data.
//!
//! There is one catalogue and one implementation. `clients!`, a config file and a database row each
//! make a [`Definition`] and hand it to [`check`]; the [`Finding`]s come back as data, and
//! each door shows them in its own syntax.
//!
//! ```
//! use guestlist_runtime::{Client, GrantType, Server, rules};
//!
//! let client = Client {
//!     client_id: "js".into(),
//!     require_client_secret: false,
//!     allowed_grant_types: [GrantType::ClientCredentials].into(),
//!     ..Client::default()
//! };
//! let findings = rules::check_client(&Server::default(), client);
//! assert!(findings.iter().any(|finding| finding.rule.name == "grant_needs_authentication"));
//! ```

mod client_id;
mod cors;
mod definition;
mod display;
mod finding;
mod grant;
mod key;
mod levels;
mod lifetime;
mod logout;
mod nearest;
mod pkce;
mod placeholder;
mod redirect;
mod scope;
mod secret;
mod server;
mod setting;
mod time;
mod token;

use alloc::vec::Vec;

pub use definition::{Definition, SecretFacts, SecretForm, without_line_break};
pub use finding::{Finding, Level, Message, Piece, Place};

pub use nearest::{nearest, nearest_grant};
pub use time::parse_time;

pub(crate) use finding::message;

use crate::uri::{Uri, UriError};
use crate::{ApplicationType, Client, GrantType, Profile, Server, Setting, Text};

/// A rule of the catalogue.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Its name, in snake_case, as it stands behind a message and in `#[allow(…)]`.
    pub name: &'static str,
    /// How its findings are treated under [`Profile::Default`], [`Profile::OAuth21`] and [`Profile::Fapi20`].
    pub levels: [Level; 3],
    /// Whether it belongs to the group `pedantic`, which is silent unless switched on.
    pub pedantic: bool,
    /// The standards and sections it comes from.
    pub standard: &'static str,
    /// What it protects against, in whole sentences.
    pub protects: &'static str,
    /// A definition that breaks it, as the content of `clients![ … ]`.
    pub wrong: &'static str,
    /// A definition that comes close and does not break it, as the content of `clients![ … ]`.
    pub right: &'static str,
    /// The settings that must have been read whole for it to say anything.
    pub needs: &'static [Setting],
    /// How it is checked.
    pub check: Check,
}

impl Rule {
    /// The rule of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        all().find(|rule| rule.name == name)
    }

    /// How its findings are treated under a profile, if nothing else is said.
    #[must_use]
    pub const fn level(&self, profile: Profile) -> Level {
        let [default, oauth21, fapi20] = self.levels;
        match profile {
            Profile::Default => default,
            Profile::OAuth21 => oauth21,
            Profile::Fapi20 => fapi20,
        }
    }

    /// A finding of this rule that a door makes itself, of something that cannot even be typed,
    /// such as an unknown grant or a malformed date.
    #[must_use]
    pub fn finding(&'static self, client: usize, place: Place, message: Message, help: Message) -> Finding {
        Finding { rule: self, level: Level::Error, client, place, bytes: None, other: None, message, help }
    }
}

/// How a rule is checked.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Check {
    /// On each client by itself.
    Client(fn(&Case<'_>, &mut Found<'_>)),
    /// On all clients together, in linear time.
    Set(fn(&[Case<'_>], &mut Found<'_>)),
    /// On the server.
    Server(fn(&Server, &[Case<'_>], &mut Found<'_>)),
    /// By the door, since what breaks it has no place in a record.
    Door,
}

/// The levels of rules that do not differ by profile.
const ERROR: [Level; 3] = [Level::Error; 3];
const WARNING: [Level; 3] = [Level::Warning; 3];
/// A warning by default, an error for the stricter profiles.
const STRICTER: [Level; 3] = [Level::Warning, Level::Error, Level::Error];
/// An error under FAPI 2.0 alone.
const FAPI: [Level; 3] = [Level::Silent, Level::Silent, Level::Error];

/// The rules about one subject.
#[derive(Debug)]
#[non_exhaustive]
pub struct Subject {
    /// What they are about, as a heading.
    pub title: &'static str,
    /// The rules.
    pub rules: &'static [&'static Rule],
}

/// The whole catalogue, by subject.
pub static CATALOGUE: &[Subject] = &[
    Subject { title: "Client ids", rules: client_id::RULES },
    Subject { title: "Names and pages shown to users", rules: display::RULES },
    Subject { title: "Shared secrets", rules: secret::RULES },
    Subject { title: "Keys and certificates", rules: key::RULES },
    Subject { title: "Grants", rules: grant::RULES },
    Subject { title: "Redirect URIs", rules: redirect::RULES },
    Subject { title: "CORS origins", rules: cors::RULES },
    Subject { title: "Logout URIs", rules: logout::RULES },
    Subject { title: "Scopes", rules: scope::RULES },
    Subject { title: "Lifetimes", rules: lifetime::RULES },
    Subject { title: "Proof keys for codes", rules: pkce::RULES },
    Subject { title: "Tokens, requests and sender constraints", rules: token::RULES },
    Subject { title: "Settings as a whole", rules: setting::RULES },
    Subject { title: "The server", rules: server::RULES },
];

/// Every rule, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    CATALOGUE.iter().flat_map(|subject| subject.rules).copied()
}

/// A definition with what several rules ask of it.
#[derive(Debug)]
pub struct Case<'a> {
    /// Its index among the definitions.
    pub index: usize,
    /// The definition.
    pub definition: &'a Definition,
    /// The record.
    pub client: &'a Client,
    /// The server it belongs to.
    pub server: &'a Server,
    /// The redirect URIs, parsed: one for each of the record's.
    pub redirect_uris: Vec<Result<Uri<'a>, UriError>>,
}

impl<'a> Case<'a> {
    fn new(index: usize, definition: &'a Definition, server: &'a Server) -> Self {
        let client = &definition.client;
        let redirect_uris = client.redirect_uris.iter().map(|uri| Uri::parse(uri)).collect();
        Self { index, definition, client, server, redirect_uris }
    }

    /// Whether the client may use this grant.
    fn has(&self, grant: &GrantType) -> bool {
        self.client.allows_grant(grant)
    }

    /// The first of its grants for which the question holds.
    fn grant(&self, question: fn(&GrantType) -> bool) -> Option<&'a GrantType> {
        self.client.allowed_grant_types.iter().find(|grant| question(grant))
    }

    /// Whether it was written out, and could be read.
    fn wrote(&self, setting: Setting) -> bool {
        self.definition.wrote(setting)
    }

    /// The place of the setting's name if it was written, otherwise the client.
    fn place_of(&self, setting: Setting) -> Place {
        if self.definition.written.contains(setting) { Place::Value(setting) } else { Place::Client }
    }

    /// The place of the first of these settings that was written, otherwise the client.
    fn place_of_first(&self, settings: &[Setting]) -> Place {
        let written = settings.iter().find(|setting| self.definition.written.contains(**setting));
        written.map_or(Place::Client, |setting| Place::Value(*setting))
    }

    /// The place of one of its grants.
    fn place_of_grant(&self, grant: &GrantType) -> Place {
        match self.client.allowed_grant_types.iter().position(|allowed| allowed == grant) {
            Some(at) if self.definition.written.contains(Setting::AllowedGrantTypes) => {
                Place::Item(Setting::AllowedGrantTypes, at)
            }
            _ => Place::Client,
        }
    }

    /// The redirect URIs that could be parsed, with their places.
    fn redirects(&self) -> impl Iterator<Item = (Place, &'a Text, &Uri<'a>)> {
        let texts = &self.client.redirect_uris;
        self.redirect_uris
            .iter()
            .zip(texts)
            .enumerate()
            .filter_map(|(at, (uri, text))| Some((Place::Item(Setting::RedirectUris, at), text, uri.as_ref().ok()?)))
    }

    /// Whether it is a native application: declared, or, if nothing is declared, told by a redirect
    /// URI with a private-use scheme. Never by a loopback URI, which web applications have too
    /// while they are developed.
    fn is_native(&self) -> bool {
        match self.client.application_type {
            Some(kind) => kind == ApplicationType::Native,
            None => self.redirects().any(|(_, _, uri)| redirect::is_private_use(uri)),
        }
    }
}

/// Where a rule puts its findings.
#[derive(Debug)]
pub struct Found<'a> {
    rule: &'static Rule,
    profile: Profile,
    findings: &'a mut Vec<Finding>,
}

impl Found<'_> {
    /// Reports a finding on a client.
    pub fn report(&mut self, case: &Case<'_>, place: Place, message: Message, help: Message) -> &mut Finding {
        self.report_at(case.index, place, message, help)
    }

    /// Reports a finding by the client's index; 0 for the server.
    fn report_at(&mut self, client: usize, place: Place, message: Message, help: Message) -> &mut Finding {
        let level = self.rule.level(self.profile);
        // `Vec::push_mut` is newer than our `rust-version`.
        let at = self.findings.len();
        self.findings.push(Finding { level, ..self.rule.finding(client, place, message, help) });
        &mut self.findings[at]
    }
}

/// The name of the group of pedantic rules.
pub const PEDANTIC: &str = "pedantic";

/// What the rulebook says of definitions.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// Every finding that is not silent, by client and then in the order of the catalogue.
    pub findings: Vec<Finding>,
    /// Every `expect` whose rule has nothing to report.
    pub unfulfilled: Vec<Unfulfilled>,
}

impl Report {
    /// Whether a finding is an error, so that the definitions are refused.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }
}

/// An `expect` whose rule has nothing to report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unfulfilled {
    /// The index of the definition, or none where the server expects.
    pub client: Option<usize>,
    /// The rule's name.
    pub rule: Text,
}

/// Checks definitions against the whole rulebook.
///
/// `found` are findings that the door has made itself, of what cannot be typed; they are treated as
/// the others.
#[must_use]
pub fn check(server: &Server, definitions: &[Definition], found: Vec<Finding>) -> Report {
    let cases: Vec<Case<'_>> =
        definitions.iter().enumerate().map(|(index, definition)| Case::new(index, definition, server)).collect();
    let mut findings = found;
    for rule in all() {
        let start = findings.len();
        let mut found = Found { rule, profile: server.profile, findings: &mut findings };
        match rule.check {
            Check::Client(check) => {
                cases.iter().filter(|case| case.can_judge(rule)).for_each(|case| check(case, &mut found))
            }
            Check::Set(check) => check(&cases, &mut found),
            Check::Server(check) => check(server, &cases, &mut found),
            Check::Door => {}
        }
        debug_assert!(findings[start..].iter().all(|finding| finding.client < cases.len().max(1)));
    }
    let mut report = levels::apply(server, definitions, findings);
    report.findings.sort_by_key(|finding| finding.client);
    report
}

/// Checks one record about which nothing else is known.
#[must_use]
pub fn check_client(server: &Server, client: impl Into<Definition>) -> Vec<Finding> {
    check(server, &[client.into()], Vec::new()).findings
}

impl Case<'_> {
    /// Whether all that the rule needs could be read.
    fn can_judge(&self, rule: &Rule) -> bool {
        rule.needs.iter().all(|setting| !self.definition.unread.contains(*setting))
    }
}
