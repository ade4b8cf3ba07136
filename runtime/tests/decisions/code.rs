//! Does this code count?

use guestlist_runtime::decide::{
    Binding, Caller, ChallengeMethod, CodeChallenge, ErrorCode, IssuedCode, TokenRequest, TokenType, Tokens,
};
use guestlist_runtime::{Client, GrantType, Server, Text};

use crate::support::*;

/// The code that answers a request of this client.
fn issued(client: &Client, changes: &[(&str, &str)]) -> IssuedCode {
    let changes: Vec<_> =
        [("client_id", client.client_id.as_str())].into_iter().chain(changes.iter().copied()).collect();
    let authorization = ask(client, &changes).unwrap();
    authorization.code(client, &authorization.scopes, NOW).unwrap()
}

/// A token request with these parameters instead; one without a value is left out.
fn body<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("grant_type", "authorization_code"),
        ("code", "SplxlOBeZQQYbYS6WxSbIA"),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let unchanged = usual.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| name != changed));
    unchanged.chain(changes.iter().copied()).filter(|(_, value)| !value.is_empty()).collect()
}

/// The error, and whether the tokens of the code are to be revoked.
fn redeemed_by(
    caller: &Caller,
    server: &Server,
    issued: Option<&IssuedCode>,
    changes: &[(&str, &str)],
    sender: &Binding,
    now: u64,
) -> Result<Tokens, (ErrorCode, bool)> {
    let body = form(&body(changes));
    let TokenRequest::AuthorizationCode(request) = asked(caller, server, &body, sender, now) else { panic!() };
    assert_eq!(request.code, "SplxlOBeZQQYbYS6WxSbIA");
    request.redeem(issued).map_err(|refusal| (refusal.refusal.code, refusal.revoke_tokens))
}

fn redeemed(client: &Client, issued: &IssuedCode, changes: &[(&str, &str)]) -> Result<Tokens, (ErrorCode, bool)> {
    redeemed_by(&confidential(client), &server(), Some(issued), changes, &Binding::default(), NOW)
}

const INVALID_GRANT: (ErrorCode, bool) = (ErrorCode::InvalidGrant, false);

#[test]
fn a_code_gives_what_was_granted() {
    let code = issued(&web(), &[("scope", "openid orders stock")]);
    let tokens = redeemed(&web(), &code, &[]).unwrap();
    assert_eq!(tokens.scopes, ["openid", "orders", "stock"]);
    assert_eq!(tokens.audience, [ORDERS, STOCK]);
    assert!(tokens.id_token.is_some() && tokens.refresh_token.is_none());
    assert_eq!(code.nonce.as_deref(), Some("n-0S6_WzA2Mj"));
    assert_eq!(redeemed(&web(), &issued(&web(), &[("scope", "orders")]), &[]).unwrap().id_token, None);
}

#[test]
fn a_code_that_is_unknown_or_of_another_client_is_invalid_grant() {
    let other = Client { client_id: "other".into(), ..web() };
    let nothing = redeemed_by(&confidential(&web()), &server(), None, &[], &Binding::default(), NOW);
    assert_eq!(nothing, Err(INVALID_GRANT));
    // Injected by another client, it is as unknown, and revokes nothing, also when it was redeemed.
    for redeemed in [false, true] {
        let code = IssuedCode { redeemed, ..issued(&web(), &[]) };
        assert_eq!(self::redeemed(&other, &code, &[]), Err(INVALID_GRANT));
        let public = public(&spa());
        let result = redeemed_by(&public, &server(), Some(&code), &[], &Binding::default(), NOW);
        assert_eq!(result, Err(INVALID_GRANT));
    }
}

#[test]
fn a_code_ends_after_its_lifetime() {
    let client = Client { authorization_code_lifetime: 30, ..web() };
    let code = issued(&client, &[]);
    let at = |now| redeemed_by(&confidential(&client), &server(), Some(&code), &[], &Binding::default(), now).is_ok();
    assert!(at(NOW) && at(NOW + 29));
    assert!(!at(NOW + 30) && !at(u64::MAX));
    // Nothing overflows at the end of time.
    let client = Client { authorization_code_lifetime: u32::MAX, ..web() };
    let authorization = ask(&client, &[]).unwrap();
    assert_eq!(authorization.code(&client, &texts(&["openid"]), u64::MAX).unwrap().expires_at, u64::MAX);
}

