//! May this client ask the user for that?

use guestlist_runtime::decide::{
    self, AuthorizationRefusal, ChallengeMethod, Destination, ErrorCode, Parameters, ResponseMode,
};
use guestlist_runtime::{ApplicationType, Client, GrantType, Server};

use crate::support::*;

fn with_grant(grant: GrantType) -> Client {
    Client { allowed_grant_types: [grant].into(), ..web() }
}

/// One that may have everything through the browser.
fn browser(grant: GrantType) -> Client {
    Client { allow_access_tokens_via_browser: true, ..with_grant(grant) }
}

fn after_sign_in<T>(code: ErrorCode) -> Result<T, (ErrorCode, Shown)> {
    Err((code, Shown::AfterSignIn))
}

// Who asks, and where the answer goes.

#[test]
fn a_request_without_one_client_id_is_a_page() {
    for text in
        ["", "client_id=", "client_id=web&client_id=web", "client_id=&client_id=web", "client_id=web&client%5Fid=x"]
    {
        let parameters = parsed(&format!("{text}&response_type=code&prompt=none"));
        assert_eq!(refused(decide::client_of(&parameters)), (ErrorCode::InvalidRequest, Shown::Page), "{text}");
        let result = decide::authorize(Some(&web()), &server(), &parameters, None, NOW);
        assert_eq!(refused(result), (ErrorCode::InvalidRequest, Shown::Page), "{text}");
    }
}

#[test]
fn a_client_that_is_unknown_or_disabled_is_a_page() {
    let expected = (ErrorCode::UnauthorizedClient, Shown::Page);
    let parameters = form(&query(&[("prompt", "none")]));
    assert_eq!(refused(decide::authorize(None, &server(), &parameters, None, NOW)), expected);
    for client in [
        Client { enabled: false, ..web() },
        Client { protocol_type: "wsfed".into(), ..web() },
        // Not the one that is named (RFC 6749 §2.2).
        Client { client_id: "Web".into(), ..web() },
        Client { client_id: "web ".into(), ..web() },
    ] {
        assert_eq!(refused(ask(&client, &[("prompt", "none")])), expected, "{}", client.client_id);
    }
}

#[test]
fn a_missing_redirect_uri_is_the_only_one_registered_unless_openid_is_asked() {
    let page = (ErrorCode::InvalidRequest, Shown::Page);
    let authorization = ask(&web(), &[("redirect_uri", ""), ("scope", "orders")]).unwrap();
    assert_eq!(authorization.destination.redirect_uri, CALLBACK);
    assert!(!authorization.redirect_uri_sent);
    // OpenID Connect Core §3.1.2.1 requires it.
    assert_eq!(refused(ask(&web(), &[("redirect_uri", "")])), page);
    assert_eq!(refused(ask(&web(), &[("redirect_uri", ""), ("scope", "orders openid")])), page);
    for more in ["scope=openid", "scope=orders"] {
        let changes = [("redirect_uri", ""), ("scope", if more.ends_with("openid") { "orders" } else { "openid" })];
        assert_eq!(refused(ask_with(&web(), &changes, more)), page, "{more}");
    }
    // RFC 6749 §3.1.2.3
    let several = Client { redirect_uris: [CALLBACK, "https://app.example.com/other"].into(), ..web() };
    assert_eq!(refused(ask(&several, &[("redirect_uri", ""), ("scope", "orders")])), page);
    let none = Client { redirect_uris: [""; 0].into(), ..web() };
    assert_eq!(refused(ask(&none, &[("redirect_uri", ""), ("scope", "orders")])), page);
}

#[test]
fn a_redirect_uri_that_is_not_registered_is_a_page() {
    for asked in [
        "https://evil.example",
        "https://app.example.com/callback/",
        "https://app.example.com/callback?x",
        "https://app.example.com/callback#x",
        "https://app.example.com/Callback",
        "https://APP.example.com/callback",
        "https://app.example.com:443/callback",
        "https://app.example.com/%63allback",
        "https://app.example.com/./callback",
        "https://app.example.com/callback/../callback",
        "https://app.example.com.evil.example/callback",
        "https://app.example.com@evil.example/callback",
        "http://app.example.com/callback",
        "//app.example.com/callback",
        "/callback",
        "callback",
        "javascript:alert(1)",
        " https://app.example.com/callback",
        "https://app.example.com/callback\n",
    ] {
        for prompt in ["", "none"] {
            let result = ask(&web(), &[("redirect_uri", asked), ("prompt", prompt)]);
            assert_eq!(refused(result), (ErrorCode::InvalidRequest, Shown::Page), "{asked:?}");
        }
    }
}

#[test]
fn a_repeated_redirect_uri_is_a_page() {
    for more in [
        "redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback",
        "redirect_uri=https%3A%2F%2Fevil.example",
        "redirect_uri=",
        "redirect%5Furi=",
    ] {
        let result = ask_with(&web(), &[("prompt", "none")], more);
        assert_eq!(refused(result), (ErrorCode::InvalidRequest, Shown::Page), "{more}");
    }
}

