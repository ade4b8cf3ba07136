//! What must the user do before the client is answered?

use guestlist_runtime::decide::{AuthorizationRefusal, Consent, ErrorCode, IdTokenHint, Interaction, UserSession};
use guestlist_runtime::{ApplicationType, Client, GrantType};

use crate::support::*;

const CONSENT: Interaction = Interaction::Consent { may_remember: true };

/// A session that began so many seconds before the request.
fn session(age: u64) -> UserSession {
    UserSession::new("alice", NOW - age)
}

/// A consent that was given so many seconds before the request, and is remembered.
fn remembered(age: u64, scopes: &[&str]) -> Consent {
    Consent::Remembered { scopes: texts(scopes), granted_at: NOW - age }
}

/// One that was given on the page of this request.
fn given(scopes: &[&str]) -> Consent {
    Consent::ForThisRequest { scopes: texts(scopes) }
}

/// What comes next, a minute after the request came.
fn next(
    client: &Client,
    changes: &[(&str, &str)],
    session: Option<&UserSession>,
    consent: Option<&Consent>,
) -> Result<Interaction, (ErrorCode, Shown)> {
    next_with(client, changes, session, None, consent)
}

/// The same, with an ID token as a hint.
fn next_with(
    client: &Client,
    changes: &[(&str, &str)],
    session: Option<&UserSession>,
    hint: Option<&IdTokenHint<'_>>,
    consent: Option<&Consent>,
) -> Result<Interaction, (ErrorCode, Shown)> {
    let result = ask(client, changes).unwrap().interaction(client, session, hint, consent, NOW + 60);
    match result {
        Ok(next) => Ok(next),
        refusal => Err(refused(refusal)),
    }
}

#[test]
fn a_user_who_is_not_signed_in_signs_in() {
    assert_eq!(next(&web(), &[], None, None), Ok(Interaction::SignIn));
    assert_eq!(next(&web(), &[], Some(&session(3600)), None), Ok(Interaction::Proceed));
}

#[test]
fn with_prompt_none_the_client_hears_at_once_that_the_user_would_have_to_do_something() {
    // OpenID Connect Core §3.1.2.6
    let none = [("prompt", "none")];
    assert_eq!(next(&web(), &none, None, None), Err((ErrorCode::LoginRequired, Shown::Now)));
    assert_eq!(next(&web(), &none, Some(&session(10)), None), Ok(Interaction::Proceed));
    let asks = Client { require_consent: true, ..web() };
    assert_eq!(next(&asks, &none, Some(&session(10)), None), Err((ErrorCode::ConsentRequired, Shown::Now)));
    let refusal = ask(&web(), &none).unwrap().interaction(&web(), None, None, None, NOW).unwrap_err();
    assert_eq!(
        location(&refusal),
        "https://app.example.com/callback?error=login_required&state=xyz&iss=https%3A%2F%2Fid.example.com",
    );
}

#[test]
fn prompt_login_and_select_account_need_a_sign_in_for_this_very_request() {
    for prompt in ["login", "select_account", "login consent"] {
        let changes = [("prompt", prompt)];
        let given = given(&["openid", "orders"]);
        // In the same second, and after the request, but for another one.
        for other in [session(1), session(0), UserSession::new("alice", NOW + 30)] {
            assert_eq!(next(&web(), &changes, Some(&other), Some(&given)), Ok(Interaction::SignIn), "{prompt}");
        }
        let since = UserSession::new("alice", NOW + 30).for_this_request();
        assert_eq!(next(&web(), &changes, Some(&since), Some(&given)), Ok(Interaction::Proceed), "{prompt}");
    }
}

