//! Signing out: may the user be sent there, and who is told?

use guestlist_runtime::decide::{
    self, BrowserSession, EndSession, ErrorCode, IdTokenHint, LOGOUT_EVENT, LOGOUT_TOKEN_LIFETIME, LOGOUT_TOKEN_TYPE,
    NotTold,
};
use guestlist_runtime::{ApplicationType, Client, Server};

use crate::support::*;

const AFTER: &str = "https://app.example.com/signed-out";
const SESSION: BrowserSession<'static> = BrowserSession::new("alice", "s-1");
const HINT: IdTokenHint<'static> = IdTokenHint::new("web", "alice", Some("s-1"));

fn client() -> Client {
    Client { post_logout_redirect_uris: [AFTER].into(), ..web() }
}

/// Asks as a server does: the client is looked up by what the request says.
fn ended(
    client: &Client,
    body: &[(&str, &str)],
    hint: Option<&IdTokenHint<'_>>,
    session: Option<&BrowserSession<'_>>,
) -> EndSession {
    let parameters = form(body);
    let named = decide::end_session_client(&parameters, hint).unwrap();
    let client = named.filter(|named| client.client_id == *named).map(|_| client);
    decide::end_session(client, &parameters, hint, session).unwrap()
}

/// Whether the user is asked, and where the user goes.
fn outcome(
    body: &[(&str, &str)],
    hint: Option<&IdTokenHint<'_>>,
    session: Option<&BrowserSession<'_>>,
) -> (bool, Option<String>) {
    let EndSession { asks_user, redirect, .. } = ended(&client(), body, hint, session);
    (asks_user, redirect)
}

fn to_after() -> Option<String> {
    Some(AFTER.into())
}

#[test]
fn with_a_hint_of_this_session_the_user_is_signed_out_and_sent_back() {
    // That the ID token may have expired is for the server not to mind: the hint has no time.
    let body = [("post_logout_redirect_uri", AFTER)];
    assert_eq!(outcome(&body, Some(&HINT), Some(&SESSION)), (false, to_after()));
    let named = [("client_id", "web"), body[0]];
    assert_eq!(outcome(&named, Some(&HINT), Some(&SESSION)), (false, to_after()));
    assert_eq!(outcome(&[], Some(&HINT), Some(&SESSION)), (false, None));
    // An ID token from before sessions had ids.
    let hint = IdTokenHint::new("web", "alice", None);
    assert_eq!(outcome(&body, Some(&hint), Some(&SESSION)), (false, to_after()));
    // The session is over already.
    assert_eq!(outcome(&body, Some(&HINT), None), (false, to_after()));
}

#[test]
fn without_a_hint_of_this_session_the_user_is_asked() {
    let body = [("post_logout_redirect_uri", AFTER)];
    for (name, hint) in [
        ("another session", IdTokenHint::new("web", "alice", Some("s-2"))),
        ("another user", IdTokenHint::new("web", "bob", Some("s-1"))),
        ("another user, without a session", IdTokenHint::new("web", "bob", None)),
    ] {
        assert!(outcome(&body, Some(&hint), Some(&SESSION)).0, "{name}");
    }
    assert_eq!(outcome(&[], None, Some(&SESSION)), (true, None));
    assert_eq!(outcome(&[("client_id", "web")], None, Some(&SESSION)), (true, None));
    // Without a session there is nothing to ask about.
    assert_eq!(outcome(&[], None, None), (false, None));
}

#[test]
fn without_a_hint_the_user_stays() {
    let body = [("client_id", "web"), ("post_logout_redirect_uri", AFTER), ("state", "xyz")];
    assert_eq!(outcome(&body, None, Some(&SESSION)), (true, None));
    assert_eq!(outcome(&body, None, None), (false, None));
}

#[test]
fn the_audience_of_a_hint_is_the_client_named() {
    // RP-Initiated Logout §2: "the OP MUST verify that" they match.
    let of_other = IdTokenHint::new("other", "alice", Some("s-1"));
    let body = [("client_id", "web"), ("post_logout_redirect_uri", AFTER)];
    assert_eq!(outcome(&body, Some(&of_other), Some(&SESSION)), (true, None));
    assert_eq!(outcome(&body, Some(&of_other), None), (false, None));
    // Without a name, the hint's own client counts, and only its list.
    assert_eq!(outcome(&[body[1]], Some(&of_other), Some(&SESSION)), (true, None));
    let parameters = form(&[]);
    assert_eq!(decide::end_session_client(&parameters, Some(&of_other)), Ok(Some("other")));
    let parameters = form(&body);
    assert_eq!(decide::end_session_client(&parameters, Some(&of_other)), Ok(Some("web")));
    assert_eq!(decide::end_session_client(&form(&[]), None), Ok(None));
}

