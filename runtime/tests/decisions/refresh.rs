//! Does this refresh token count, and what becomes of it?

use guestlist_runtime::decide::{Binding, Caller, ErrorCode, NextRefreshToken, RefreshToken, Refreshed, TokenRequest};
use guestlist_runtime::{Client, RefreshTokenExpiration, RefreshTokenUsage, Text};

use crate::support::*;

const DAY: u64 = 86_400;

/// A refresh token of `web` that was issued just now.
fn issued() -> RefreshToken {
    RefreshToken {
        client_id: "web".into(),
        scopes: texts(&["openid", "orders", "stock", "offline_access"]),
        audience: texts(&[ORDERS, STOCK]),
        first_issued_at: NOW,
        expires_at: NOW + 30 * DAY,
        binding: Binding::default(),
        used_at: None,
    }
}

/// The error, and whether the family is to be revoked.
type Refused = (ErrorCode, bool);

fn refreshed_by(
    caller: &Caller,
    issued: Option<&RefreshToken>,
    more: &[(&str, &str)],
    sender: &Binding,
    retry_window: u32,
    now: u64,
) -> Result<Refreshed, Refused> {
    let usual = [("grant_type", "refresh_token"), ("refresh_token", "tGzv3JOkF0XG5Qx2TlKWIA")];
    let body = form(&usual.into_iter().chain(more.iter().copied()).collect::<Vec<_>>());
    let TokenRequest::RefreshToken(request) = asked(caller, &SERVER, &body, sender, now) else { panic!() };
    assert_eq!(request.refresh_token, "tGzv3JOkF0XG5Qx2TlKWIA");
    request.redeem(issued, retry_window).map_err(|refusal| (refusal.refusal.code, refusal.revoke_family))
}

fn refreshed(client: &Client, issued: &RefreshToken, more: &[(&str, &str)], now: u64) -> Result<Refreshed, Refused> {
    refreshed_by(&confidential(client), Some(issued), more, &Binding::default(), 0, now)
}

const INVALID_GRANT: Refused = (ErrorCode::InvalidGrant, false);
const REUSED: Refused = (ErrorCode::InvalidGrant, true);

#[test]
fn a_refresh_token_that_is_unknown_or_of_another_client_is_invalid_grant() {
    let nothing = refreshed_by(&confidential(&web()), None, &[], &Binding::default(), 0, NOW);
    assert_eq!(nothing, Err(INVALID_GRANT));
    // Of another client it revokes nothing either, also if it was used.
    let other = Client { client_id: "other".into(), ..web() };
    for used_at in [None, Some(NOW)] {
        assert_eq!(refreshed(&other, &RefreshToken { used_at, ..issued() }, &[], NOW + DAY), Err(INVALID_GRANT));
    }
}

#[test]
fn a_client_that_is_disabled_or_may_no_longer_refresh_is_invalid_grant() {
    for client in [Client { enabled: false, ..web() }, Client { allow_offline_access: false, ..web() }] {
        assert_eq!(refreshed(&client, &issued(), &[], NOW), Err(INVALID_GRANT));
    }
}

#[test]
fn absolute_age_counts_from_the_first_token() {
    let client = Client { absolute_refresh_token_lifetime: 1000, ..web() };
    let mut token = RefreshToken { expires_at: NOW + 1000, ..issued() };
    for now in [NOW + 1, NOW + 500, NOW + 999] {
        let refreshed = refreshed(&client, &token, &[], now).unwrap();
        assert_eq!(refreshed.next, NextRefreshToken::Replaced);
        token = refreshed.tokens.refresh_token.unwrap();
        // A rotation prolongs nothing.
        assert_eq!((token.first_issued_at, token.expires_at, token.used_at), (NOW, NOW + 1000, None));
    }
    assert_eq!(refreshed(&client, &token, &[], NOW + 1000), Err(INVALID_GRANT));
}

#[test]
fn sliding_age_counts_from_the_last_use_within_the_absolute_one() {
    let client = Client {
        refresh_token_expiration: RefreshTokenExpiration::Sliding,
        sliding_refresh_token_lifetime: 300,
        absolute_refresh_token_lifetime: 1000,
        ..web()
    };
    let mut token = RefreshToken { expires_at: NOW + 300, ..issued() };
    assert_eq!(refreshed(&client, &token, &[], NOW + 300), Err(INVALID_GRANT));
    for (now, expected) in [(299, 599), (598, 898), (897, 1000), (999, 1000)] {
        token = refreshed(&client, &token, &[], NOW + now).unwrap().tokens.refresh_token.unwrap();
        assert_eq!(token.expires_at, NOW + expected, "{now}");
    }
    assert_eq!(refreshed(&client, &token, &[], NOW + 1000), Err(INVALID_GRANT));
    // 0 is no bound under sliding expiration.
    let endless = Client { absolute_refresh_token_lifetime: 0, ..client };
    let old = RefreshToken { first_issued_at: 0, ..issued() };
    let token = refreshed(&endless, &old, &[], NOW).unwrap().tokens.refresh_token.unwrap();
    assert_eq!(token.expires_at, NOW + 300);
}

