//! `grant_types` and `response_types`, which together say what a client may do (RFC 7591 §2.1).

use core::ops::Range;

use guestlist_runtime::decide::ResponseType;
use guestlist_runtime::rules::nearest;
use guestlist_runtime::{GrantType, Setting, Value as Held};
use serde_json::json;

use super::super::client::Client;
use super::super::name::Name;
use super::super::reader::Reader;
use crate::tree::Entry;

/// The two members as they were written.
#[derive(Default)]
pub(super) struct Grants<'n> {
    pub(super) types: Option<&'n Entry>,
    pub(super) responses: Option<&'n Entry>,
}

/// Something that was listed, and where.
type Listed<T> = (T, Range<usize>);

const REFRESH_TOKEN: &str = "refresh_token";

impl Grants<'_> {
    /// Translates the two. `hybrid` is IdentityServer's word for `authorization_code` and `implicit` with response
    /// types that combine them, and `refresh_token` is a setting of ours.
    pub(super) fn read(&self, reader: &mut Reader<'_>, client: &mut Client) {
        if let Some(entry) = self.types.or(self.responses) {
            client.write(Setting::AllowedGrantTypes, entry);
        }
        let before = reader.problems.len();
        let types = self.types(reader);
        let responses = self.responses(reader);
        if let Some(entry) = self.types {
            refresh(client, entry, &types);
        }
        let types: Vec<Listed<GrantType>> =
            types.into_iter().filter_map(|(name, range)| Some((grant(&name)?, range))).collect();
        let responses = match responses {
            Some(responses) => {
                browser(client, self.responses, &responses);
                if reader.problems.len() == before {
                    self.fit(reader, &types, &responses);
                }
                responses
            }
            None => self.default(reader, &types),
        };
        let grants = translate(&types, &responses);
        reader.items = grants.iter().map(|(_, range)| range.clone()).collect();
        let grants = grants.into_iter().map(|(grant, _)| grant).collect();
        let is_whole = reader.problems.len() == before;
        client.set(Setting::AllowedGrantTypes, Some(Held::GrantTypes(grants)), is_whole, reader);
    }

    /// The grant types by name; by default the code alone (RFC 7591 §2).
    fn types(&self, reader: &mut Reader<'_>) -> Vec<Listed<String>> {
        let Some(entry) = self.types else { return vec![(GrantType::AuthorizationCode.to_string(), 0..0)] };
        let name = Name::of(&entry.name);
        let mut types = Vec::new();
        for node in reader.list(name, &entry.value) {
            let Some(written) = reader.text(name.entry(), node) else { continue };
            if written == GrantType::Hybrid.as_str() {
                let help = format!(
                    "write `authorization_code` and `implicit`, and {}",
                    reader.dialect.assign("response_types", &json!(["code id_token"]))
                );
                reader.error(&node.range, "`hybrid` is no registered grant type", help);
                continue;
            }
            types.push((written, node.range.clone()));
        }
        types
    }

    fn responses(&self, reader: &mut Reader<'_>) -> Option<Vec<Listed<ResponseType>>> {
        let entry = self.responses?;
        let name = Name::of(&entry.name);
        let mut responses = Vec::new();
        for node in reader.list(name, &entry.value) {
            let Some(written) = reader.text(name.entry(), node) else { continue };
            match written.parse() {
                Ok(response) => responses.push((response, node.range.clone())),
                Err(_) => {
                    let known: Vec<String> = ResponseType::ALL.iter().map(ToString::to_string).collect();
                    let help = match nearest(&written, known.iter().map(String::as_str)) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => String::from("write words of `code`, `id_token` and `token` with spaces between them"),
                    };
                    reader.error(&node.range, format!("unknown response type {written:?}"), help);
                }
            }
        }
        Some(responses)
    }

    /// The response types where none are written: the code, for whoever may get one (RFC 7591 §2).
    fn default(&self, reader: &mut Reader<'_>, types: &[Listed<GrantType>]) -> Vec<Listed<ResponseType>> {
        if let Some((_, range)) = types.iter().find(|(grant, _)| *grant == GrantType::Implicit) {
            let pair = reader.dialect.assign("response_types", &json!(["id_token"]));
            let help = format!("add {pair}, or the response types that the client asks for");
            reader.error(range, "`implicit` does not go with the default of `response_types`, the code", help);
        }
        let code = types.iter().find(|(grant, _)| *grant == GrantType::AuthorizationCode);
        code.map(|(_, range)| (CODE, range.clone())).into_iter().collect()
    }

    /// Notes where the two members contradict each other (RFC 7591 §2.1).
    fn fit(&self, reader: &mut Reader<'_>, types: &[Listed<GrantType>], responses: &[Listed<ResponseType>]) {
        for (grant, uses) in [
            (GrantType::AuthorizationCode, (|response| response.code) as fn(ResponseType) -> bool),
            (GrantType::Implicit, |response| response.has_tokens()),
        ] {
            let allowed = types.iter().find(|(known, _)| *known == grant);
            let used = responses.iter().find(|(response, _)| uses(*response));
            match (allowed, used) {
                (None, Some((response, range))) => {
                    let message = format!("the response type `{response}` needs the grant type `{grant}`");
                    let help = match self.types {
                        Some(_) => format!("add `{grant}` to `grant_types`"),
                        None => {
                            let pair = reader.dialect.assign("grant_types", &json!([grant.as_str()]));
                            format!("write {pair}: by default it is `authorization_code` alone")
                        }
                    };
                    reader.error(range, message, help);
                }
                // One that is there by default does not contradict.
                (Some((_, range)), None) if self.types.is_some() => {
                    let message = format!("none of the `response_types` is of the grant type `{grant}`");
                    reader.error(range, message, format!("remove `{grant}`, or add a response type"));
                }
                _ => {}
            }
        }
    }
}

