//! `grant_types` and `response_types`, which together say what a client may do (RFC 7591 §2.1).

use guestlist_runtime::decide::ResponseType;
use guestlist_runtime::{Client, GrantType, Setting};

use super::Member;
use crate::write::Lost;
use crate::write::data::Data;

const REFRESH_TOKEN: &str = "refresh_token";

/// The two members. `hybrid` is IdentityServer's word for `authorization_code` and `implicit` with the response types
/// that combine them.
pub(super) fn members(client: &Client, lost: &mut Vec<Lost>) -> Vec<Member> {
    let mut types: Vec<&str> = Vec::new();
    for (at, grant) in client.allowed_grant_types.iter().enumerate() {
        match grant {
            GrantType::Hybrid => types.extend([GrantType::AuthorizationCode.as_str(), GrantType::Implicit.as_str()]),
            GrantType::Extension(name) if *name == REFRESH_TOKEN => {
                let why = "`refresh_token` stands for `allow_offline_access`";
                lost.push(Lost::entry(client, Setting::AllowedGrantTypes, at, why));
            }
            grant => types.push(grant.as_str()),
        }
    }
    types.extend(client.allow_offline_access.then_some(REFRESH_TOKEN));
    let responses = responses(client).map(|response| response.to_string());
    vec![("grant_types".into(), Data::texts(types)), ("response_types".into(), Data::texts(responses))]
}

/// Whether the response types say that tokens go through the browser.
pub(super) fn say_browser(client: &Client) -> bool {
    responses(client).any(|response| response.token)
}

/// The response types that the client may ask for.
fn responses(client: &Client) -> impl Iterator<Item = ResponseType> {
    let is_allowed = |response: &ResponseType| {
        client.allowed_grant_types.contains(&response.grant())
            && (!response.token || client.allow_access_tokens_via_browser)
    };
    ResponseType::ALL.iter().copied().filter(is_allowed)
}
