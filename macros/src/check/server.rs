//! The `Server` block.

use std::collections::{BTreeMap, BTreeSet};

use guestlist_runtime::rules::{Place as At, nearest};
use guestlist_runtime::{ApiScope, List, Profile, Server, Setting, Text};
use proc_macro2::Span;

use super::client::{self, Defaults};
use super::levels::{Expectation, Lists, WORDS};
use super::value::{Name, Reader};
use crate::parse::{Block, Expr};
use crate::report::{Errors, Place};
use crate::track::Tracked;

pub const FIELDS: [&str; 11] = [
    "profile",
    "issuer",
    "identity_scopes",
    "api_scopes",
    "default_scopes",
    "insecure_http_hosts",
    "defaults",
    "allow",
    "expect",
    "warn",
    "deny",
];

/// Where the parts of the server stand.
#[derive(Debug)]
pub struct Places {
    name: Span,
    fields: BTreeMap<String, (Place, Vec<Place>)>,
}

impl Places {
    pub fn of(&self, at: At) -> Place {
        let At::Server(field, index) = at else { return self.name.into() };
        match (self.fields.get(field), index) {
            (Some((value, items)), Some(index)) => items.get(index).copied().unwrap_or(*value),
            (Some((value, _)), None) => *value,
            (None, _) => self.name.into(),
        }
    }
}

/// The server as it was read.
#[derive(Debug)]
pub struct Read {
    pub server: Server,
    pub places: Places,
    pub expectations: Vec<Expectation>,
    pub defaults: Defaults,
    /// The fields that could not be read whole.
    unread: BTreeSet<String>,
}

impl Read {
    /// Whether a finding of this rule is only there because a field could not be read: what is
    /// missing in it would be missed in every client.
    pub fn hides(&self, rule: &str) -> bool {
        ASKED.iter().any(|(field, rules)| self.unread.contains(*field) && rules.contains(&rule))
    }
}

/// The rules that ask a field, beside those about the field itself.
const ASKED: [(&str, &[&str]); 3] = [
    ("identity_scopes", OF_SCOPES),
    ("api_scopes", OF_SCOPES),
    ("insecure_http_hosts", &["redirect_uri_http", "logout_uri_http", "cors_origin_http"]),
];

const OF_SCOPES: &[&str] = &["scope_unknown", "scope_openid_missing", "scope_identity_machine"];

impl Default for Read {
    fn default() -> Self {
        let places = Places { name: Span::call_site(), fields: BTreeMap::new() };
        Self {
            server: Server::DEFAULT,
            places,
            expectations: Vec::new(),
            defaults: Defaults::default(),
            unread: BTreeSet::new(),
        }
    }
}

/// Reads the block.
pub fn read(block: &Block, errors: &mut Errors, tracked: &mut Tracked) -> Read {
    let mut server = Server::DEFAULT;
    let mut places = Places { name: block.name.span(), fields: BTreeMap::new() };
    let mut lists = Lists::default();
    let mut defaults = Defaults::default();
    let mut unread = BTreeSet::new();
    for attribute in block.attributes.iter().filter(|attribute| attribute.name != "cfg") {
        let name = attribute.name.to_string();
        let help = if WORDS.contains(&name.as_str()) {
            format!("write `{name}: [rule]` inside the block")
        } else {
            "the `Server` block takes only `#[cfg(…)]`".to_owned()
        };
        errors.push(&attribute.name, format!("`#[{name}]` has no place on `Server`"), help);
    }
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for field in &block.fields {
        let name = field.name.to_string();
        if !FIELDS.contains(&name.as_str()) {
            let help = match nearest(&name, FIELDS.into_iter()) {
                Some(near) => {
                    // What was meant was said, though not read.
                    unread.insert(near.to_owned());
                    format!("did you mean `{near}`?")
                }
                None if Setting::from_name(&name).is_some() => {
                    format!("it is a setting of `Client`; for all clients, write `defaults: Client {{ {name}: … }}`")
                }
                None => format!("`Server` has {}", super::value::alternatives(FIELDS.into_iter())),
            };
            errors.push(&field.name, format!("`Server` has no field `{name}`"), help);
            continue;
        }
        if let Some(first) = seen.get(&name) {
            errors.written_twice(*first, &field.name);
            unread.insert(name);
            continue;
        }
        seen.insert(name.clone(), field.name.span());
        let Some(expr) = &field.value else {
            errors.no_value(&field.name);
            unread.insert(name);
            continue;
        };
        let errors_before = errors.len();
        places.fields.insert(name.clone(), (expr.place(), Vec::new()));
        if name == "defaults" {
            defaults = client::read_defaults(expr, errors, tracked);
            continue;
        }
        let mut reader = Reader { errors, tracked, entries: Vec::new() };
        match name.as_str() {
            "profile" => {
                let profile = reader
                    .one_of(Name::of(&name), "Profile", expr, Profile::ALL, |one| (one.variant_name(), one.as_str()));
                server.profile = profile.unwrap_or_default();
            }
            "issuer" => server.issuer = reader.text(Name::of(&name), expr).map(Text::from),
            "identity_scopes" => server.identity_scopes = reader.texts(Name::of(&name), expr),
            "default_scopes" => server.default_scopes = reader.texts(Name::of(&name), expr),
            "insecure_http_hosts" => server.insecure_http_hosts = reader.texts(Name::of(&name), expr),
            "api_scopes" => {
                server.api_scopes =
                    reader.list_of(Name::of(&name), expr, |reader, entry| reader.api_scope(Name::of(&name), entry));
            }
            word => {
                if let Some(at) = WORDS.iter().position(|known| *known == word) {
                    let entries = reader.list(Name::of(word), expr);
                    lists.add_entries(at, entries, reader.errors);
                }
            }
        }
        if let Some((_, items)) = places.fields.get_mut(&name) {
            items.append(&mut reader.entries);
        }
        if errors.len() > errors_before || expr.is_bad() {
            unread.insert(name);
        }
    }
    if unread.contains("api_scopes") {
        // Whether they are among those would only follow.
        server.default_scopes = List::EMPTY;
    }
    let (levels, expectations) = lists.finish();
    server.levels = levels;
    server.defaults = defaults.client.clone();
    Read { server, places, expectations, defaults, unread }
}

impl Reader<'_> {
    fn texts(&mut self, name: Name<'_>, expr: &Expr) -> List<Text> {
        self.list_of(name, expr, |reader, entry| reader.text(name.entry(), entry).map(Text::from))
    }

    /// `"api1"` or `("api1", "https://api.example.com")`
    fn api_scope(&mut self, name: Name<'_>, expr: &Expr) -> Option<ApiScope> {
        if let Expr::Tuple(..) = expr {
            let mut parts = self.tuple(name, expr, &[2], "(\"scope\", \"https://resource\")")?.into_iter();
            return Some(ApiScope { name: parts.next()?, resource: parts.next() });
        }
        Some(self.text(name.entry(), expr)?.into())
    }
}
