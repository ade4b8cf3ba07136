//! The leading `Server { … }` block.

use std::collections::BTreeSet;

use guestlist_runtime::rules::{PEDANTIC, Rule};
use guestlist_runtime::source::Expr;
use guestlist_runtime::{ApiScope, Client, ClientRef, Levels, List, Profile, Server, Setting, Settings, Text};

/// What the server says; nothing, if it says nothing.
pub(super) fn block(server: &Server, defaults: &Client) -> Option<Expr> {
    let Server {
        profile,
        issuer,
        identity_scopes,
        api_scopes,
        default_scopes,
        insecure_http_hosts,
        defaults: _,
        levels,
    } = server;
    let profile = (*profile != Profile::Default).then(|| ("profile", Expr::word(profile.variant_name())));
    let issuer = issuer.as_ref().map(|issuer| ("issuer", Expr::text(issuer)));
    let lists = [
        ("identity_scopes", texts(identity_scopes)),
        ("api_scopes", Expr::list(api_scopes, api_scope)),
        ("default_scopes", texts(default_scopes)),
        ("insecure_http_hosts", texts(insecure_http_hosts)),
    ];
    let defaults = ("defaults", super::fields(defaults, Settings::differing(defaults, &Client::DEFAULT)));
    let defaults = Some(defaults).filter(|(_, fields)| !fields.is_empty());
    let defaults = defaults.map(|(name, fields)| (name, Expr::Block("Client", fields)));

    let is_written = |(_, list): &(&str, Expr)| !matches!(list, Expr::List(entries) if entries.is_empty());
    let mut fields: Vec<_> = profile.into_iter().chain(issuer).collect();
    fields.extend(lists.into_iter().filter(is_written));
    fields.extend(defaults);
    fields.extend(lists_of(levels).into_iter().filter(is_written));
    (!fields.is_empty()).then_some(Expr::Block("Server", fields))
}

fn texts(texts: &List<Text>) -> Expr {
    Expr::list(texts, Expr::text)
}

fn api_scope(scope: &ApiScope) -> Expr {
    match &scope.resource {
        Some(resource) => Expr::Tuple(vec![Expr::text(&scope.name), Expr::text(resource)]),
        None => Expr::text(&scope.name),
    }
}

/// Each rule once, in the strictest list that names it, which is the one that counts: `clients!` takes no other.
fn lists_of(Levels { allow, expect, warn, deny }: &Levels) -> [(&'static str, Expr); 4] {
    let is_known = |rule: &&Text| *rule == PEDANTIC || Rule::named(rule).is_some();
    let mut seen = BTreeSet::new();
    let mut list = |name, rules: &List<Text>| {
        let counts = rules.iter().filter(is_known).filter(|rule| seen.insert((*rule).clone()));
        (name, Expr::List(counts.map(|rule| Expr::word(rule)).collect()))
    };
    let (deny, warn, expect, allow) =
        (list("deny", deny), list("warn", warn), list("expect", expect), list("allow", allow));
    [allow, expect, warn, deny]
}

/// The server's defaults, but for those that a client cannot switch off again: an unset value is not written.
pub(super) fn defaults(server: &Server, clients: &[ClientRef]) -> Client {
    let mut defaults = server.defaults.clone();
    let is_unset = |client: &Client, setting| Expr::of(&client.value(setting)).is_none();
    for setting in Setting::ALL.iter().copied() {
        let is_own = matches!(setting, Setting::ClientId | Setting::ClientSecrets);
        if is_own || clients.iter().any(|client| is_unset(client, setting)) {
            // The value of a client is of the setting's kind.
            let _ = defaults.set(setting, Client::DEFAULT.value(setting));
        }
    }
    defaults
}