#[test]
fn no_lifetime_overflows_and_no_successor_is_over() {
    use RefreshTokenExpiration::{Absolute, Sliding};
    for (expiration, absolute, sliding, first_issued_at, now, expected) in [
        (Absolute, u32::MAX, 0, u64::MAX, 0, Some(u64::MAX)),
        (Absolute, u32::MAX, u32::MAX, u64::MAX - 1, u64::MAX - 1, Some(u64::MAX)),
        (Absolute, 0, u32::MAX, 7, 7, None),
        (Absolute, u32::MAX, 0, 0, u64::from(u32::MAX) - 1, Some(u64::from(u32::MAX))),
        (Absolute, u32::MAX, 0, 0, u64::from(u32::MAX), None),
        (Absolute, u32::MAX, 0, 0, u64::MAX - 1, None),
        (Sliding, u32::MAX, u32::MAX, u64::MAX - 1, u64::MAX - 1, Some(u64::MAX)),
        (Sliding, 0, u32::MAX, 0, u64::MAX - 1, Some(u64::MAX)),
        (Sliding, 1, u32::MAX, 0, u64::MAX - 1, None),
        (Sliding, 10, u32::MAX, 0, 9, Some(10)),
        (Sliding, u32::MAX, 0, 0, 5, None),
    ] {
        let client = Client {
            refresh_token_expiration: expiration,
            absolute_refresh_token_lifetime: absolute,
            sliding_refresh_token_lifetime: sliding,
            ..web()
        };
        // One that would not end by itself.
        let token = RefreshToken { first_issued_at, expires_at: u64::MAX, ..issued() };
        let next = refreshed(&client, &token, &[], now).map(|next| next.tokens.refresh_token.unwrap().expires_at);
        let case = format!("{expiration} {absolute} {sliding} {first_issued_at} {now}");
        assert_eq!(next, expected.ok_or(INVALID_GRANT), "{case}");
    }
}

#[test]
fn a_record_that_became_stricter_ends_what_is_out() {
    let token = issued();
    let stricter = Client { absolute_refresh_token_lifetime: 1000, ..web() };
    assert!(refreshed(&stricter, &token, &[], NOW + 999).is_ok());
    assert_eq!(refreshed(&stricter, &token, &[], NOW + 1000), Err(INVALID_GRANT));
    // One that became looser prolongs nothing that is out.
    let looser = Client { absolute_refresh_token_lifetime: u32::MAX, ..web() };
    assert_eq!(refreshed(&looser, &token, &[], NOW + 30 * DAY), Err(INVALID_GRANT));
}