#[test]
fn a_uri_that_is_not_on_the_client_s_list_leaves_the_user_on_our_page() {
    for uri in [
        // A redirect URI is none of them.
        CALLBACK,
        "https://evil.example",
        "https://app.example.com/signed-out/",
        "https://app.example.com/signed-out?x",
        "https://app.example.com/Signed-Out",
        "https://app.example.com@evil.example/signed-out",
        "javascript:alert(1)",
    ] {
        let result = outcome(&[("post_logout_redirect_uri", uri)], Some(&HINT), Some(&SESSION));
        assert_eq!(result, (false, None), "{uri}");
    }
}

#[test]
fn a_client_that_may_not_be_used_is_as_unknown_when_the_user_signs_out() {
    let body = [("post_logout_redirect_uri", AFTER)];
    for unusable in [Client { enabled: false, ..client() }, Client { protocol_type: "wsfed".into(), ..client() }] {
        let ended = ended(&unusable, &body, Some(&HINT), Some(&SESSION));
        assert_eq!((ended.asks_user, ended.redirect), (true, None));
    }
}

#[test]
fn state_comes_back_behind_the_query_that_is_registered() {
    for (uri, expected) in [
        ("https://app.example.com/out", "https://app.example.com/out?state=a%20b%26c"),
        ("https://app.example.com/out?tenant=7", "https://app.example.com/out?tenant=7&state=a%20b%26c"),
        ("https://app.example.com/out?", "https://app.example.com/out?state=a%20b%26c"),
        ("com.example.app:/out", "com.example.app:/out?state=a%20b%26c"),
    ] {
        let client = Client { post_logout_redirect_uris: [uri].into(), ..web() };
        let body = [("post_logout_redirect_uri", uri), ("state", "a b&c")];
        assert_eq!(ended(&client, &body, Some(&HINT), Some(&SESSION)).redirect.as_deref(), Some(expected));
        let body = [body[0], ("state", "")];
        assert_eq!(ended(&client, &body, Some(&HINT), Some(&SESSION)).redirect.as_deref(), Some(uri));
    }
}

#[test]
fn the_port_of_a_loopback_address_may_differ_here_too() {
    for (application_type, expected) in [(None, true), (Some(ApplicationType::Web), false)] {
        let client = Client { post_logout_redirect_uris: ["http://127.0.0.1/out"].into(), application_type, ..web() };
        let body = [("post_logout_redirect_uri", "http://127.0.0.1:51004/out")];
        let redirect = ended(&client, &body, Some(&HINT), Some(&SESSION)).redirect;
        assert_eq!(redirect, expected.then(|| "http://127.0.0.1:51004/out".into()));
    }
}

#[test]
fn a_repeated_parameter_ends_no_session() {
    for text in [
        "client_id=web&client_id=web",
        "post_logout_redirect_uri=https%3A%2F%2Fapp.example.com%2Fsigned-out&post_logout_redirect_uri=",
        "state=a&state=b",
        "id_token_hint=a&id_token_hint=b",
        "logout_hint=a&logout_hint=b",
    ] {
        let parameters = parsed(text);
        let named = decide::end_session_client(&parameters, Some(&HINT));
        let result = named.and_then(|_| decide::end_session(Some(&client()), &parameters, Some(&HINT), Some(&SESSION)));
        assert_eq!(code(result), ErrorCode::InvalidRequest, "{text}");
    }
}