const CODE: ResponseType = ResponseType::ALL[0];

/// `refresh_token` among the grant types is a setting of ours, unless that is written by its own name.
fn refresh(client: &mut Client, entry: &Entry, types: &[Listed<String>]) {
    if client.definition.written.contains(Setting::AllowOfflineAccess) {
        return;
    }
    let listed = types.iter().find(|(name, _)| name == REFRESH_TOKEN);
    if let Some((_, range)) = listed {
        client.write(Setting::AllowOfflineAccess, entry);
        if let Some(places) = client.places.settings.get_mut(&Setting::AllowOfflineAccess) {
            places.name = range.clone();
            places.value = range.clone();
        }
    }
    client.definition.client.allow_offline_access = listed.is_some();
}

/// A response type with `token` is a setting of ours, unless that is written by its own name.
fn browser(client: &mut Client, entry: Option<&Entry>, responses: &[Listed<ResponseType>]) {
    let setting = Setting::AllowAccessTokensViaBrowser;
    if client.definition.written.contains(setting) {
        return;
    }
    let with_token = responses.iter().find(|(response, _)| response.token);
    if let (Some(entry), Some((_, range))) = (entry, with_token) {
        client.write(setting, entry);
        if let Some(places) = client.places.settings.get_mut(&setting) {
            places.value = range.clone();
        }
    }
    client.definition.client.allow_access_tokens_via_browser = with_token.is_some();
}

fn grant(name: &str) -> Option<GrantType> {
    if name == REFRESH_TOKEN {
        return None;
    }
    let known = GrantType::NAMED.iter().find(|grant| grant.as_str() == name);
    Some(known.cloned().unwrap_or_else(|| GrantType::Extension(name.into())))
}

/// The grants of the record. Those of response types come where the first grant type stands that they need.
fn translate(types: &[Listed<GrantType>], responses: &[Listed<ResponseType>]) -> Vec<Listed<GrantType>> {
    let mut asked: Vec<Listed<GrantType>> = Vec::new();
    for (response, range) in responses {
        let grant = response.grant();
        if !asked.iter().any(|(known, _)| *known == grant) {
            // What the response type says alone is said by the grant type as well.
            let listed = types.iter().find(|(listed, range)| *listed == grant && !range.is_empty());
            asked.push((grant, listed.map_or(range, |(_, range)| range).clone()));
        }
    }
    let mut grants = Vec::new();
    for (at, (grant, range)) in types.iter().enumerate() {
        let is_first = types.iter().position(|(other, _)| other == grant) == Some(at);
        match grant {
            GrantType::AuthorizationCode | GrantType::Implicit if is_first => grants.append(&mut asked),
            grant => grants.push((grant.clone(), range.clone())),
        }
    }
    grants
}