#[test]
fn a_replayed_code_revokes_its_tokens() {
    let code = IssuedCode { redeemed: true, ..issued(&web(), &[]) };
    assert_eq!(redeemed(&web(), &code, &[]), Err((ErrorCode::InvalidGrant, true)));
    // Whatever else is wrong with the second request, and after the code's end.
    assert_eq!(redeemed(&web(), &code, &[("code_verifier", "")]), Err((ErrorCode::InvalidGrant, true)));
    let late =
        redeemed_by(&confidential(&web()), &server(), Some(&code), &[], &Binding::default(), code.expires_at + 1);
    assert_eq!(late, Err((ErrorCode::InvalidGrant, true)));
}

#[test]
fn a_redirect_uri_that_was_sent_before_must_be_sent_again() {
    let sent = issued(&web(), &[]);
    assert_eq!(redeemed(&web(), &sent, &[("redirect_uri", "")]), Err((ErrorCode::InvalidRequest, false)));
    let not_sent = issued(&web(), &[("redirect_uri", ""), ("scope", "orders")]);
    assert!(redeemed(&web(), &not_sent, &[("redirect_uri", "")]).is_ok());
    assert!(redeemed(&web(), &not_sent, &[]).is_ok());
    assert_eq!(redeemed(&web(), &not_sent, &[("redirect_uri", "https://app.example.com/")]), Err(INVALID_GRANT));
}

#[test]
fn a_redirect_uri_that_differs_by_a_byte_is_invalid_grant() {
    let native = Client { redirect_uris: ["http://127.0.0.1/cb", "http://127.0.0.1/other"].into(), ..web() };
    let code = issued(&native, &[("redirect_uri", "http://127.0.0.1:51004/cb")]);
    assert!(redeemed(&native, &code, &[("redirect_uri", "http://127.0.0.1:51004/cb")]).is_ok());
    // There is no second loose match, nor is the registered one good enough.
    for sent in [
        "http://127.0.0.1:51005/cb",
        "http://127.0.0.1/cb",
        "http://127.0.0.1:51004/CB",
        "http://127.0.0.1:51004/cb?",
        "http://127.0.0.1:51004/other",
    ] {
        assert_eq!(redeemed(&native, &code, &[("redirect_uri", sent)]), Err(INVALID_GRANT), "{sent}");
    }
}

#[test]
fn a_challenge_that_was_sent_needs_its_verifier_required_or_not() {
    let optional = Client { require_pkce: false, ..web() };
    for client in [web(), optional] {
        let code = issued(&client, &[]);
        assert!(redeemed(&client, &code, &[]).is_ok());
        for verifier in [
            "",
            // The challenge, as if it was plain.
            CHALLENGE,
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK",
            // Too short, too long, and no unreserved characters (RFC 7636 §4.1).
            &VERIFIER[1..],
            &"a".repeat(129),
            "dBjftJeZ4CVP+mB92K27uhbUJU1p1r/wW1gFWFOEjXk",
        ] {
            assert_eq!(redeemed(&client, &code, &[("code_verifier", verifier)]), Err(INVALID_GRANT), "{verifier}");
        }
    }
}

#[test]
fn a_plain_challenge_is_its_verifier() {
    let client = Client { allow_plain_text_pkce: true, ..web() };
    let code = issued(&client, &[("code_challenge", VERIFIER), ("code_challenge_method", "plain")]);
    assert!(redeemed(&client, &code, &[]).is_ok());
    assert_eq!(redeemed(&client, &code, &[("code_verifier", CHALLENGE)]), Err(INVALID_GRANT));
    // A short one never counts, even where it was stored.
    let stored = CodeChallenge { method: ChallengeMethod::Plain, value: "short".into() };
    let code = IssuedCode { code_challenge: Some(stored), ..code };
    assert_eq!(redeemed(&client, &code, &[("code_verifier", "short")]), Err(INVALID_GRANT));
}

#[test]
fn a_verifier_without_a_challenge_is_invalid_grant() {
    // RFC 9700 §4.8.2: the challenge was taken out of the request on its way.
    let optional = Client { require_pkce: false, ..web() };
    let code = issued(&optional, &[("code_challenge", ""), ("code_challenge_method", "")]);
    assert_eq!(redeemed(&optional, &code, &[]), Err(INVALID_GRANT));
    assert!(redeemed(&optional, &code, &[("code_verifier", "")]).is_ok());
}