#[test]
fn max_age_and_the_record_limit_the_age_of_a_session() {
    // OpenID Connect Core §3.1.2.1. A minute has passed since the request.
    for (max_age, user_sso_lifetime, age, expected) in [
        ("", None, NOW, Interaction::Proceed),
        ("100", None, 40, Interaction::Proceed),
        ("100", None, 41, Interaction::SignIn),
        ("0", None, 1, Interaction::SignIn),
        ("", Some(100), 40, Interaction::Proceed),
        ("", Some(100), 41, Interaction::SignIn),
        ("1000", Some(100), 41, Interaction::SignIn),
        ("100", Some(1000), 41, Interaction::SignIn),
        ("4294967295", Some(u32::MAX), 1, Interaction::Proceed),
    ] {
        let client = Client { user_sso_lifetime, ..web() };
        let result = next(&client, &[("max_age", max_age)], Some(&session(age)), None);
        assert_eq!(result, Ok(expected), "{max_age} {user_sso_lifetime:?} {age}");
    }
    // A sign-in for this very request is never too old, or the user would sign in for ever.
    let since = session(0).for_this_request();
    assert_eq!(next(&web(), &[("max_age", "0")], Some(&since), None), Ok(Interaction::Proceed));
    // A session from the future is no underflow.
    let ahead = UserSession::new("alice", u64::MAX);
    assert_eq!(next(&web(), &[("max_age", "0")], Some(&ahead), None), Ok(Interaction::Proceed));
}

#[test]
fn a_session_counts_only_if_the_client_takes_its_identity_provider() {
    let by = |provider: Option<&str>| match provider {
        Some(provider) => session(10).by(provider),
        None => session(10),
    };
    let external = Client { enable_local_login: false, ..web() };
    let entra = Client { identity_provider_restrictions: ["entra"].into(), ..web() };
    for (client, wish, session, expected) in [
        (&web(), "", by(None), Interaction::Proceed),
        (&web(), "", by(Some("google")), Interaction::Proceed),
        (&external, "", by(None), Interaction::SignIn),
        (&external, "", by(Some("google")), Interaction::Proceed),
        (&entra, "", by(None), Interaction::Proceed),
        (&entra, "", by(Some("google")), Interaction::SignIn),
        (&entra, "", by(Some("entra")), Interaction::Proceed),
        (&web(), "idp:entra", by(Some("google")), Interaction::SignIn),
        (&web(), "idp:entra", by(None), Interaction::SignIn),
        (&web(), "idp:entra", by(Some("entra")), Interaction::Proceed),
        // A wish that is dropped restricts nothing.
        (&entra, "idp:google", by(Some("entra")), Interaction::Proceed),
    ] {
        let result = next(client, &[("acr_values", wish)], Some(&session), None);
        assert_eq!(result, Ok(expected), "{wish} {session:?}");
    }
}

#[test]
fn consent_is_asked_for_by_the_record_or_the_request() {
    let signed_in = session(10);
    let asks = Client { require_consent: true, ..web() };
    assert_eq!(next(&web(), &[], Some(&signed_in), None), Ok(Interaction::Proceed));
    assert_eq!(next(&asks, &[], Some(&signed_in), None), Ok(CONSENT));
    assert_eq!(next(&web(), &[("prompt", "consent")], Some(&signed_in), None), Ok(CONSENT));
    let forgets = Client { allow_remember_consent: false, ..asks };
    let expected = Interaction::Consent { may_remember: false };
    assert_eq!(next(&forgets, &[], Some(&signed_in), None), Ok(expected));
}

#[test]
fn a_consent_counts_for_its_request_or_if_it_is_remembered_and_covers_all() {
    let client = Client { require_consent: true, consent_lifetime: Some(1000), ..web() };
    let forgets = Client { allow_remember_consent: false, ..client.clone() };
    let for_ever = Client { consent_lifetime: None, ..client.clone() };
    let all = ["openid", "orders"];
    for (name, client, prompt, consent, counts) in [
        ("given", &client, "", given(&all), true),
        ("given, asked for again", &client, "consent", given(&all), true),
        ("given, where none is remembered", &forgets, "", given(&all), true),
        ("for more", &client, "", given(&["openid", "orders", "stock"]), true),
        ("remembered", &client, "", remembered(940, &all), true),
        ("remembered for more", &client, "", remembered(940, &["openid", "orders", "stock"]), true),
        ("remembered for ever", &for_ever, "", remembered(NOW, &all), true),
        ("remembered, asked for again", &client, "consent", remembered(900, &all), false),
        ("remembered, given since, asked for again", &client, "consent", remembered(0, &all), false),
        ("remembered for too long", &client, "", remembered(941, &all), false),
        ("remembered for less", &client, "", remembered(900, &["openid"]), false),
        ("remembered where that is off now", &forgets, "", remembered(0, &all), false),
    ] {
        let result = next(client, &[("prompt", prompt)], Some(&session(10)), Some(&consent));
        let expected = if counts {
            Interaction::Proceed
        } else {
            Interaction::Consent { may_remember: client.allow_remember_consent }
        };
        assert_eq!(result, Ok(expected), "{name}");
    }
}