#[test]
fn a_front_channel_uri_gets_the_issuer_and_the_session_behind_its_query() {
    // Front-Channel Logout §2, §3
    let at = |uri: &str, required| {
        let client = Client {
            front_channel_logout_uri: Some(uri.into()),
            front_channel_logout_session_required: required,
            ..web()
        };
        decide::front_channel_logout(&client, &server(), Some("s&1"))
    };
    for (uri, expected) in [
        ("https://app.example.com/out", "https://app.example.com/out?iss=https%3A%2F%2Fid.example.com&sid=s%261"),
        (
            "https://app.example.com/out?a=b",
            "https://app.example.com/out?a=b&iss=https%3A%2F%2Fid.example.com&sid=s%261",
        ),
        (
            "https://app.example.com/out?a=b&",
            "https://app.example.com/out?a=b&iss=https%3A%2F%2Fid.example.com&sid=s%261",
        ),
        ("https://app.example.com/out?", "https://app.example.com/out?iss=https%3A%2F%2Fid.example.com&sid=s%261"),
        ("https://app.example.com/out#x", "https://app.example.com/out?iss=https%3A%2F%2Fid.example.com&sid=s%261#x"),
        (
            "https://app.example.com/out?a=b#x?y",
            "https://app.example.com/out?a=b&iss=https%3A%2F%2Fid.example.com&sid=s%261#x?y",
        ),
        (
            "https://app.example.com/out#x?y",
            "https://app.example.com/out?iss=https%3A%2F%2Fid.example.com&sid=s%261#x?y",
        ),
    ] {
        assert_eq!(at(uri, true).as_deref(), Ok(expected));
        assert_eq!(at(uri, false).as_deref(), Ok(uri));
    }
}

#[test]
fn why_there_is_no_front_channel() {
    let client = Client { front_channel_logout_uri: Some("https://app.example.com/out".into()), ..web() };
    let told = |client: &Client, server: &Server, session_id| {
        decide::front_channel_logout(client, server, session_id).unwrap_err()
    };
    assert_eq!(told(&web(), &server(), Some("s-1")), NotTold::NotAsked);
    assert_eq!(told(&Client { enabled: false, ..client.clone() }, &server(), Some("s-1")), NotTold::NotAsked);
    assert_eq!(told(&client, &server(), None), NotTold::NoSession);
    // `iss` and `sid` go together.
    let nameless = told(&client, &Server::default(), Some("s-1"));
    assert_eq!(nameless, NotTold::NoIssuer);
    assert_eq!(nameless.to_string(), "the client needs the issuer identifier, and the server has none");
}

#[test]
fn a_logout_token_is_short_lived_and_of_the_session() {
    // Back-Channel Logout §2.4
    let client = Client { back_channel_logout_uri: Some("https://app.example.com/back".into()), ..web() };
    let token = decide::back_channel_logout(&client, &server(), "alice", Some("s-1"), NOW).unwrap();
    assert_eq!(token.uri, "https://app.example.com/back");
    assert_eq!((token.issuer.as_str(), token.audience.as_str()), (ISSUER, "web"));
    assert_eq!((token.subject.as_str(), token.session_id.as_deref()), ("alice", Some("s-1")));
    assert_eq!((token.issued_at, token.expires_at), (NOW, NOW + LOGOUT_TOKEN_LIFETIME));
    // §4: preferably at most two minutes
    const { assert!(LOGOUT_TOKEN_LIFETIME <= 120) };
    assert_eq!(LOGOUT_TOKEN_TYPE, "logout+jwt");
    assert_eq!(LOGOUT_EVENT, "http://schemas.openid.net/event/backchannel-logout");
    let late = decide::back_channel_logout(&client, &server(), "alice", Some("s-1"), u64::MAX).unwrap();
    assert_eq!(late.expires_at, u64::MAX);
}

#[test]
fn a_session_that_is_required_but_has_no_id_is_skipped_and_reported() {
    let client = Client { back_channel_logout_uri: Some("https://app.example.com/back".into()), ..web() };
    let told = |client: &Client, session_id| {
        decide::back_channel_logout(client, &server(), "alice", session_id, NOW).map(|token| token.session_id)
    };
    assert_eq!(told(&client, None), Err(NotTold::NoSession));
    let not_required = Client { back_channel_logout_session_required: false, ..client.clone() };
    assert_eq!(told(&not_required, None), Ok(None));
    // It is included whenever it is known.
    assert_eq!(told(&not_required, Some("s-1")), Ok(Some("s-1".into())));
    assert_eq!(told(&Client { enabled: false, ..client.clone() }, Some("s-1")), Err(NotTold::NotAsked));
    assert_eq!(told(&web(), Some("s-1")), Err(NotTold::NotAsked));
    let nameless = decide::back_channel_logout(&client, &Server::default(), "alice", Some("s-1"), NOW);
    assert_eq!(nameless, Err(NotTold::NoIssuer));
}