#[test]
fn a_code_without_a_challenge_is_invalid_grant_where_one_is_required() {
    let code = IssuedCode { code_challenge: None, ..issued(&web(), &[]) };
    assert_eq!(redeemed(&web(), &code, &[("code_verifier", "")]), Err(INVALID_GRANT));
    let public_client = Client { require_pkce: false, ..spa() };
    let code = IssuedCode { code_challenge: None, ..issued(&spa(), &[]) };
    let none = Binding::default();
    let result = redeemed_by(&public(&public_client), &server(), Some(&code), &[("code_verifier", "")], &none, NOW);
    assert_eq!(result, Err(INVALID_GRANT));
}

#[test]
fn dpop_jkt_binds_the_code() {
    // RFC 9449 §10
    let code = issued(&web(), &[("dpop_jkt", JKT)]);
    let by = |sender| redeemed_by(&confidential(&web()), &server(), Some(&code), &[], &sender, NOW);
    assert_eq!(by(Binding::default()), Err(INVALID_GRANT));
    assert_eq!(by(held(OTHER_JKT)), Err(INVALID_GRANT));
    let tokens = by(held(JKT)).unwrap();
    assert_eq!((tokens.binding.jkt.as_deref(), tokens.binding.token_type()), (Some(JKT), TokenType::Dpop));
    // Where it was not asked for, any key may come.
    let code = issued(&web(), &[]);
    let result = redeemed_by(&confidential(&web()), &server(), Some(&code), &[], &held(OTHER_JKT), NOW);
    assert_eq!(result.unwrap().binding, held(OTHER_JKT));
}

#[test]
fn what_the_record_has_lost_is_granted_no_more() {
    let code = issued(&web(), &[("scope", "openid orders offline_access")]);
    let less = Client { allowed_scopes: ["openid"].into(), allow_offline_access: false, ..web() };
    let tokens = redeemed(&less, &code, &[]).unwrap();
    assert_eq!((tokens.scopes, tokens.audience), (texts(&["openid"]), Vec::<Text>::new()));
    assert_eq!(tokens.refresh_token, None);
    let nothing = Client { allowed_scopes: ["profile"].into(), allow_offline_access: false, ..web() };
    assert_eq!(redeemed(&nothing, &code, &[]), Err(INVALID_GRANT));
}

#[test]
fn a_refresh_token_is_issued_where_offline_access_is_granted() {
    let code = issued(&web(), &[("scope", "openid orders offline_access")]);
    let refresh_token = redeemed(&web(), &code, &[]).unwrap().refresh_token.unwrap();
    assert_eq!(refresh_token.client_id, "web");
    assert_eq!(refresh_token.scopes, ["openid", "orders", "offline_access"]);
    assert_eq!((refresh_token.first_issued_at, refresh_token.used_at), (NOW, None));
    // The user has left it out.
    let code = IssuedCode { scopes: texts(&["openid", "orders"]), ..code };
    assert_eq!(redeemed(&web(), &code, &[]).unwrap().refresh_token, None);
}

#[test]
fn a_resource_narrows_the_token_and_never_widens_the_grant() {
    // RFC 8707 §2.2
    let code = issued(&web(), &[("scope", "openid orders stock ping")]);
    let tokens = redeemed(&web(), &code, &[("resource", STOCK)]).unwrap();
    assert_eq!(tokens.audience, [STOCK]);
    // A scope of another API is worth nothing there.
    assert_eq!(tokens.scopes, ["openid", "stock", "ping"]);

    let more = encoded(&[("resource", STOCK)]);
    let authorization = ask_with(&web(), &[("scope", "openid orders stock offline_access")], &more).unwrap();
    let code = authorization.code(&web(), &authorization.scopes, NOW).unwrap();
    let tokens = redeemed(&web(), &code, &[]).unwrap();
    assert_eq!(tokens.audience, [STOCK]);
    assert_eq!(tokens.scopes, ["openid", "stock", "offline_access"]);
    // The refresh token is bound to the full grant, and not to more.
    assert_eq!(tokens.refresh_token.unwrap().audience, [STOCK]);
    for resources in [&[ORDERS][..], &[STOCK, ORDERS], &["https://other.example"], &["stock"]] {
        let resources: Vec<_> = resources.iter().map(|resource| ("resource", *resource)).collect();
        let text = format!("{}&{}", encoded(&body(&[])), encoded(&resources));
        let (caller, body) = (confidential(&web()), parsed(&text));
        let Ok(TokenRequest::AuthorizationCode(request)) = token(&caller, &body) else { panic!() };
        let result = request.redeem(Some(&code));
        assert_eq!(result.unwrap_err().refusal.code, ErrorCode::InvalidTarget, "{resources:?}");
    }
}

