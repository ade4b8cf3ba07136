//! A definition as the rules see it.

use alloc::{collections::BTreeSet, vec::Vec};

use super::{Definition, Place, Rule, redirect};
use crate::uri::{Uri, UriError};
use crate::{ApplicationType, Client, GrantType, Server, Setting, Text};

/// A definition with what several rules ask of it.
#[derive(Debug)]
pub(super) struct Case<'a> {
    /// Its index among the definitions.
    pub(super) index: usize,
    /// The definition.
    pub(super) definition: &'a Definition,
    /// The record.
    pub(super) client: &'a Client,
    /// The server it belongs to.
    pub(super) server: &'a Server,
    /// The scopes that exist.
    pub(super) known_scopes: &'a BTreeSet<&'a str>,
    /// The redirect URIs, parsed: one for each of the record's.
    pub(super) redirect_uris: Vec<Result<Uri<'a>, UriError>>,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        index: usize,
        definition: &'a Definition,
        server: &'a Server,
        known_scopes: &'a BTreeSet<&'a str>,
    ) -> Self {
        let client = &definition.client;
        let redirect_uris = client.redirect_uris.iter().map(|uri| Uri::parse(uri)).collect();
        Self { index, definition, client, server, known_scopes, redirect_uris }
    }

    /// Whether the client may use this grant.
    pub(super) fn has(&self, grant: &GrantType) -> bool {
        self.client.allows_grant(grant)
    }

    /// The first of its grants for which the question holds.
    pub(super) fn grant(&self, question: fn(&GrantType) -> bool) -> Option<&'a GrantType> {
        self.client.allowed_grant_types.iter().find(|grant| question(grant))
    }

    /// Whether it was written out, and could be read.
    pub(super) fn wrote(&self, setting: Setting) -> bool {
        self.definition.wrote(setting)
    }

    /// What there is of a place: a setting that was not written is a default of the server, or missing.
    pub(super) fn visible(&self, place: Place) -> Place {
        match place.setting() {
            Some(setting) if self.definition.written.contains(setting) => place,
            Some(setting) if self.server.defaults.value(setting) != Client::DEFAULT.value(setting) => {
                let index = if let Place::Item(_, at) = place { Some(at) } else { None };
                Place::Default(setting, index)
            }
            Some(_) => Place::Client,
            None => place,
        }
    }

    /// The place of the setting's value if it was written, otherwise of its default or of the client.
    pub(super) fn place_of(&self, setting: Setting) -> Place {
        self.visible(Place::Value(setting))
    }

    /// The place of the first of these settings that was written, otherwise of a default or of the client.
    pub(super) fn place_of_first(&self, settings: &[Setting]) -> Place {
        let places = || settings.iter().map(|setting| self.place_of(*setting));
        let written = places().find(|place| matches!(place, Place::Value(_)));
        written.or_else(|| places().find(|place| *place != Place::Client)).unwrap_or(Place::Client)
    }

    /// The place of one of its grants.
    pub(super) fn place_of_grant(&self, grant: &GrantType) -> Place {
        match self.client.allowed_grant_types.iter().position(|allowed| allowed == grant) {
            Some(at) => self.visible(Place::Item(Setting::AllowedGrantTypes, at)),
            None => Place::Client,
        }
    }

    /// The redirect URIs that could be parsed, with their places.
    pub(super) fn redirects(&self) -> impl Iterator<Item = (Place, &'a Text, &Uri<'a>)> {
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
    pub(super) fn is_native(&self) -> bool {
        match self.client.application_type {
            Some(kind) => kind == ApplicationType::Native,
            None => self.redirects().any(|(_, _, uri)| redirect::is_private_use(uri)),
        }
    }

    /// Whether all that the rule needs could be read.
    pub(super) fn can_judge(&self, rule: &Rule) -> bool {
        rule.needs.iter().all(|setting| !self.definition.unread.contains(*setting))
    }
}
