//! The device flow (RFC 8628) and backchannel authentication (CIBA).

use guestlist_runtime::decide::{
    Answer, Binding, Caller, ErrorCode, POLLING_INTERVAL, PendingRequest, Refusal, TokenRequest, Tokens,
    backchannel_authentication, device_authorization,
};
use guestlist_runtime::{Client, GrantType};

use crate::support::*;

/// A television.
fn device() -> Client {
    Client { client_id: "tv".into(), allowed_grant_types: [GrantType::DeviceCode].into(), ..spa() }
}

/// A bank's terminal.
fn terminal() -> Client {
    Client { client_id: "terminal".into(), allowed_grant_types: [GrantType::Ciba].into(), ..web() }
}

fn by_device(client: &Client, body: &str) -> Result<PendingRequest, Refusal> {
    device_authorization(&public(client), &server(), &parsed(body), NOW)
}

fn by_terminal(client: &Client, body: &str) -> Result<PendingRequest, Refusal> {
    backchannel_authentication(&confidential(client), &server(), &parsed(body), NOW)
}

fn granted(scope: &str) -> PendingRequest {
    let body = encoded(&[("scope", scope)]);
    PendingRequest { answer: Answer::Granted, ..by_device(&device(), &body).unwrap() }
}

fn poll_by(
    caller: &Caller,
    pending: Option<&mut PendingRequest>,
    more: &[(&str, &str)],
    sender: &Binding,
    now: u64,
) -> Result<Tokens, ErrorCode> {
    let usual = match caller.client().allows_grant(&GrantType::DeviceCode) {
        true => {
            [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", "GmRhmhcxhwAzkoEqiMEg")]
        }
        false => [("grant_type", "urn:openid:params:grant-type:ciba"), ("auth_req_id", "GmRhmhcxhwAzkoEqiMEg")],
    };
    let body = form(&usual.into_iter().chain(more.iter().copied()).collect::<Vec<_>>());
    let request = match asked(caller, &SERVER, &body, sender, now) {
        TokenRequest::DeviceCode(request) | TokenRequest::Ciba(request) => request,
        other => panic!("{other:?}"),
    };
    assert_eq!(request.code, "GmRhmhcxhwAzkoEqiMEg");
    request.redeem(pending).map_err(|refusal| refusal.code)
}

fn poll(pending: &mut PendingRequest, now: u64) -> Result<Tokens, ErrorCode> {
    poll_by(&public(&device()), Some(pending), &[], &Binding::default(), now)
}

// Asking.

#[test]
fn a_device_asks_only_by_its_grant() {
    let without = Client { allowed_grant_types: [GrantType::AuthorizationCode].into(), ..device() };
    assert_eq!(code(by_device(&without, "")), ErrorCode::UnauthorizedClient);
    assert_eq!(by_device(&device(), "scope=openid").unwrap().client_id, "tv");
    // A confidential client may as well.
    let confidential_device =
        Client { client_id: "tv".into(), allowed_grant_types: [GrantType::DeviceCode].into(), ..web() };
    assert!(device_authorization(&confidential(&confidential_device), &server(), &parsed(""), NOW).is_ok());
}

#[test]
fn a_device_that_asks_for_no_scope_asks_for_all_but_offline_access() {
    let pending = by_device(&device(), "").unwrap();
    assert_eq!(pending.scopes, ["openid", "profile", "orders", "stock", "ping"]);
    assert_eq!(pending.audience, [ORDERS, STOCK]);
    let none = Client { allowed_scopes: [""; 0].into(), ..device() };
    for (client, body) in [
        (&none, ""),
        (&device(), "scope=unknown"),
        (&device(), "scope=openid++orders"),
        // The user's claims without OpenID Connect.
        (&device(), "scope=profile"),
        (&device(), "scope=orders+profile"),
        // Nothing that could be reached later.
        (&device(), "scope=offline_access"),
    ] {
        assert_eq!(code(by_device(client, body)), ErrorCode::InvalidScope, "{body}");
    }
    let without = Client { allow_offline_access: false, ..device() };
    assert_eq!(code(by_device(&without, "scope=openid+offline_access")), ErrorCode::InvalidScope);
}

#[test]
fn a_pending_request_lives_and_is_polled_as_the_record_says() {
    let pending = by_device(&device(), "").unwrap();
    assert_eq!((pending.expires_in, pending.expires_at, pending.interval), (300, NOW + 300, 5));
    let client = Client { device_code_lifetime: 900, polling_interval: Some(10), ..device() };
    let pending = by_device(&client, "").unwrap();
    assert_eq!((pending.expires_in, pending.expires_at, pending.interval), (900, NOW + 900, 10));
    // Nothing overflows.
    let client = Client { device_code_lifetime: u32::MAX, ..device() };
    let pending = device_authorization(&public(&client), &server(), &parsed(""), u64::MAX).unwrap();
    assert_eq!(pending.expires_at, u64::MAX);
}

#[test]
fn a_resource_narrows_what_is_asked_for() {
    let asked = |resource| by_device(&device(), &encoded(&[("scope", "openid orders stock"), ("resource", resource)]));
    assert_eq!(asked(STOCK).unwrap().audience, [STOCK]);
    assert_eq!(code(asked("https://other.example")), ErrorCode::InvalidTarget);
}

#[test]
fn backchannel_authentication_is_for_confidential_clients_with_its_grant() {
    let hint = parsed("scope=openid&login_hint=alice");
    let ask = |caller| backchannel_authentication(&caller, &server(), &hint, NOW);
    assert!(ask(confidential(&terminal())).is_ok());
    assert_eq!(code(ask(public(&terminal()))), ErrorCode::UnauthorizedClient);
    assert_eq!(code(ask(confidential(&web()))), ErrorCode::UnauthorizedClient);
}

#[test]
fn exactly_one_hint_names_the_user() {
    // CIBA Core §7.1
    for (hints, valid) in [
        ("login_hint=alice", true),
        ("login_hint_token=a.b.c", true),
        ("id_token_hint=a.b.c", true),
        ("login_hint=alice&id_token_hint=", true),
        ("", false),
        ("login_hint=", false),
        ("login_hint=alice&id_token_hint=a.b.c", false),
        ("login_hint=alice&login_hint_token=a.b.c&id_token_hint=a.b.c", false),
        // Two users in one hint.
        ("login_hint=alice&login_hint=bob", false),
        ("login_hint=alice&login_hint=", false),
    ] {
        let result = by_terminal(&terminal(), &format!("scope=openid&{hints}"));
        match valid {
            true => assert!(result.is_ok(), "{hints}"),
            false => assert_eq!(code(result), ErrorCode::InvalidRequest, "{hints}"),
        }
    }
}

#[test]
fn backchannel_authentication_needs_the_scope_openid() {
    for scope in ["", "scope=orders", "scope=unknown", "scope="] {
        let result = by_terminal(&terminal(), &format!("login_hint=alice&{scope}"));
        assert_eq!(code(result), ErrorCode::InvalidScope, "{scope}");
    }
}

#[test]
fn a_requested_expiry_shortens_and_never_prolongs() {
    let client = Client { ciba_lifetime: Some(120), ..terminal() };
    for (client, text, expected) in [
        (&terminal(), "", Some(300)),
        (&client, "", Some(120)),
        (&client, "60", Some(60)),
        (&client, "3600", Some(120)),
        (&client, "99999999999999999999", Some(120)),
        (&client, "0", None),
        (&client, "-1", None),
        (&client, "%2B60", None),
        (&client, "60s", None),
    ] {
        let result = by_terminal(client, &format!("scope=openid&login_hint=alice&requested_expiry={text}"));
        match expected {
            Some(lifetime) => assert_eq!(result.unwrap().expires_at, NOW + lifetime, "{text}"),
            None => assert_eq!(code(result), ErrorCode::InvalidRequest, "{text}"),
        }
    }
}

#[test]
fn a_signed_authentication_request_is_not_half_ignored() {
    // CIBA Core §7.1.1: only what it says would count.
    let result = by_terminal(&terminal(), "scope=openid&login_hint=alice&request=a.b.c");
    assert_eq!(code(result), ErrorCode::InvalidRequest);
}

#[test]
fn a_repeated_parameter_is_refused() {
    for body in ["scope=openid&scope=openid", "scope=openid&user_code=a&user_code=b", "scope=&scope=openid"] {
        assert_eq!(code(by_device(&device(), body)), ErrorCode::InvalidRequest, "{body}");
        let body = format!("login_hint=alice&{body}");
        assert_eq!(code(by_terminal(&terminal(), &body)), ErrorCode::InvalidRequest, "{body}");
    }
}

// Polling.

#[test]
fn polling_says_what_the_user_has_said() {
    let pending = by_device(&device(), "scope=openid+orders").unwrap();
    for (answer, expected) in [
        (Answer::Pending, Err(ErrorCode::AuthorizationPending)),
        (Answer::Denied, Err(ErrorCode::AccessDenied)),
        (Answer::Granted, Ok(texts(&["openid", "orders"]))),
    ] {
        let result = poll(&mut PendingRequest { answer, ..pending.clone() }, NOW + 60);
        assert_eq!(result.map(|tokens| tokens.scopes), expected);
    }
}

#[test]
fn who_polls_too_often_must_wait_five_seconds_longer_each_time() {
    // RFC 8628 §3.5: "for this and all subsequent requests".
    let mut pending = by_device(&device(), "scope=openid").unwrap();
    let (wait, slow) = (Err(ErrorCode::AuthorizationPending), Err(ErrorCode::SlowDown));
    for (at, expected, interval) in [
        (0, wait.clone(), 5),
        (5, wait.clone(), 5),
        (9, slow.clone(), 10),
        // The interval counts from the last poll, also from one that was too early.
        (18, slow.clone(), 15),
        (32, slow, 20),
        (52, wait, 20),
    ] {
        assert_eq!(poll(&mut pending, NOW + at), expected, "{at}");
        assert_eq!((pending.interval, pending.polled_at), (interval, Some(NOW + at)), "{at}");
    }
    // Even if the user has answered meanwhile.
    pending.answer = Answer::Granted;
    assert_eq!(poll(&mut pending, NOW + 60), Err(ErrorCode::SlowDown));
    assert!(poll(&mut pending, NOW + 60 + 25).is_ok());
    assert_eq!(POLLING_INTERVAL, 5);
}

#[test]
fn no_interval_overflows() {
    let mut pending = PendingRequest {
        interval: u32::MAX,
        polled_at: Some(NOW),
        expires_at: u64::MAX,
        ..by_device(&device(), "scope=openid").unwrap()
    };
    assert_eq!(poll(&mut pending, NOW + 1), Err(ErrorCode::SlowDown));
    assert_eq!(pending.interval, u32::MAX);
    // The clock was set back.
    assert_eq!(poll(&mut pending, 0), Err(ErrorCode::SlowDown));
    assert_eq!(poll(&mut pending, u64::MAX - 1), Err(ErrorCode::AuthorizationPending));
}

#[test]
fn a_code_gives_tokens_once() {
    let mut pending = granted("openid");
    assert!(poll(&mut pending, NOW + 60).is_ok());
    assert!(pending.redeemed);
    for now in [NOW + 60, NOW + 120, NOW + 300] {
        assert_eq!(poll(&mut pending, now), Err(ErrorCode::InvalidGrant), "{now}");
    }
    // What was refused can be asked for again.
    let mut pending = PendingRequest { audience: texts(&[STOCK]), ..granted("openid orders stock") };
    let caller = public(&device());
    let wrong = poll_by(&caller, Some(&mut pending), &[("resource", ORDERS)], &Binding::default(), NOW);
    assert_eq!(wrong, Err(ErrorCode::InvalidTarget));
    assert!(poll(&mut pending, NOW + 60).is_ok());
}

#[test]
fn a_device_code_is_no_auth_req_id() {
    let both = Client { allowed_grant_types: [GrantType::DeviceCode, GrantType::Ciba].into(), ..web() };
    let device = device_authorization(&confidential(&both), &server(), &parsed("scope=openid"), NOW).unwrap();
    let mut device = PendingRequest { answer: Answer::Granted, ..device };
    let mut ciba = PendingRequest { grant: GrantType::Ciba, ..device.clone() };
    let by = |pending: &mut PendingRequest| {
        poll_by(&confidential(&both), Some(pending), &[], &Binding::default(), NOW).map(|_| ())
    };
    assert_eq!(by(&mut ciba), Err(ErrorCode::InvalidGrant));
    assert_eq!(by(&mut device), Ok(()));
}

#[test]
fn an_answer_is_kept_by_its_name() {
    for answer in Answer::ALL {
        assert_eq!(answer.as_str().parse(), Ok(*answer));
    }
}

#[test]
fn an_expired_code_is_expired_token() {
    for answer in [Answer::Pending, Answer::Granted, Answer::Denied] {
        let mut pending = PendingRequest { answer, ..by_device(&device(), "scope=openid").unwrap() };
        assert_eq!(poll(&mut pending, NOW + 300), Err(ErrorCode::ExpiredToken));
        assert_eq!(poll(&mut pending, u64::MAX), Err(ErrorCode::ExpiredToken));
    }
}

#[test]
fn a_code_that_is_unknown_or_of_another_client_is_invalid_grant() {
    let caller = public(&device());
    assert_eq!(poll_by(&caller, None, &[], &Binding::default(), NOW), Err(ErrorCode::InvalidGrant));
    let mut pending = granted("openid");
    let other = public(&Client { client_id: "other".into(), ..device() });
    let before = pending.clone();
    let result = poll_by(&other, Some(&mut pending), &[], &Binding::default(), NOW);
    assert_eq!(result, Err(ErrorCode::InvalidGrant));
    // Nor does it slow its owner down.
    assert_eq!(pending, before);
}

#[test]
fn what_the_user_has_narrowed_or_the_record_has_lost_is_not_granted() {
    let mut pending = PendingRequest { scopes: texts(&["openid", "orders"]), ..granted("openid orders stock") };
    let tokens = poll(&mut pending, NOW).unwrap();
    assert_eq!((tokens.scopes, tokens.audience), (texts(&["openid", "orders"]), texts(&[ORDERS])));
    let less = public(&Client { allowed_scopes: ["openid"].into(), ..device() });
    let tokens = poll_by(&less, Some(&mut granted("openid orders")), &[], &Binding::default(), NOW).unwrap();
    assert_eq!(tokens.scopes, ["openid"]);
    let nothing = public(&Client { allowed_scopes: ["ping"].into(), ..device() });
    let result = poll_by(&nothing, Some(&mut granted("openid orders")), &[], &Binding::default(), NOW);
    assert_eq!(result, Err(ErrorCode::InvalidGrant));
}

#[test]
fn a_resource_at_the_token_endpoint_is_one_of_those_that_were_granted() {
    let caller = public(&device());
    let pending = PendingRequest { audience: texts(&[STOCK]), ..granted("openid orders stock offline_access") };
    let by =
        |resource| poll_by(&caller, Some(&mut pending.clone()), &[("resource", resource)], &Binding::default(), NOW);
    for resource in ["", STOCK] {
        let tokens = by(resource).unwrap();
        assert_eq!(tokens.audience, [STOCK]);
        assert_eq!(tokens.scopes, ["openid", "stock", "offline_access"]);
        assert_eq!(tokens.refresh_token.unwrap().audience, [STOCK]);
    }
    for resource in [ORDERS, "https://other.example"] {
        assert_eq!(by(resource), Err(ErrorCode::InvalidTarget), "{resource}");
    }
}

#[test]
fn a_device_that_proves_a_key_has_its_tokens_bound_to_it() {
    let mut pending = granted("openid offline_access");
    let tokens = poll_by(&public(&device()), Some(&mut pending), &[], &held(JKT), NOW).unwrap();
    assert_eq!(tokens.binding, held(JKT));
    assert_eq!(tokens.refresh_token.unwrap().binding, held(JKT));
}

#[test]
fn backchannel_authentication_is_polled_alike() {
    let body = "scope=openid+offline_access&login_hint=alice";
    let mut pending = by_terminal(&terminal(), body).unwrap();
    let caller = confidential(&terminal());
    let none = Binding::default();
    assert_eq!(poll_by(&caller, Some(&mut pending), &[], &none, NOW), Err(ErrorCode::AuthorizationPending));
    assert_eq!(poll_by(&caller, Some(&mut pending), &[], &none, NOW + 1), Err(ErrorCode::SlowDown));
    pending.answer = Answer::Granted;
    let tokens = poll_by(&caller, Some(&mut pending), &[], &none, NOW + 60).unwrap();
    assert!(tokens.id_token.is_some() && tokens.refresh_token.is_some());
}