#[test]
fn a_resource_that_is_declared_later_takes_nothing_away() {
    let undeclared = Server { api_scopes: ["orders"].into(), ..server() };
    let code = IssuedCode { audience: Vec::new(), ..issued(&web(), &[]) };
    for (server, audience) in [(undeclared, Vec::new()), (server(), texts(&[ORDERS]))] {
        let tokens = redeemed_by(&confidential(&web()), &server, Some(&code), &[], &Binding::default(), NOW).unwrap();
        assert_eq!((tokens.scopes, tokens.audience), (texts(&["openid", "orders"]), audience));
    }
}

#[test]
fn an_id_token_repeats_the_nonce_of_the_request() {
    // OpenID Connect Core §3.1.3.3
    let nonce = |code: &IssuedCode| redeemed(&web(), code, &[]).unwrap().id_token.unwrap().nonce;
    assert_eq!(nonce(&issued(&web(), &[])).as_deref(), Some("n-0S6_WzA2Mj"));
    assert_eq!(nonce(&issued(&web(), &[("nonce", "")])), None);
}

#[test]
fn a_code_is_there_only_if_the_response_has_one() {
    let grants = [GrantType::AuthorizationCode, GrantType::Implicit, GrantType::Hybrid];
    let client = Client { allowed_grant_types: grants.into(), allow_access_tokens_via_browser: true, ..web() };
    for (response_type, has_code) in [
        ("code", true),
        ("code id_token", true),
        ("code token", true),
        ("code id_token token", true),
        ("id_token", false),
        ("id_token token", false),
        ("token", false),
    ] {
        let scope = if response_type == "token" { "orders" } else { "openid orders" };
        let scope = if response_type == "id_token" { "openid" } else { scope };
        let authorization = ask(&client, &[("response_type", response_type), ("scope", scope)]).unwrap();
        let code = authorization.code(&client, &authorization.scopes, NOW);
        assert_eq!(code.is_some(), has_code, "{response_type}");
        // Its challenge was read, so it binds.
        assert!(code.is_none_or(|code| code.code_challenge.is_some()), "{response_type}");
        let access_token = authorization.access_token(&client, &server(), &authorization.scopes);
        assert_eq!(access_token.is_some(), response_type.split(' ').any(|part| part == "token"), "{response_type}");
        assert!(access_token.is_none_or(|tokens| tokens.id_token.is_none() && tokens.refresh_token.is_none()));
        let id_token = authorization.id_token(&client, &authorization.scopes);
        assert_eq!(id_token.is_some(), response_type.contains("id_token"), "{response_type}");
        assert!(id_token.is_none_or(|id_token| id_token.nonce.as_deref() == Some("n-0S6_WzA2Mj")));
        // The user has not granted it, or it was not asked for.
        assert_eq!(authorization.id_token(&client, &texts(&["orders"])), None, "{response_type}");
    }
}

#[test]
fn no_debug_shows_a_plain_challenge() {
    let client = Client { allow_plain_text_pkce: true, ..web() };
    let code = issued(&client, &[("code_challenge", VERIFIER), ("code_challenge_method", "plain")]);
    assert_eq!(code.code_challenge.as_ref().unwrap().value, VERIFIER);
    assert!(!format!("{code:?}").contains(VERIFIER), "{code:?}");
}

#[test]
fn a_refusal_reads_as_its_answer() {
    // So that `?` takes it into a `Box<dyn Error>`, as any other.
    let (caller, server) = (confidential(&web()), server());
    let refused = |body: &[(&str, &str)]| -> Box<dyn std::error::Error> {
        let body = form(body);
        match asked(&caller, &server, &body, &Binding::default(), NOW) {
            TokenRequest::AuthorizationCode(request) => request.redeem(None).unwrap_err().into(),
            TokenRequest::RefreshToken(request) => request.redeem(None, 0).unwrap_err().into(),
            other => panic!("{other:?}"),
        }
    };
    let error = refused(&body(&[]));
    assert_eq!(error.to_string(), "invalid_grant: the code is unknown, of another client, or expired");
    let error = refused(&[("grant_type", "refresh_token"), ("refresh_token", "x")]);
    assert!(error.to_string().starts_with("invalid_grant: "), "{error}");
}
