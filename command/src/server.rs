//! Which server do the clients belong to?

use guestlist_runtime::{Levels, Profile, Server};

use crate::args;
use crate::rule::named;

/// All pedantic rules, as in a block's lists.
const PEDANTIC: &str = "pedantic";

pub fn server(args: &args::Server) -> Server {
    let args::Server { profile, issuer, identity_scopes, api_scopes, insecure_http_hosts, allow, warn, deny } = args;
    Server {
        profile: *profile,
        issuer: issuer.as_deref().map(Into::into),
        identity_scopes: identity_scopes.iter().map(String::as_str).collect(),
        api_scopes: api_scopes.iter().map(String::as_str).collect(),
        insecure_http_hosts: insecure_http_hosts.iter().map(String::as_str).collect(),
        levels: Levels {
            allow: allow.iter().map(String::as_str).collect(),
            warn: warn.iter().map(String::as_str).collect(),
            deny: deny.iter().map(String::as_str).collect(),
            ..Levels::EMPTY
        },
        ..Server::default()
    }
}

pub fn profile(name: &str) -> Result<Profile, String> {
    name.parse().map_err(|_| {
        let known: Vec<_> = Profile::ALL.iter().map(|profile| profile.as_str()).collect();
        format!("there is no such profile: write one of `{}`", known.join("`, `"))
    })
}

pub fn rule(name: &str) -> Result<String, String> {
    match name {
        PEDANTIC => Ok(name.to_owned()),
        _ => named(name).map(|rule| rule.name.to_owned()).map_err(|message| message.replace("\nhelp: ", ": ")),
    }
}