#[test]
fn a_user_may_consent_to_less_than_is_asked_for_and_is_not_asked_again() {
    let client = Client { require_consent: true, ..web() };
    for (asked, scopes, counts) in [
        ("openid orders", &["openid"][..], true),
        ("openid orders stock", &["openid", "stock"], true),
        ("orders stock", &["stock"], true),
        ("openid orders offline_access", &["openid", "orders"], true),
        // Who the user is must be said where it was asked for, and something must be left.
        ("openid orders", &["orders"], false),
        ("openid orders", &["profile"], false),
        ("orders offline_access", &["offline_access"], false),
        ("openid orders", &[], false),
    ] {
        let result = next(&client, &[("scope", asked)], Some(&session(10)), Some(&given(scopes)));
        assert_eq!(result.map(|next| next == Interaction::Proceed), Ok(counts), "{asked}: {scopes:?}");
    }
}

#[test]
fn a_consent_for_offline_access_is_asked_for_each_time() {
    // OpenID Connect Core §11
    let client = Client { require_consent: true, ..web() };
    let asked = [("scope", "openid orders offline_access")];
    let all = ["openid", "orders", "offline_access"];
    let expected = Interaction::Consent { may_remember: false };
    assert_eq!(next(&client, &asked, Some(&session(10)), Some(&remembered(900, &all))), Ok(expected));
    assert_eq!(next(&client, &asked, Some(&session(10)), Some(&given(&all))), Ok(Interaction::Proceed));
}

#[test]
fn a_consent_to_an_application_that_may_be_another_is_asked_for_each_time() {
    // RFC 8252 §8.6
    let all = ["openid", "orders"];
    for (redirect_uri, public, is_certain) in [
        (CALLBACK, true, true),
        ("com.example.app:/callback", true, false),
        ("com.example.app:/callback", false, true),
        ("http://127.0.0.1/callback", true, false),
        ("http://[::1]/callback", true, false),
        ("http://localhost/callback", true, false),
        ("http://127.0.0.1/callback", false, true),
    ] {
        let client = Client {
            require_consent: true,
            require_client_secret: !public,
            application_type: Some(ApplicationType::Native),
            redirect_uris: [redirect_uri].into(),
            ..web()
        };
        let changes = [("redirect_uri", redirect_uri)];
        let expected = if is_certain { Interaction::Proceed } else { Interaction::Consent { may_remember: false } };
        let result = next(&client, &changes, Some(&session(10)), Some(&remembered(900, &all)));
        assert_eq!(result, Ok(expected), "{redirect_uri} {public}");
        let result = next(&client, &changes, Some(&session(10)), Some(&given(&all)));
        assert_eq!(result, Ok(Interaction::Proceed), "{redirect_uri} {public}");
    }
}