#[test]
fn none_is_issued_that_is_over_at_once() {
    let body =
        [("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)];
    let body = form(&body);
    for (lifetime, issued) in [(0, false), (1, true)] {
        let client = Client { absolute_refresh_token_lifetime: lifetime, ..web() };
        let authorization = ask(&client, &[("scope", "openid offline_access")]).unwrap();
        let code = authorization.code(&client, &authorization.scopes, NOW).unwrap();
        let caller = confidential(&client);
        let Ok(TokenRequest::AuthorizationCode(request)) = token(&caller, &body) else { panic!() };
        assert_eq!(request.redeem(Some(&code)).unwrap().refresh_token.is_some(), issued, "{lifetime}");
    }
}

#[test]
fn a_refreshed_id_token_has_no_nonce() {
    // OpenID Connect Core §12.2
    let id_token = refreshed(&web(), &issued(), &[], NOW + 1).unwrap().tokens.id_token.unwrap();
    assert_eq!(id_token.nonce, None);
}

#[test]
fn a_token_that_may_be_used_again_stays() {
    let client = Client { refresh_token_usage: RefreshTokenUsage::ReUse, ..web() };
    let refreshed = refreshed(&client, &issued(), &[], NOW + 1).unwrap();
    assert_eq!(refreshed.next, NextRefreshToken::Same);
    // Under sliding expiration what is kept with it moves on.
    let sliding = Client { refresh_token_expiration: RefreshTokenExpiration::Sliding, ..client };
    let kept = self::refreshed(&sliding, &issued(), &[], NOW + 1).unwrap().tokens.refresh_token.unwrap();
    assert_eq!(kept.expires_at, NOW + 1 + 15 * DAY);
}

#[test]
fn a_reused_one_time_token_revokes_its_family() {
    let used = RefreshToken { used_at: Some(NOW), ..issued() };
    for now in [NOW, NOW + 1, NOW + DAY] {
        assert_eq!(refreshed(&web(), &used, &[], now), Err(REUSED), "{now}");
    }
    // Also if the record has changed its mind meanwhile.
    let reuses = Client { refresh_token_usage: RefreshTokenUsage::ReUse, ..web() };
    assert_eq!(refreshed(&reuses, &used, &[], NOW + 1), Err(REUSED));
    let no_longer = Client { allow_offline_access: false, ..web() };
    assert_eq!(refreshed(&no_longer, &used, &[], NOW + 1), Err(REUSED));
    // And after its end, since under sliding expiration the successors live on.
    let ended = RefreshToken { expires_at: NOW + 300, ..used };
    assert_eq!(refreshed(&web(), &ended, &[], NOW + 301), Err(REUSED));
}

#[test]
fn within_the_retry_window_a_used_token_gives_the_same_successor() {
    let used = RefreshToken { used_at: Some(NOW), ..issued() };
    let at = |now, window| {
        let result = refreshed_by(&confidential(&web()), Some(&used), &[], &Binding::default(), window, now);
        result.map(|refreshed| refreshed.next)
    };
    assert_eq!(at(NOW, 10), Ok(NextRefreshToken::SameSuccessor));
    assert_eq!(at(NOW + 10, 10), Ok(NextRefreshToken::SameSuccessor));
    assert_eq!(at(NOW + 11, 10), Err(REUSED));
    assert_eq!(at(u64::MAX, u32::MAX), Err(REUSED));
    // The clock was set back.
    assert_eq!(at(NOW - 1, 10), Ok(NextRefreshToken::SameSuccessor));
    // 0 is strict.
    assert_eq!(at(NOW, 0), Err(REUSED));
    // The window does not outlive the token.
    let ended = RefreshToken { expires_at: NOW + 5, ..used };
    let result = refreshed_by(&confidential(&web()), Some(&ended), &[], &Binding::default(), 10, NOW + 5);
    assert_eq!(result, Err(INVALID_GRANT));
}

#[test]
fn the_scope_is_within_the_original_and_within_what_is_allowed_now() {
    let less = Client { allowed_scopes: ["openid", "stock", "ping"].into(), ..web() };
    let invalid_scope = || Err((ErrorCode::InvalidScope, false));
    for (client, scope, expected) in [
        (&web(), "", Ok(&["openid", "orders", "stock", "offline_access"][..])),
        (&web(), "orders", Ok(&["orders"])),
        (&web(), "stock openid stock", Ok(&["stock", "openid"])),
        // Allowed, and not granted.
        (&web(), "orders ping", invalid_scope()),
        (&web(), "profile", invalid_scope()),
        (&web(), "Orders", invalid_scope()),
        (&web(), "orders  stock", invalid_scope()),
        // Granted, and no longer allowed.
        (&less, "", Ok(&["openid", "stock", "offline_access"])),
        (&less, "orders", invalid_scope()),
        (&less, "openid orders", invalid_scope()),
    ] {
        let result = refreshed(client, &issued(), &[("scope", scope)], NOW + 1);
        let result = result.map(|refreshed| {
            // RFC 6749 §6: the new one has the scope of the old one.
            assert_eq!(refreshed.tokens.refresh_token.unwrap().scopes, issued().scopes);
            refreshed.tokens.scopes
        });
        assert_eq!(result, expected.map(texts), "{scope}");
    }
    let nothing = Client { allowed_scopes: ["ping"].into(), ..web() };
    let without_offline = RefreshToken { scopes: texts(&["openid", "orders"]), ..issued() };
    assert_eq!(refreshed(&nothing, &without_offline, &[], NOW + 1), Err(INVALID_GRANT));
}

#[test]
fn the_audience_is_within_what_was_granted() {
    // RFC 8707 §2.2
    let narrow = RefreshToken { audience: texts(&[STOCK]), ..issued() };
    let tokens = refreshed(&web(), &narrow, &[], NOW + 1).unwrap().tokens;
    assert_eq!(tokens.audience, [STOCK]);
    assert_eq!(tokens.scopes, ["openid", "stock", "offline_access"]);
    assert_eq!(tokens.refresh_token.unwrap().audience, [STOCK]);
    let target = Err((ErrorCode::InvalidTarget, false));
    assert_eq!(refreshed(&web(), &narrow, &[("resource", ORDERS)], NOW + 1).map(|_| ()), target);

    let tokens = refreshed(&web(), &issued(), &[("resource", ORDERS)], NOW + 1).unwrap().tokens;
    assert_eq!(tokens.audience, [ORDERS]);
    assert_eq!(tokens.scopes, ["openid", "orders", "offline_access"]);
    // Another one may be asked for the next time.
    let next = tokens.refresh_token.unwrap();
    let tokens = refreshed(&web(), &next, &[("resource", STOCK)], NOW + 2).unwrap().tokens;
    assert_eq!(tokens.audience, [STOCK]);
    for resource in ["https://other.example", "stock", "https://stock.example.com#x"] {
        assert_eq!(refreshed(&web(), &issued(), &[("resource", resource)], NOW + 1).map(|_| ()), target, "{resource}");
    }
    // A resource of a scope that is left out now.
    let both = [("scope", "openid orders"), ("resource", STOCK)];
    assert_eq!(refreshed(&web(), &issued(), &both, NOW + 1).map(|_| ()), target);
}

#[test]
fn a_refresh_token_of_a_public_client_is_bound_to_its_key() {
    // RFC 9449 §5, RFC 8705 §4
    // RFC 8705 §3.1
    let certificate =
        Binding { x5t_s256: Some("bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2".into()), ..Binding::default() };
    for binding in [held(JKT), certificate] {
        let token = RefreshToken { client_id: "spa".into(), binding: binding.clone(), ..issued() };
        let by = |sender: &Binding| refreshed_by(&public(&spa()), Some(&token), &[], sender, 0, NOW + 1);
        let next = by(&binding).unwrap().tokens;
        assert_eq!(next.binding, binding);
        assert_eq!(next.refresh_token.unwrap().binding, binding);
        for other in [Binding::default(), held(OTHER_JKT)] {
            assert_eq!(by(&other), Err(INVALID_GRANT));
        }
    }
}

#[test]
fn a_refresh_token_is_bound_when_it_is_issued_if_the_client_is_public() {
    let body =
        [("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)];
    for (client, caller, bound) in
        [(spa(), public(&spa()), held(JKT)), (web(), confidential(&web()), Binding::default())]
    {
        let changes = [("client_id", client.client_id.as_str()), ("scope", "openid offline_access")];
        let authorization = ask(&client, &changes).unwrap();
        let code = authorization.code(&client, &authorization.scopes, NOW).unwrap();
        let body = form(&body);
        let TokenRequest::AuthorizationCode(request) = asked(&caller, &SERVER, &body, &KEY, NOW) else { panic!() };
        let tokens = request.redeem(Some(&code)).unwrap();
        assert_eq!(tokens.binding, held(JKT));
        assert_eq!(tokens.refresh_token.unwrap().binding, bound, "{}", client.client_id);
    }
}

#[test]
fn a_confidential_client_may_change_its_key() {
    let tokens =
        refreshed_by(&confidential(&web()), Some(&issued()), &[], &held(OTHER_JKT), 0, NOW + 1).unwrap().tokens;
    assert_eq!(tokens.binding, held(OTHER_JKT));
    assert_eq!(tokens.refresh_token.unwrap().binding, Binding::default());
}

#[test]
fn a_refreshed_token_is_by_the_record_of_now() {
    let client = Client {
        access_token_lifetime: 60,
        identity_token_lifetime: 30,
        update_access_token_claims_on_refresh: true,
        ..web()
    };
    let refreshed = refreshed(&client, &issued(), &[], NOW + 1).unwrap();
    assert!(refreshed.updates_claims);
    assert_eq!(refreshed.tokens.access_token_lifetime, 60);
    assert_eq!(refreshed.tokens.id_token.unwrap().lifetime, 30);
    assert!(!self::refreshed(&web(), &issued(), &[], NOW + 1).unwrap().updates_claims);
}

#[test]
fn a_family_that_declared_no_resource_is_not_narrowed() {
    let token = RefreshToken { audience: Vec::new(), scopes: texts(&["openid", "orders"]), ..issued() };
    let tokens = refreshed(&web(), &token, &[], NOW + 1).unwrap().tokens;
    assert_eq!(tokens.audience, [Text::from(ORDERS)]);
}
