//! What must the user do before the client is answered?

use guestlist_runtime::decide::{AuthorizationRefusal, Consent, ErrorCode, Interaction, UserSession};
use guestlist_runtime::{Client, GrantType};

use crate::support::*;

const CONSENT: Interaction = Interaction::Consent { may_remember: true };

/// A session that began so many seconds before the request.
fn session(age: u64) -> UserSession {
    UserSession { authenticated_at: NOW - age, identity_provider: None }
}

fn consent(age: u64, scopes: &[&str]) -> Consent {
    Consent { scopes: texts(scopes), granted_at: NOW - age, remembered: true }
}

/// What comes next, a minute after the request came.
fn next(
    client: &Client,
    changes: &[(&str, &str)],
    session: Option<&UserSession>,
    consent: Option<&Consent>,
) -> Result<Interaction, (ErrorCode, Shown)> {
    let result = ask(client, changes).unwrap().interaction(client, session, consent, NOW + 60);
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
    let refusal = ask(&web(), &none).unwrap().interaction(&web(), None, None, NOW).unwrap_err();
    assert_eq!(
        location(&refusal),
        "https://app.example.com/callback?error=login_required&state=xyz&iss=https%3A%2F%2Fid.example.com",
    );
}

#[test]
fn prompt_login_and_select_account_need_a_sign_in_for_this_very_request() {
    for prompt in ["login", "select_account", "login consent"] {
        let changes = [("prompt", prompt)];
        let given = consent(0, &["openid", "orders"]);
        assert_eq!(next(&web(), &changes, Some(&session(1)), Some(&given)), Ok(Interaction::SignIn), "{prompt}");
        let since = UserSession { authenticated_at: NOW + 30, identity_provider: None };
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
    let since = UserSession { authenticated_at: NOW, identity_provider: None };
    assert_eq!(next(&web(), &[("max_age", "0")], Some(&since), None), Ok(Interaction::Proceed));
    // A session from the future is no underflow.
    let ahead = UserSession { authenticated_at: u64::MAX, identity_provider: None };
    assert_eq!(next(&web(), &[("max_age", "0")], Some(&ahead), None), Ok(Interaction::Proceed));
}

#[test]
fn a_session_counts_only_if_the_client_takes_its_identity_provider() {
    let by = |provider: Option<&str>| UserSession {
        authenticated_at: NOW - 10,
        identity_provider: provider.map(Into::into),
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
fn a_consent_counts_if_it_covers_all_and_is_new_or_remembered() {
    let client = Client { require_consent: true, consent_lifetime: Some(1000), ..web() };
    let forgets = Client { allow_remember_consent: false, ..client.clone() };
    let for_ever = Client { consent_lifetime: None, ..client.clone() };
    let all = ["openid", "orders"];
    let once = |age| Consent { remembered: false, ..consent(age, &all) };
    for (name, client, prompt, given, counts) in [
        ("given now", &client, "", once(0), true),
        ("given now, asked for again", &client, "consent", once(0), true),
        ("for more", &client, "", consent(0, &["openid", "orders", "stock"]), true),
        ("for less", &client, "", consent(0, &["openid"]), false),
        ("for another", &client, "", consent(0, &["openid", "stock"]), false),
        ("not remembered", &client, "", once(1), false),
        ("remembered", &client, "", consent(940, &all), true),
        ("remembered for ever", &for_ever, "", consent(NOW, &all), true),
        ("remembered, asked for again", &client, "consent", consent(900, &all), false),
        ("remembered for too long", &client, "", consent(941, &all), false),
        ("remembered for less", &client, "", consent(900, &["openid"]), false),
        ("remembered where that is off now", &forgets, "", consent(900, &all), false),
    ] {
        let result = next(client, &[("prompt", prompt)], Some(&session(10)), Some(&given));
        let expected = if counts {
            Interaction::Proceed
        } else {
            Interaction::Consent { may_remember: client.allow_remember_consent }
        };
        assert_eq!(result, Ok(expected), "{name}");
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
    let tokens = authorization.tokens(&client, &server(), granted());
    assert_eq!(tokens.scopes, ["openid", "orders"]);
    assert_eq!(tokens.audience, [ORDERS]);
    assert_eq!(authorization.code(&client, granted(), NOW).scopes, ["openid", "orders"]);
    // A resource that was asked for narrows the scopes as well.
    let more = encoded(&[("resource", STOCK)]);
    let narrowed = ask_with(&client, &changes, &more).unwrap();
    let tokens = narrowed.tokens(&client, &server(), texts(&["openid", "orders", "stock", "ping"]));
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
        let id_token = authorization.tokens(&client, &server(), authorization.scopes.clone()).id_token;
        assert_eq!(id_token.as_ref().map(|id_token| id_token.includes_user_claims), expected, "{response_type}");
        assert!(id_token.is_none_or(|id_token| id_token.lifetime == 120));
        let always = Client { always_include_user_claims_in_id_token: true, ..client };
        let id_token = authorization.tokens(&always, &server(), authorization.scopes.clone()).id_token;
        assert!(id_token.is_none_or(|id_token| id_token.includes_user_claims));
    }
}
