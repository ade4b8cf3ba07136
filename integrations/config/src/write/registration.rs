//! The metadata of a client (RFC 7591 §2).

mod credentials;
mod grants;

use guestlist_runtime::{Client, Property, Server, Setting, Value};

use super::data::Data;
use super::settings::{Writer, is_written};
use super::{Lost, value};
use crate::Shape;
use crate::read::is_free;

type Member = (String, Data);

pub(super) fn client(client: &Client, server: &Server, lost: &mut Vec<Lost>) -> Data {
    let mut writer = Writer { shape: Shape::Registration, client, server, lost };
    Data::Map(Setting::ALL.iter().flat_map(|setting| members(&mut writer, *setting)).collect())
}

/// The members that a setting is written as.
fn members(writer: &mut Writer<'_>, setting: Setting) -> Vec<Member> {
    let Writer { client, server, .. } = *writer;
    let is_written = is_written(client, server, setting);
    match setting {
        // What is left out would be the code flow of a confidential client (RFC 7591 §2).
        Setting::AllowedGrantTypes => grants::members(client, writer.lost),
        Setting::RequireClientSecret => one("token_endpoint_auth_method", Data::text(credentials::method(client))),
        // Among the grant types.
        Setting::AllowOfflineAccess => Vec::new(),
        Setting::AllowAccessTokensViaBrowser if grants::say_browser(client) => Vec::new(),
        // What is left out would be false (OpenID Connect Front-Channel Logout §2, Back-Channel Logout §2.2).
        Setting::FrontChannelLogoutSessionRequired if client.front_channel_logout_uri.is_some() => own(writer, setting),
        Setting::BackChannelLogoutSessionRequired if client.back_channel_logout_uri.is_some() => own(writer, setting),
        _ if !is_written => Vec::new(),
        Setting::AllowedScopes => {
            let scopes: Vec<&str> = client.allowed_scopes.iter().map(|scope| scope.as_str()).collect();
            one("scope", Data::Text(scopes.join(" ")))
        }
        Setting::AllowedIdentityTokenSigningAlgorithms => match &*client.allowed_identity_token_signing_algorithms {
            [algorithm] => one("id_token_signed_response_alg", Data::text(algorithm.as_str())),
            _ => own(writer, setting),
        },
        Setting::ClientSecrets => credentials::members(client, writer.lost),
        Setting::Properties => properties(writer),
        Setting::PairWiseSubjectSalt => {
            writer.lose(setting, "the salt is the server's own");
            Vec::new()
        }
        _ => own(writer, setting),
    }
}

fn one(name: &str, value: Data) -> Vec<Member> {
    vec![(name.into(), value)]
}

/// Under the setting's own name.
fn own(writer: &mut Writer<'_>, setting: Setting) -> Vec<Member> {
    writer.member(setting).into_iter().collect()
}

/// What tells something to people, such as `contacts`, are members of their own.
fn properties(writer: &mut Writer<'_>) -> Vec<Member> {
    let properties = writer.once(&writer.client.properties);
    let (free, others): (Vec<Property>, Vec<Property>) =
        properties.iter().cloned().partition(|property| is_free(&property.key));
    let mut members: Vec<Member> = Vec::new();
    if !others.is_empty() || free.is_empty() {
        let others = value(Shape::Registration, Setting::Properties, &Value::Properties(others.into()));
        members.extend(others.map(|others| ("properties".into(), others)));
    }
    members.extend(free.iter().map(|property| (property.key.as_str().into(), free_value(property))));
    members
}

/// Members whose values are no texts, which a property holds as JSON.
const NO_TEXTS: [&str; 4] =
    ["contacts", "client_id_issued_at", "default_acr_values", "tls_client_certificate_bound_access_tokens"];

fn free_value(Property { key, value }: &Property) -> Data {
    let json = NO_TEXTS.contains(&key.as_str()).then(|| serde_json::from_str(value).ok().and_then(Data::of_json));
    json.flatten().unwrap_or_else(|| Data::text(value.as_str()))
}