#[test]
fn the_port_of_a_loopback_redirect_may_differ_unless_the_client_is_web() {
    let page = (ErrorCode::InvalidRequest, Shown::Page);
    for (registered, asked, matches) in [
        ("http://127.0.0.1/cb", "http://127.0.0.1/cb", true),
        ("http://127.0.0.1/cb", "http://127.0.0.1:1/cb", true),
        ("http://127.0.0.1/cb", "http://127.0.0.1:65535/cb", true),
        // Whether or not a port is registered.
        ("http://127.0.0.1:3000/cb", "http://127.0.0.1:51004/cb", true),
        ("http://127.0.0.1:3000/cb", "http://127.0.0.1/cb", true),
        ("http://[::1]/cb?tenant=7", "http://[::1]:51004/cb?tenant=7", true),
        // A port is `[1-9][0-9]{0,4}` and at most 65535.
        ("http://127.0.0.1/cb", "http://127.0.0.1:0/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:08080/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:65536/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:651234/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:+80/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:٣/cb", false),
        // An `@` in the authority never matches.
        ("http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1@evil.example/cb", false),
        ("http://127.0.0.1/cb", "http://user@127.0.0.1:80/cb", false),
        // The same literal on both sides, and only a literal.
        ("http://127.0.0.1/cb", "http://[::1]:80/cb", false),
        ("http://127.0.0.1/cb", "http://localhost:80/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.2:80/cb", false),
        ("http://localhost/cb", "http://localhost:80/cb", false),
        ("http://[::1]/cb", "http://[0:0:0:0:0:0:0:1]:80/cb", false),
        // `http` alone, and all the rest by equal bytes.
        ("https://127.0.0.1/cb", "https://127.0.0.1:80/cb", false),
        ("http://127.0.0.1/cb", "https://127.0.0.1:80/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:80/CB", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:80/cb/", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:80/cb?x", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:80/cb#x", false),
        ("http://127.0.0.1", "http://127.0.0.1.evil.example", false),
        ("http://127.0.0.1", "http://127.0.0.1:80", true),
    ] {
        let result = |application_type| {
            let client = Client { redirect_uris: [registered].into(), application_type, ..web() };
            ask(&client, &[("redirect_uri", asked)])
        };
        for application_type in [None, Some(ApplicationType::Native)] {
            match matches {
                // The asked URI is the one that is used and stored.
                true => {
                    let authorization = result(application_type).unwrap();
                    assert_eq!(authorization.destination.redirect_uri, asked);
                    assert_eq!(authorization.code(&web(), &texts(&["openid"]), NOW).unwrap().redirect_uri, asked);
                }
                false => assert_eq!(refused(result(application_type)), page, "{registered} {asked}"),
            }
        }
        let equal = registered == asked;
        assert_eq!(result(Some(ApplicationType::Web)).is_ok(), equal, "{registered} {asked}");
    }
}

// Three outcomes.

#[test]
fn an_error_waits_until_the_user_has_signed_in() {
    let refusal = ask(&web(), &[("scope", "unknown")]).unwrap_err();
    assert!(matches!(&refusal, AuthorizationRefusal::RedirectAfterSignIn(refusal, _)
        if refusal.code == ErrorCode::InvalidScope));
    assert_eq!(
        location(&refusal),
        "https://app.example.com/callback?error=invalid_scope&state=xyz&iss=https%3A%2F%2Fid.example.com",
    );
}

#[test]
fn with_prompt_none_an_error_is_redirected_at_once() {
    for (changes, expected) in [
        (&[("scope", "unknown")], ErrorCode::InvalidScope),
        (&[("scope", "")], ErrorCode::InvalidScope),
        (&[("response_type", "")], ErrorCode::InvalidRequest),
        (&[("code_challenge", "")], ErrorCode::InvalidRequest),
        (&[("response_mode", "unknown")], ErrorCode::InvalidRequest),
    ] {
        let changes = [changes[0], ("prompt", "none")];
        assert_eq!(refused(ask(&web(), &changes)), (expected, Shown::Now), "{changes:?}");
    }
}

#[test]
fn prompt_none_excludes_every_other_prompt() {
    for prompt in ["none login", "login none", "none consent", "none none", "none unknown", " none"] {
        let expected = (ErrorCode::InvalidRequest, Shown::AfterSignIn);
        assert_eq!(refused(ask(&web(), &[("prompt", prompt)])), expected, "{prompt:?}");
    }
    let prompt = ask(&web(), &[("prompt", "login consent select_account unknown")]).unwrap().prompt;
    assert!(prompt.login && prompt.consent && prompt.select_account && !prompt.none);
}

#[test]
fn a_server_that_trusts_the_client_may_redirect_at_once() {
    // All that it needs is there.
    let AuthorizationRefusal::RedirectAfterSignIn(refusal, destination) = ask(&web(), &[("scope", "")]).unwrap_err()
    else {
        panic!("not redirected")
    };
    assert_eq!(
        destination.error_location(&refusal),
        "https://app.example.com/callback?error=invalid_scope&error_description=scope%20is%20missing\
         &state=xyz&iss=https%3A%2F%2Fid.example.com",
    );
}

// Parameters.

#[test]
fn any_other_repeated_parameter_is_invalid_request() {
    for name in [
        "response_type",
        "response_mode",
        "scope",
        "state",
        "nonce",
        "prompt",
        "max_age",
        "code_challenge",
        "code_challenge_method",
        "dpop_jkt",
        // Read by the server alone.
        "acr_values",
        "login_hint",
        "id_token_hint",
        "ui_locales",
        "claims",
        "display",
        "of_an_extension",
    ] {
        for more in [format!("{name}=a&{name}=a"), format!("{name}=&{name}=a"), format!("{name}=a&{name}=")] {
            let result = ask_with(&web(), &[(name, "")], &more);
            assert_eq!(refused(result), (ErrorCode::InvalidRequest, Shown::AfterSignIn), "{more}");
        }
    }
    // Where the browser, too, would have one: what is not read for this response type.
    let implicit = browser(GrantType::Implicit);
    let changes = [("response_type", "token"), ("scope", "orders"), ("code_challenge", "")];
    let result = ask_with(&implicit, &changes, "code_challenge=a&code_challenge=b");
    assert_eq!(refused(result), (ErrorCode::InvalidRequest, Shown::AfterSignIn));
}

#[test]
fn a_resource_may_be_repeated() {
    // RFC 8707 §2
    let more = encoded(&[("resource", ORDERS), ("resource", STOCK)]);
    let authorization = ask_with(&web(), &[("scope", "openid orders stock")], &more).unwrap();
    assert_eq!(authorization.audience, [ORDERS, STOCK]);
}

#[test]
fn a_repeated_request_or_request_uri_is_a_page() {
    for more in ["request=a&request=b", "request_uri=a&request_uri=b", "request=a&request=", "request=a&request_uri=b"]
    {
        assert_eq!(refused(ask_with(&web(), &[], more)), (ErrorCode::InvalidRequest, Shown::Page), "{more}");
    }
}

#[test]
fn a_repeated_state_is_not_echoed() {
    for more in ["state=evil", "state=xyz", "state="] {
        let refusal = ask_with(&web(), &[], more).unwrap_err();
        assert_eq!(
            location(&refusal),
            "https://app.example.com/callback?error=invalid_request&iss=https%3A%2F%2Fid.example.com",
            "{more}",
        );
    }
}

#[test]
fn state_is_given_back_as_it_came() {
    let state = "a b&error=x#é\"</script>%00+";
    let destination = ask(&web(), &[("state", state)]).unwrap().destination;
    assert_eq!(destination.state.as_deref(), Some(state));
    assert_eq!(
        destination.location(&[("code", "SplxlOBeZQQYbYS6WxSbIA")]),
        "https://app.example.com/callback?code=SplxlOBeZQQYbYS6WxSbIA\
         &state=a%20b%26error%3Dx%23%C3%A9%22%3C%2Fscript%3E%2500%2B&iss=https%3A%2F%2Fid.example.com",
    );
}

#[test]
fn an_empty_parameter_is_as_if_absent() {
    // RFC 6749 §3.1
    let more = "response_mode=&prompt=&max_age=&dpop_jkt=&acr_values=&resource=&request=&request_uri=";
    assert_eq!(ask_with(&web(), &[], more).unwrap().destination, ask(&web(), &[]).unwrap().destination);
    for (name, expected) in [
        ("response_type", (ErrorCode::InvalidRequest, Shown::AfterSignIn)),
        ("scope", (ErrorCode::InvalidScope, Shown::AfterSignIn)),
        ("code_challenge", (ErrorCode::InvalidRequest, Shown::AfterSignIn)),
        ("redirect_uri", (ErrorCode::InvalidRequest, Shown::Page)),
        ("client_id", (ErrorCode::InvalidRequest, Shown::Page)),
    ] {
        let result = ask_with(&web(), &[(name, "")], &format!("{name}="));
        assert_eq!(refused(result), expected, "{name}");
    }
    assert_eq!(ask_with(&web(), &[("state", "")], "state=").unwrap().destination.state, None);
}

// Response types and modes.

#[test]
fn a_response_type_is_read_in_any_order_and_needs_its_grant() {
    use GrantType::{AuthorizationCode, Hybrid, Implicit};
    for (response_type, scope, grant) in [
        ("code", "openid orders", AuthorizationCode),
        ("token", "orders", Implicit),
        ("id_token", "openid", Implicit),
        ("id_token token", "openid orders", Implicit),
        ("token id_token", "openid orders", Implicit),
        ("code id_token", "openid orders", Hybrid),
        ("id_token code", "openid orders", Hybrid),
        ("code token", "openid orders", Hybrid),
        ("token code id_token", "openid orders", Hybrid),
    ] {
        for allowed in [AuthorizationCode, Implicit, Hybrid] {
            let result = ask(&browser(allowed.clone()), &[("response_type", response_type), ("scope", scope)]);
            if allowed == grant {
                assert_eq!(result.unwrap().response_type.grant(), grant, "{response_type}");
            } else {
                assert_eq!(
                    refused(result),
                    (ErrorCode::UnauthorizedClient, Shown::AfterSignIn),
                    "{response_type} {allowed}",
                );
            }
        }
    }
}

#[test]
fn a_response_type_is_missing_or_unknown() {
    for (response_type, expected) in [
        ("", ErrorCode::InvalidRequest),
        ("none", ErrorCode::UnsupportedResponseType),
        ("Code", ErrorCode::UnsupportedResponseType),
        ("code code", ErrorCode::UnsupportedResponseType),
        ("code  id_token", ErrorCode::UnsupportedResponseType),
        ("code,token", ErrorCode::UnsupportedResponseType),
    ] {
        let result = ask(&browser(GrantType::Hybrid), &[("response_type", response_type)]);
        assert_eq!(refused(result), (expected, Shown::AfterSignIn), "{response_type}");
    }
}

#[test]
fn an_unknown_response_mode_is_answered_in_the_default_mode() {
    for mode in ["unknown", "Query", "web_message", "query.jwt"] {
        let refusal = ask(&web(), &[("response_mode", mode)]).unwrap_err();
        assert_eq!(
            location(&refusal),
            "https://app.example.com/callback?error=invalid_request&state=xyz&iss=https%3A%2F%2Fid.example.com",
        );
        let changes = [("response_mode", mode), ("response_type", "code id_token")];
        let refusal = ask(&browser(GrantType::Hybrid), &changes).unwrap_err();
        assert_eq!(
            location(&refusal),
            "https://app.example.com/callback#error=invalid_request&state=xyz&iss=https%3A%2F%2Fid.example.com",
        );
    }
}

#[test]
fn response_mode_query_with_a_token_is_refused_in_the_fragment() {
    for (response_type, grant) in [
        ("token", GrantType::Implicit),
        ("id_token", GrantType::Implicit),
        ("id_token token", GrantType::Implicit),
        ("code token", GrantType::Hybrid),
        ("code id_token", GrantType::Hybrid),
        ("code id_token token", GrantType::Hybrid),
    ] {
        let changes = [("response_type", response_type), ("response_mode", "query")];
        let refusal = ask(&browser(grant), &changes).unwrap_err();
        assert_eq!(
            location(&refusal),
            "https://app.example.com/callback#error=invalid_request&state=xyz&iss=https%3A%2F%2Fid.example.com",
            "{response_type}",
        );
    }
    // Nor does an error of a response type that is not known get into the query, if a token is asked for.
    let refusal = ask(&web(), &[("response_type", "token unknown"), ("response_mode", "query")]).unwrap_err();
    assert_eq!(
        location(&refusal),
        "https://app.example.com/callback#error=unsupported_response_type&state=xyz&iss=https%3A%2F%2Fid.example.com",
    );
}

#[test]
fn a_response_mode_that_fits_is_taken_for_errors_too() {
    for (response_type, mode, expected) in [
        ("code", "", ResponseMode::Query),
        ("code", "query", ResponseMode::Query),
        ("code", "fragment", ResponseMode::Fragment),
        ("code", "form_post", ResponseMode::FormPost),
        ("code id_token", "", ResponseMode::Fragment),
        ("code id_token", "fragment", ResponseMode::Fragment),
        ("code id_token", "form_post", ResponseMode::FormPost),
    ] {
        let client = browser(if response_type == "code" { GrantType::AuthorizationCode } else { GrantType::Hybrid });
        let changes = [("response_type", response_type), ("response_mode", mode)];
        assert_eq!(ask(&client, &changes).unwrap().destination.mode, expected, "{response_type} {mode}");
        let changes = [changes[0], changes[1], ("scope", "openid unknown")];
        let AuthorizationRefusal::RedirectAfterSignIn(_, destination) = ask(&client, &changes).unwrap_err() else {
            panic!("not redirected")
        };
        assert_eq!(destination.mode, expected, "{response_type} {mode}");
    }
}

#[test]
fn the_issuer_is_in_every_response() {
    // RFC 9207 §2, with errors and by form_post.
    let issuer = ("iss", ISSUER);
    for (mode, expected) in [
        ("query", "https://app.example.com/callback?code=c&state=xyz&iss=https%3A%2F%2Fid.example.com"),
        ("fragment", "https://app.example.com/callback#code=c&state=xyz&iss=https%3A%2F%2Fid.example.com"),
        ("form_post", CALLBACK),
    ] {
        let authorization = ask(&web(), &[("response_mode", mode)]).unwrap();
        assert_eq!(authorization.destination.location(&[("code", "c")]), expected);
        let fields = authorization.destination.parameters(&[("code", "c")]);
        assert_eq!(fields, [("code", "c"), ("state", "xyz"), issuer]);
        let AuthorizationRefusal::RedirectNow(refusal, destination) = authorization.deny("the user said no") else {
            panic!("not at once")
        };
        assert_eq!(refusal.code, ErrorCode::AccessDenied);
        let error = destination.error(&refusal);
        let expected =
            [("error", "access_denied"), ("error_description", "the user said no"), ("state", "xyz"), issuer];
        assert_eq!(error, expected);
    }
}

#[test]
fn the_query_that_a_client_registered_stays() {
    // RFC 6749 §3.1.2
    let registered = "https://app.example.com/callback?tenant=7&lang=en";
    let client = Client { redirect_uris: [registered].into(), ..web() };
    let to = |mode| ask(&client, &[("redirect_uri", registered), ("response_mode", mode)]).unwrap().destination;
    let located = |destination: Destination| destination.location(&[("code", "c")]);
    assert_eq!(
        located(to("query")),
        "https://app.example.com/callback?tenant=7&lang=en&code=c&state=xyz&iss=https%3A%2F%2Fid.example.com",
    );
    assert_eq!(
        located(to("fragment")),
        "https://app.example.com/callback?tenant=7&lang=en#code=c&state=xyz&iss=https%3A%2F%2Fid.example.com",
    );
    assert_eq!(located(to("form_post")), registered);
}

#[test]
fn a_private_use_scheme_is_answered_as_any_other() {
    let registered = "com.example.app:/callback";
    let client = Client { redirect_uris: [registered].into(), ..web() };
    let authorization = ask(&client, &[("redirect_uri", registered)]).unwrap();
    assert_eq!(
        authorization.destination.location(&[("code", "c")]),
        "com.example.app:/callback?code=c&state=xyz&iss=https%3A%2F%2Fid.example.com",
    );
    assert_eq!(refused(ask(&client, &[("redirect_uri", "com.example.app:/other")])).1, Shown::Page);
}

#[test]
fn access_tokens_through_the_browser_not_allowed_is_unauthorized_client() {
    for (response_type, grant) in [
        ("token", GrantType::Implicit),
        ("id_token token", GrantType::Implicit),
        ("code token", GrantType::Hybrid),
        ("code id_token token", GrantType::Hybrid),
    ] {
        let changes = [("response_type", response_type)];
        assert_eq!(refused(ask(&with_grant(grant), &changes)), (ErrorCode::UnauthorizedClient, Shown::AfterSignIn));
    }
    // An ID token is none.
    assert!(ask(&with_grant(GrantType::Implicit), &[("response_type", "id_token"), ("scope", "openid")]).is_ok());
}

#[test]
fn a_token_that_must_be_bound_never_goes_through_the_browser() {
    // RFC 9449 §5: an authorization request has no proof.
    let client = Client { require_dpop: true, ..browser(GrantType::Hybrid) };
    let result = ask(&client, &[("response_type", "code token")]);
    assert_eq!(refused(result), (ErrorCode::UnauthorizedClient, Shown::AfterSignIn));
    assert!(ask(&client, &[("response_type", "code id_token")]).is_ok());
}

// PKCE (RFC 7636).

#[test]
fn a_challenge_is_required_of_who_must() {
    let optional = Client { require_pkce: false, ..web() };
    let public = Client { require_pkce: false, ..spa() };
    let missing = [("code_challenge", ""), ("code_challenge_method", "")];
    assert_eq!(refused(ask(&web(), &missing)), (ErrorCode::InvalidRequest, Shown::AfterSignIn));
    assert!(ask(&optional, &missing).unwrap().code_challenge.is_none());
    // A public client must, whatever its record says (RFC 9700 §2.1.1).
    let missing = [("client_id", "spa"), missing[0], missing[1]];
    assert_eq!(refused(ask(&public, &missing)), (ErrorCode::InvalidRequest, Shown::AfterSignIn));
    // Without a code there is nothing to protect.
    let changes = [("response_type", "id_token"), ("scope", "openid"), missing[1], missing[2]];
    assert!(ask(&browser(GrantType::Implicit), &changes).is_ok());
    // With one there is.
    let changes = [("response_type", "code id_token"), missing[1], missing[2]];
    assert_eq!(refused(ask(&browser(GrantType::Hybrid), &changes)).0, ErrorCode::InvalidRequest);
}

#[test]
fn a_challenge_that_was_sent_binds_required_or_not() {
    let optional = Client { require_pkce: false, ..web() };
    let challenge = ask(&optional, &[]).unwrap().code_challenge.unwrap();
    assert_eq!((challenge.method, challenge.value.as_str()), (ChallengeMethod::S256, CHALLENGE));
}

#[test]
fn the_challenge_and_its_method_fit_each_other() {
    let invalid = || after_sign_in(ErrorCode::InvalidRequest);
    let long = "a".repeat(128);
    let too_long = "a".repeat(129);
    let strict = web();
    let plain = Client { allow_plain_text_pkce: true, ..web() };
    let optional = Client { require_pkce: false, ..web() };
    for (client, challenge, method, expected) in [
        (&strict, CHALLENGE, "S256", Ok(ChallengeMethod::S256)),
        // A method without a challenge.
        (&strict, "", "S256", invalid()),
        (&optional, "", "S256", invalid()),
        (&optional, "", "plain", invalid()),
        // No method is `plain` (RFC 7636 §4.3), which is off.
        (&strict, CHALLENGE, "", invalid()),
        (&strict, CHALLENGE, "plain", invalid()),
        (&optional, CHALLENGE, "", invalid()),
        (&plain, CHALLENGE, "", Ok(ChallengeMethod::Plain)),
        (&plain, CHALLENGE, "plain", Ok(ChallengeMethod::Plain)),
        // No such method.
        (&plain, CHALLENGE, "s256", invalid()),
        (&plain, CHALLENGE, "S512", invalid()),
        // A challenge by S256 is exactly 43 base64url characters.
        (&strict, &CHALLENGE[1..], "S256", invalid()),
        (&strict, &long, "S256", invalid()),
        (&strict, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", "S256", invalid()),
        (&strict, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=", "S256", invalid()),
        (&strict, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw~cM", "S256", invalid()),
        // A plain one is a verifier: 43 to 128 unreserved characters.
        (&plain, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSst.~cM", "plain", Ok(ChallengeMethod::Plain)),
        (&plain, &long, "plain", Ok(ChallengeMethod::Plain)),
        (&plain, &too_long, "plain", invalid()),
        (&plain, &CHALLENGE[1..], "plain", invalid()),
        (&plain, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSst %cM", "plain", invalid()),
    ] {
        let result = ask(client, &[("code_challenge", challenge), ("code_challenge_method", method)]);
        let result = match result {
            Ok(authorization) => Ok(authorization.code_challenge.unwrap().method),
            refusal => Err(refused(refusal)),
        };
        assert_eq!(result, expected, "{challenge} {method}");
    }
}

// Scopes and audience.

#[test]
fn authorize_without_scope_is_invalid_scope() {
    assert_eq!(refused(ask(&web(), &[("scope", "")])), (ErrorCode::InvalidScope, Shown::AfterSignIn));
}

#[test]
fn without_scope_the_defaults_of_the_server_count_that_the_client_may_have() {
    // RFC 6749 §3.3
    let ask = |defaults: &[&str], scope: &str, response_type: &str| {
        let server = Server { default_scopes: defaults.iter().copied().collect(), ..server() };
        let client = Client {
            allowed_grant_types: [GrantType::AuthorizationCode, GrantType::Implicit].into(),
            allow_access_tokens_via_browser: true,
            allowed_scopes: ["openid", "orders", "ping"].into(),
            ..web()
        };
        let query = form(&query(&[("scope", scope), ("response_type", response_type)]));
        decide::authorize(Some(&client), &server, &query, None, NOW)
    };
    let authorization = ask(&["orders", "stock"], "", "code").unwrap();
    assert_eq!((&*authorization.scopes, &*authorization.audience), (&*texts(&["orders"]), &*texts(&[ORDERS])));
    assert_eq!(ask(&["orders", "ping"], "", "token").unwrap().scopes, ["orders", "ping"]);
    // They are for who names none.
    assert_eq!(ask(&["orders"], "openid", "code").unwrap().scopes, ["openid"]);
    // None is left, or none fits.
    assert_eq!(refused(ask(&["stock"], "", "code")), (ErrorCode::InvalidScope, Shown::AfterSignIn));
    assert_eq!(refused(ask(&["orders"], "", "id_token")), (ErrorCode::InvalidRequest, Shown::AfterSignIn));
}

#[test]
fn scopes_count_by_equal_bytes_and_each_once() {
    for scope in [
        "openid unknown",
        "openid Orders",
        "openid ORDERS",
        "openid orders*",
        "openid offline",
        "openid  orders",
        " openid",
        "openid ",
        "openid\torders",
        "openid,orders",
        "openid \"orders\"",
        "openid ord\\ers",
        "openid örders",
        "openid orders\n",
    ] {
        assert_eq!(
            refused(ask(&web(), &[("scope", scope)])),
            (ErrorCode::InvalidScope, Shown::AfterSignIn),
            "{scope:?}"
        );
    }
    assert_eq!(ask(&web(), &[("scope", "orders openid orders")]).unwrap().scopes, ["orders", "openid"]);
}

#[test]
fn offline_access_is_granted_only_where_it_is_asked_for_and_allowed() {
    let without = Client { allow_offline_access: false, ..web() };
    assert_eq!(ask(&web(), &[]).unwrap().scopes, ["openid", "orders"]);
    let asked = [("scope", "openid offline_access")];
    assert_eq!(ask(&web(), &asked).unwrap().scopes, ["openid", "offline_access"]);
    assert_eq!(refused(ask(&without, &asked)), (ErrorCode::InvalidScope, Shown::AfterSignIn));
    // It is a switch, no entry of the list.
    let listed = Client { allowed_scopes: ["openid", "offline_access"].into(), ..without };
    assert_eq!(refused(ask(&listed, &asked)), (ErrorCode::InvalidScope, Shown::AfterSignIn));
    // Alone, there is nothing that could be reached later.
    let alone = ask(&web(), &[("scope", "offline_access")]);
    assert_eq!(refused(alone), (ErrorCode::InvalidScope, Shown::AfterSignIn));
}

#[test]
fn offline_access_is_ignored_where_no_code_is_issued() {
    // OpenID Connect Core §11
    for (response_type, scope, grant, expected) in [
        ("id_token", "openid offline_access", GrantType::Implicit, &["openid"][..]),
        ("token", "orders offline_access", GrantType::Implicit, &["orders"]),
        ("code id_token", "openid offline_access", GrantType::Hybrid, &["openid", "offline_access"]),
    ] {
        for allow_offline_access in [true, false] {
            let client = Client { allow_offline_access, ..browser(grant.clone()) };
            let result = ask(&client, &[("response_type", response_type), ("scope", scope)]);
            match expected.contains(&"offline_access") && !allow_offline_access {
                true => assert_eq!(refused(result), (ErrorCode::InvalidScope, Shown::AfterSignIn)),
                false => assert_eq!(result.unwrap().scopes, expected),
            }
        }
    }
}

#[test]
fn scopes_fit_the_response_type() {
    for (response_type, scope, grant, expected) in [
        // Claims of the user without an OpenID Connect request.
        ("code", "profile orders", GrantType::AuthorizationCode, Some(ErrorCode::InvalidScope)),
        ("code", "orders", GrantType::AuthorizationCode, None),
        ("code", "openid", GrantType::AuthorizationCode, None),
        // An ID token without one.
        ("code id_token", "orders", GrantType::Hybrid, Some(ErrorCode::InvalidRequest)),
        ("id_token", "profile", GrantType::Implicit, Some(ErrorCode::InvalidRequest)),
        ("id_token token", "orders", GrantType::Implicit, Some(ErrorCode::InvalidRequest)),
        // An API without an access token.
        ("id_token", "openid orders", GrantType::Implicit, Some(ErrorCode::InvalidScope)),
        ("id_token", "openid profile", GrantType::Implicit, None),
        // An access token about a user, or for nothing.
        ("token", "openid orders", GrantType::Implicit, Some(ErrorCode::InvalidScope)),
        ("token", "openid", GrantType::Implicit, Some(ErrorCode::InvalidScope)),
        ("token", "offline_access", GrantType::Implicit, Some(ErrorCode::InvalidScope)),
        ("token", "orders", GrantType::Implicit, None),
        ("id_token token", "openid", GrantType::Implicit, None),
    ] {
        let result = ask(&browser(grant), &[("response_type", response_type), ("scope", scope)]);
        let result = result.map(|_| ()).map_err(|refusal| refusal.refusal().code);
        assert_eq!(result.err(), expected, "{response_type} {scope}");
    }
}

#[test]
fn the_audience_is_that_of_the_scopes_narrowed_by_resource() {
    let target = || Err((ErrorCode::InvalidTarget, Shown::AfterSignIn));
    for (scope, resources, expected) in [
        ("openid ping", &[][..], Ok(&[][..])),
        ("openid orders ping", &[], Ok(&[ORDERS])),
        ("openid orders stock", &[], Ok(&[ORDERS, STOCK])),
        ("openid orders stock", &[STOCK], Ok(&[STOCK])),
        ("openid orders stock", &[STOCK, STOCK], Ok(&[STOCK])),
        // Unknown, or not of these scopes.
        ("openid orders", &[STOCK], target()),
        ("openid orders", &[ORDERS, STOCK], target()),
        ("openid orders", &["https://orders.example.com/"], target()),
        ("openid ping", &["https://ping.example.com"], target()),
        // "MUST be an absolute URI", "MUST NOT include a fragment" (RFC 8707 §2).
        ("openid orders", &["orders"], target()),
        ("openid orders", &["/orders"], target()),
        ("openid orders", &["https://orders.example.com#x"], target()),
    ] {
        let resources: Vec<_> = resources.iter().map(|resource| ("resource", *resource)).collect();
        let result = ask_with(&web(), &[("scope", scope)], &encoded(&resources));
        let result = match result {
            Ok(authorization) => Ok(authorization.audience),
            refusal => Err(refused(refusal)),
        };
        assert_eq!(result, expected.map(texts), "{scope} {resources:?}");
    }
}

// The rest.

#[test]
fn a_nonce_is_required_for_an_id_token_through_the_browser() {
    // OpenID Connect Core §3.2.2.1, §3.3.2.11
    for (response_type, scope, grant, required) in [
        ("code", "openid", GrantType::AuthorizationCode, false),
        ("token", "orders", GrantType::Implicit, false),
        ("code token", "openid orders", GrantType::Hybrid, false),
        ("id_token", "openid", GrantType::Implicit, true),
        ("id_token token", "openid", GrantType::Implicit, true),
        ("code id_token", "openid", GrantType::Hybrid, true),
        ("code id_token token", "openid", GrantType::Hybrid, true),
    ] {
        let changes = [("response_type", response_type), ("scope", scope), ("nonce", "")];
        let result = ask(&browser(grant), &changes);
        match required {
            true => assert_eq!(refused(result), (ErrorCode::InvalidRequest, Shown::AfterSignIn), "{response_type}"),
            false => assert_eq!(result.unwrap().nonce, None, "{response_type}"),
        }
    }
    assert_eq!(ask(&web(), &[]).unwrap().nonce.as_deref(), Some("n-0S6_WzA2Mj"));
}

#[test]
fn max_age_is_a_number_of_seconds() {
    for (text, expected) in [("0", Some(0)), ("3600", Some(3600)), ("99999999999999999999", Some(u32::MAX))] {
        assert_eq!(ask(&web(), &[("max_age", text)]).unwrap().max_age, expected, "{text}");
    }
    for text in ["-1", "+1", "1.5", "1e3", " 1", "1 ", "0x1", "٣", "none"] {
        let expected = (ErrorCode::InvalidRequest, Shown::AfterSignIn);
        assert_eq!(refused(ask(&web(), &[("max_age", text)])), expected, "{text}");
    }
    assert_eq!(ask(&web(), &[]).unwrap().max_age, None);
}

#[test]
fn dpop_jkt_is_a_thumbprint() {
    assert_eq!(ask(&web(), &[("dpop_jkt", JKT)]).unwrap().dpop_jkt.as_deref(), Some(JKT));
    for text in [&JKT[1..], "NzbLsXh8uDCcd+6MNwXF4W/7noWXFZAfHkxZsRGC9Xs", "x"] {
        let expected = (ErrorCode::InvalidRequest, Shown::AfterSignIn);
        assert_eq!(refused(ask(&web(), &[("dpop_jkt", text)])), expected, "{text}");
    }
}

#[test]
fn a_wish_for_an_identity_provider_that_is_not_allowed_is_dropped() {
    let client = Client { identity_provider_restrictions: ["entra"].into(), ..web() };
    let wished = |client: &Client, values| ask(client, &[("acr_values", values)]).unwrap().identity_provider;
    assert_eq!(wished(&client, "tenant:7 idp:entra").as_deref(), Some("entra"));
    assert_eq!(wished(&client, "idp:google"), None);
    assert_eq!(wished(&web(), "idp:google").as_deref(), Some("google"));
    assert_eq!(wished(&web(), "urn:mace:incommon:iap:silver"), None);
}

#[test]
fn pushing_and_request_objects_are_required_of_who_must() {
    for client in
        [Client { require_pushed_authorization: true, ..web() }, Client { require_request_object: true, ..web() }]
    {
        assert_eq!(refused(ask(&client, &[])), (ErrorCode::InvalidRequest, Shown::AfterSignIn));
    }
}

#[test]
fn a_server_without_an_issuer_says_none() {
    let parameters = form(&query(&[]));
    let authorization = decide::authorize(Some(&web()), &Server::default(), &parameters, None, NOW).unwrap();
    assert_eq!(
        authorization.destination.location(&[("code", "c")]),
        "https://app.example.com/callback?code=c&state=xyz",
    );
}

#[test]
fn no_refusal_repeats_what_was_sent() {
    let marks = [("scope", "openid mark"), ("response_type", "mark"), ("response_mode", "mark"), ("max_age", "mark")];
    for (name, value) in marks {
        let refusal = ask(&web(), &[(name, value)]).unwrap_err();
        assert!(!refusal.to_string().contains("mark"), "{refusal}");
    }
    for more in ["mark=1&mark=2", "prompt=mark&prompt=mark"] {
        let refusal = ask_with(&web(), &[], more).unwrap_err();
        assert!(!refusal.to_string().contains("mark"), "{refusal}");
    }
    assert!(!Parameters::parse("mark=%zz").unwrap_err().to_string().contains("mark"));
}

#[test]
fn credentials_in_an_authorization_request_are_a_page() {
    // RFC 6749 §2.3.1; and with `prompt=none` nobody would see it.
    for name in ["client_secret", "client_assertion", "client_assertion_type"] {
        let result = ask(&web(), &[(name, "x"), ("prompt", "none")]);
        assert_eq!(refused(result), (ErrorCode::InvalidRequest, Shown::Page), "{name}");
        assert_eq!(refused(ask_with(&web(), &[], &format!("{name}=x&{name}=y"))).1, Shown::Page, "{name} twice");
        assert!(ask_with(&web(), &[], &format!("{name}=")).is_ok(), "{name}, empty");
    }
}