#[test]
fn a_hint_says_which_user_the_client_is_answered_for() {
    // OpenID Connect Core §3.1.2.1
    let alice = IdTokenHint::new("web", "alice", Some("s-1"));
    let bob = IdTokenHint::new("web", "bob", Some("s-1"));
    // Whose ID token it is does not matter, but what it calls the user.
    let elsewhere = IdTokenHint::new("spa", "alice", None);
    let unknown = IdTokenHint::new("spa", "bob", None);
    let fresh = session(0).for_this_request();
    let refused = Err((ErrorCode::LoginRequired, Shown::Now));
    for (name, prompt, session, hint, expected) in [
        ("the same user", "", Some(session(10)), alice, Ok(Interaction::Proceed)),
        ("the same user, silently", "none", Some(session(10)), alice, Ok(Interaction::Proceed)),
        ("another user", "", Some(session(10)), bob, Ok(Interaction::SignIn)),
        ("another user, silently", "none", Some(session(10)), bob, refused),
        ("another user has signed in", "", Some(fresh.clone()), bob, refused),
        ("the user has signed in", "login", Some(fresh), alice, Ok(Interaction::Proceed)),
        ("nobody", "", None, alice, Ok(Interaction::SignIn)),
        ("another client's", "", Some(session(10)), elsewhere, Ok(Interaction::Proceed)),
        ("another client's of another user", "", Some(session(10)), unknown, Ok(Interaction::SignIn)),
    ] {
        let result = next_with(&web(), &[("prompt", prompt)], session.as_ref(), Some(&hint), None);
        assert_eq!(result, expected, "{name}");
    }
}

#[test]
fn who_says_no_is_sent_back_at_once() {
    let refusal = ask(&web(), &[("response_mode", "fragment")]).unwrap().deny("the user said no");
    assert!(matches!(&refusal, AuthorizationRefusal::RedirectNow(refusal, _)
        if refusal.code == ErrorCode::AccessDenied));
    assert_eq!(
        location(&refusal),
        "https://app.example.com/callback#error=access_denied&state=xyz&iss=https%3A%2F%2Fid.example.com",
    );
}

#[test]
fn what_the_user_did_not_grant_is_in_no_answer() {
    let client = Client {
        allowed_grant_types: [GrantType::Hybrid].into(),
        allow_access_tokens_via_browser: true,
        always_send_client_claims: true,
        ..web()
    };
    let changes = [("response_type", "code id_token token"), ("scope", "openid orders stock ping")];
    let authorization = ask(&client, &changes).unwrap();
    assert_eq!(authorization.audience, [ORDERS, STOCK]);
    // The user leaves one out; one that was not asked for does not come in.
    let granted = || texts(&["openid", "orders", "profile"]);
    let tokens = authorization.access_token(&client, &server(), &granted()).unwrap();
    assert_eq!(tokens.scopes, ["openid", "orders"]);
    assert_eq!(tokens.audience, [ORDERS]);
    assert_eq!(authorization.code(&client, &granted(), NOW).unwrap().scopes, ["openid", "orders"]);
    // A resource that was asked for narrows the scopes as well.
    let more = encoded(&[("resource", STOCK)]);
    let narrowed = ask_with(&client, &changes, &more).unwrap();
    let tokens = narrowed.access_token(&client, &server(), &texts(&["openid", "orders", "stock", "ping"])).unwrap();
    assert_eq!(tokens.scopes, ["openid", "stock", "ping"]);
    assert_eq!(tokens.audience, [STOCK]);
}

#[test]
fn an_id_token_through_the_browser_has_the_claims_if_no_access_token_follows() {
    // OpenID Connect Core §5.4
    for (response_type, grant, scope, expected) in [
        ("id_token", GrantType::Implicit, "openid", Some(true)),
        ("id_token token", GrantType::Implicit, "openid orders", Some(false)),
        ("code id_token", GrantType::Hybrid, "openid orders", Some(false)),
        ("code token", GrantType::Hybrid, "openid orders", None),
        ("code", GrantType::AuthorizationCode, "openid orders", None),
    ] {
        let client = Client {
            allowed_grant_types: [grant].into(),
            allow_access_tokens_via_browser: true,
            identity_token_lifetime: 120,
            ..web()
        };
        let authorization = ask(&client, &[("response_type", response_type), ("scope", scope)]).unwrap();
        let id_token = authorization.id_token(&client, &authorization.scopes);
        assert_eq!(id_token.as_ref().map(|id_token| id_token.includes_user_claims), expected, "{response_type}");
        assert!(id_token.is_none_or(|id_token| id_token.lifetime == 120));
        let always = Client { always_include_user_claims_in_id_token: true, ..client };
        let id_token = authorization.id_token(&always, &authorization.scopes);
        assert!(id_token.is_none_or(|id_token| id_token.includes_user_claims));
    }
}
