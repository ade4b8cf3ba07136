//! The token endpoint (RFC 6749 §3.2): who gets what, and who gets nothing.

use std::sync::Barrier;

use jsonwebtoken::{Algorithm, TokenData};
use serde_json::json;

use crate::support::{
    Answer, Ask, Browser, FORM, MVC_PAIR, NATIVE, PORTAL, PORTAL_PAIR, SERVICE_PAIR, Server, VERIFIER, basic, changed,
};

#[test]
fn a_client_gets_a_token_that_an_api_can_check() {
    let server = Server::start();
    let headers = [("authorization", &*basic("service.client:secret"))];
    let token = server.token(&headers, "grant_type=client_credentials&scope=api1").access_token("api1");

    // RFC 9068 §2: explicitly typed, and for this server's APIs only.
    let TokenData { header, mut claims } = server.verify(&token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("at+jwt"));
    assert_eq!(header.alg, Algorithm::RS256);
    let issued = claims["iat"].as_u64().unwrap();
    assert_eq!(claims["exp"], issued + 3600);
    // 256 random bits.
    assert_eq!(claims["jti"].as_str().unwrap().len(), 43);
    for changing in ["iat", "exp", "jti"] {
        claims[changing].take();
    }
    assert_eq!(
        claims,
        json!({
            "iss": server.issuer,
            "sub": "service.client",
            "client_id": "service.client",
            "aud": format!("{}/resources", server.issuer),
            "scope": "api1",
            "iat": null, "exp": null, "jti": null,
        })
    );

    // One changed character in the middle of the signature.
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let middle = signature.len() / 2;
    let other = if signature.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let forged = format!("{signed}.{}{other}{}", &signature[..middle], &signature[middle + 1..]);
    assert!(server.verify(&forged).is_err());
    // Each start makes a new key.
    let restarted = Server::start();
    assert_ne!(server.get("/jwks").json(), restarted.get("/jwks").json());
}

#[test]
fn there_are_several_ways_to_ask() {
    let server = Server::start();
    let basic = |pair| vec![("authorization", basic(pair))];
    for (headers, body, scope) in [
        (basic("service.client:secret"), "grant_type=client_credentials", "api1 api2.read_only"),
        (basic("service.client:secret"), "grant_type=client_credentials&scope=", "api1 api2.read_only"),
        (basic("service%2Eclient:%73ecre%74"), "grant_type=client_credentials&scope=api1", "api1"),
        (basic("service.client:secret"), "grant_type=client_credentials&client_id=service.client&scope=api1", "api1"),
        (
            vec![],
            "grant_type=client_credentials&client_id=service.client&client_secret=secret&scope=api2.read_only+api1",
            "api2.read_only api1",
        ),
    ] {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let token = server.token(&headers, body).access_token(scope);
        assert_eq!(server.verify(&token).unwrap().claims["scope"], scope, "{body}");
    }
    let parameterized = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
    let body = "grant_type=client_credentials&client_id=service.client&client_secret=secret&scope=api1";
    server.post("/token", parameterized, &[], body).access_token("api1");
}

#[test]
fn everything_else_is_refused_by_the_book() {
    const OK: Option<&str> = Some("service.client:secret");
    // What is wrong, the pair for Basic, the body, the error.
    let cases = [
        // Who asks.
        ("wrong secret", Some("service.client:Secret"), "grant_type=client_credentials", "invalid_client"),
        ("empty secret", Some("service.client:"), "grant_type=client_credentials", "invalid_client"),
        ("unknown client", Some("nobody:secret"), "grant_type=client_credentials", "invalid_client"),
        ("client id in another case", Some("Service.Client:secret"), "grant_type=client_credentials", "invalid_client"),
        ("nobody asks", None, "grant_type=client_credentials", "invalid_client"),
        (
            "wrong secret in the body",
            None,
            "grant_type=client_credentials&client_id=service.client&client_secret=wrong",
            "invalid_client",
        ),
        ("no secret", None, "grant_type=client_credentials&client_id=service.client", "invalid_client"),
        (
            "unknown client in the body",
            None,
            "grant_type=client_credentials&client_id=nobody&client_secret=secret",
            "invalid_client",
        ),
        ("Basic without a colon", Some("service.client"), "grant_type=client_credentials", "invalid_client"),
        (
            "Basic with a broken escape",
            Some("service.client:secret%"),
            "grant_type=client_credentials",
            "invalid_client",
        ),
        ("a plus is a space", Some("service.client:sec+ret"), "grant_type=client_credentials", "invalid_client"),
        // How it proves that.
        ("two methods", OK, "grant_type=client_credentials&client_secret=secret", "invalid_request"),
        (
            "two methods, both complete",
            OK,
            "grant_type=client_credentials&client_id=service.client&client_secret=secret",
            "invalid_request",
        ),
        ("a secret and an assertion", OK, "grant_type=client_credentials&client_assertion=x", "invalid_request"),
        ("two clients", OK, "grant_type=client_credentials&client_id=mvc", "invalid_request"),
        // The grant.
        ("no grant type", OK, "scope=api1", "invalid_request"),
        ("empty grant type", OK, "grant_type=&scope=api1", "invalid_request"),
        ("empty body", OK, "", "invalid_request"),
        ("unknown grant type", OK, "grant_type=magic", "unsupported_grant_type"),
        ("unknown extension grant", OK, "grant_type=urn:example:magic", "unsupported_grant_type"),
        ("implicit never comes here", OK, "grant_type=implicit", "unsupported_grant_type"),
        ("grant of others", OK, "grant_type=authorization_code&code=x", "unauthorized_client"),
        ("a grant that is not served", OK, "grant_type=password&username=a&password=b", "unsupported_grant_type"),
        (
            "the client's own grants do not have it",
            Some("mvc:secret"),
            "grant_type=client_credentials",
            "unauthorized_client",
        ),
        ("a code that was never issued", Some("mvc:secret"), "grant_type=authorization_code&code=x", "invalid_grant"),
        ("public client", None, "grant_type=client_credentials&client_id=js", "unauthorized_client"),
        (
            "public client with a secret",
            None,
            "grant_type=client_credentials&client_id=js&client_secret=secret",
            "unauthorized_client",
        ),
        // The scope.
        ("scope of nobody", OK, "grant_type=client_credentials&scope=api3", "invalid_scope"),
        ("one scope too many", OK, "grant_type=client_credentials&scope=api1+api3", "invalid_scope"),
        ("scope in another case", OK, "grant_type=client_credentials&scope=API1", "invalid_scope"),
        ("malformed scope", OK, "grant_type=client_credentials&scope=api1++api2.read_only", "invalid_scope"),
        ("identity scope", OK, "grant_type=client_credentials&scope=openid", "invalid_scope"),
        ("offline access", OK, "grant_type=client_credentials&scope=api1+offline_access", "invalid_scope"),
        ("unknown resource", OK, "grant_type=client_credentials&resource=https://other.example.com", "invalid_target"),
        // The form.
        ("repeated scope", OK, "grant_type=client_credentials&scope=api1&scope=api1", "invalid_request"),
        ("repeated grant type", OK, "grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
        ("repeated unknown parameter", OK, "grant_type=client_credentials&x=1&x=2", "invalid_request"),
        ("broken escape", OK, "grant_type=client_credentials&scope=%2", "invalid_request"),
        ("not UTF-8", OK, "grant_type=client_credentials&scope=%FF", "invalid_request"),
    ];

    let server = Server::start();
    for (what, pair, body, error) in cases {
        let header = pair.map(basic);
        let headers: Vec<_> = header.iter().map(|value| ("authorization", value.as_str())).collect();
        server.token(&headers, body).assert_refused(what, error);
    }

    // What needs more than a pair and a body.
    let good = ("authorization", &*basic("service.client:secret"));
    let body = "grant_type=client_credentials";
    for value in ["Basic", "Basic !", "Basic c2VydmljZS5jbGllbnQ6c2VjcmV0=", "Bearer c2VydmljZS5jbGllbnQ6c2VjcmV0"] {
        server.token(&[("authorization", value)], body).assert_refused(value, "invalid_client");
    }
    server.token(&[good, good], body).assert_refused("two headers", "invalid_request");
    for query in ["client_id=service.client&client_secret=secret", "client_id=service.client", "%63lient_assertion=x"] {
        server.post(&format!("/token?{query}"), FORM, &[good], body).assert_refused(query, "invalid_request");
    }
    let json = r#"{"grant_type":"client_credentials"}"#;
    server.post("/token", "application/json", &[good], json).assert_refused("JSON", "invalid_request");
    // The limit, and one byte more: a server that stops reading any earlier may close the connection while we still send.
    let padded = |length| format!("{body}&x={:x>1$}", "", length - body.len() - 3);
    server.token(&[good], &padded(4 * guestlist::MAX_SECRET_LENGTH)).access_token("api1 api2.read_only");
    let long = padded(4 * guestlist::MAX_SECRET_LENGTH + 1);
    server.token(&[good], &long).assert_refused("a long body", "invalid_request");
    let long = basic(&format!("service.client:{}", "x".repeat(5_000)));
    server.token(&[("authorization", &long)], body).assert_refused("a long secret", "invalid_client");

    let get = server.get("/token");
    assert_eq!((get.status(), get.header("allow")), (405, "POST"));
    assert_eq!(server.get("/tokens").status(), 404);
}

/// A good token request with a code of `native`, but for the code.
const REDEEM: &str = "grant_type=authorization_code&client_id=native\
    &redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fcallback&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

#[test]
fn a_code_is_for_the_client_that_asked_for_it_and_proves_that() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let short = format!("code_verifier={}", &VERIFIER[..42]);
    let long = format!("code_verifier={}", "x".repeat(129));
    let padded = format!("code_verifier={VERIFIER}%3D");
    let cased = format!("code_verifier={}", VERIFIER.to_ascii_lowercase());
    let challenge = "code_verifier=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let unknown = "the code is unknown, of another client, or expired";
    let differs = "redirect_uri differs from that of the authorization request";
    let no_fit = "code_verifier does not fit code_challenge";
    let mut hostile = 0;
    // Of each row, a code of `native` is tried, and counts afterwards: none of this uses it up.
    for (what, pair, changes, error, description) in [
        // Stolen, by a client with a secret and by one without.
        ("another client", Some(MVC_PAIR), &["-client_id"][..], "invalid_grant", unknown),
        ("another client in the body", Some(PORTAL_PAIR), &["client_id=portal"], "invalid_grant", unknown),
        (
            "in its name, with another's secret",
            Some(MVC_PAIR),
            &[],
            "invalid_request",
            "the Authorization header and the body name different clients",
        ),
        (
            "a client that has no codes",
            Some(SERVICE_PAIR),
            &["-client_id"],
            "unauthorized_client",
            "the client may not use this grant type",
        ),
        (
            "a client of the implicit flow",
            None,
            &["client_id=js"],
            "unauthorized_client",
            "the client may not use this grant type",
        ),
        ("a device", None, &["client_id=tv"], "unauthorized_client", "the client may not use this grant type"),
        ("a client of nobody", None, &["client_id=nobody"], "invalid_client", "client authentication failed"),
        ("no client", None, &["-client_id"], "invalid_client", "no client authentication is included"),
        ("two clients", None, &["+client_id=mvc"], "invalid_request", "client_id is repeated"),
        // Downgraded.
        ("no verifier", None, &["-code_verifier"], "invalid_grant", "code_verifier is missing"),
        ("an empty verifier", None, &["code_verifier="], "invalid_grant", "code_verifier is missing"),
        ("the challenge itself, as if plain", None, &[challenge], "invalid_grant", no_fit),
        ("a short verifier", None, &[&short], "invalid_grant", no_fit),
        ("a long verifier", None, &[&long], "invalid_grant", no_fit),
        ("a padded verifier", None, &[&padded], "invalid_grant", no_fit),
        ("a verifier in another case", None, &[&cased], "invalid_grant", no_fit),
        ("a verifier with a zero byte", None, &["code_verifier=%00"], "invalid_grant", no_fit),
        ("two verifiers", None, &["+code_verifier=x"], "invalid_request", "a parameter is repeated"),
        ("a method", None, &["code_verifier=x", "code_challenge_method=plain"], "invalid_grant", no_fit),
        // By another way back.
        ("no redirect URI", None, &["-redirect_uri"], "invalid_request", "redirect_uri is missing"),
        ("an empty one", None, &["redirect_uri="], "invalid_request", "redirect_uri is missing"),
        ("the registered one", None, &["redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback"], "invalid_grant", differs),
        ("another port", None, &["redirect_uri=http%3A%2F%2F127.0.0.1%3A49153%2Fcallback"], "invalid_grant", differs),
        (
            "another path",
            None,
            &["redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fcallback%2F"],
            "invalid_grant",
            differs,
        ),
        ("elsewhere", None, &["redirect_uri=https%3A%2F%2Fevil.example%2F"], "invalid_grant", differs),
        (
            "two of them",
            None,
            &["+redirect_uri=https%3A%2F%2Fevil.example%2F"],
            "invalid_request",
            "a parameter is repeated",
        ),
        // For more than was granted.
        (
            "an unknown resource",
            None,
            &["resource=https%3A%2F%2Fother.example"],
            "invalid_target",
            "a resource is unknown or not one of the scopes",
        ),
        // As something else.
        ("as a refresh token", None, &["grant_type=refresh_token"], "invalid_request", "refresh_token is missing"),
        (
            "as a device code",
            None,
            &["grant_type=urn:ietf:params:oauth:grant-type:device_code"],
            "unauthorized_client",
            "the client may not use this grant type",
        ),
        (
            "in the hybrid flow's name",
            None,
            &["grant_type=hybrid"],
            "unsupported_grant_type",
            "the grant type is not known",
        ),
        (
            "a grant type in another case",
            None,
            &["grant_type=Authorization_Code"],
            "unsupported_grant_type",
            "the grant type is not known",
        ),
    ] {
        let code = alice.authorize(NATIVE, "alice")["code"].clone();
        let good = format!("{REDEEM}&code={code}");
        let answer = server.form("/token", pair, &changed(&good, changes));
        answer.assert_refused(what, error);
        assert_eq!(answer.json()["error_description"], description, "{what}");
        assert_eq!(server.form("/token", None, &good).status(), 200, "{what}: and the code still counts");
        hostile += 1;
    }
    assert_eq!(hostile, 31);
    // Codes that are none.
    let code = alice.authorize(NATIVE, "alice")["code"].clone();
    for (what, code, error) in [
        ("no code", String::new(), "invalid_request"),
        ("a code of nobody", "x".repeat(43), "invalid_grant"),
        ("a code with a character more", format!("{code}x"), "invalid_grant"),
        ("with one less", code[1..].to_owned(), "invalid_grant"),
        ("with a space", format!("{code}+"), "invalid_grant"),
        ("with a zero byte", format!("{code}%00"), "invalid_grant"),
        ("in another case", code.to_ascii_uppercase(), "invalid_grant"),
        ("a long one", "x".repeat(10_000), "invalid_grant"),
        ("twice", format!("{code}&code={code}"), "invalid_request"),
        ("in a list", format!("{code}&code[]={code}&code="), "invalid_request"),
    ] {
        server.form("/token", None, &format!("{REDEEM}&code={code}")).assert_refused(what, error);
    }
    // In the query it is no parameter at all.
    let answer = server.post(&format!("/token?code={code}"), FORM, &[], REDEEM);
    answer.assert_refused("a code in the address", "invalid_request");
    assert_eq!(server.form("/token", None, &format!("{REDEEM}&code={code}")).status(), 200);
}

#[test]
fn a_code_that_comes_again_ends_what_it_gave() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    // Whoever comes second: the thief without a verifier, or the client itself.
    for (what, changes) in [
        ("as before", &[][..]),
        ("without a verifier", &["-code_verifier"]),
        ("with another redirect URI", &["redirect_uri=x"]),
    ] {
        let code = alice.authorize(NATIVE, "alice")["code"].clone();
        let good = format!("{REDEEM}&code={code}");
        let first = server.form("/token", None, &good).json();
        let access = first["access_token"].as_str().unwrap();
        assert_eq!(user_info(&server, access), 200, "{what}");
        let again = server.form("/token", None, &changed(&good, changes));
        again.assert_refused(what, "invalid_grant");
        assert_eq!(again.json()["error_description"], "the code was used before", "{what}");
        assert_eq!(user_info(&server, access), 401, "{what}");
        let refresh = format!(
            "grant_type=refresh_token&client_id=native&refresh_token={}",
            first["refresh_token"].as_str().unwrap()
        );
        server.form("/token", None, &refresh).assert_refused(what, "invalid_grant");
    }
    // But not another client, which could end what it has no part in.
    let code = alice.authorize(NATIVE, "alice")["code"].clone();
    let good = format!("{REDEEM}&code={code}");
    let first = server.form("/token", None, &good).json();
    server
        .form("/token", Some(MVC_PAIR), &changed(&good, &["-client_id"]))
        .assert_refused("a stranger", "invalid_grant");
    assert_eq!(user_info(&server, first["access_token"].as_str().unwrap()), 200);
}

fn user_info(server: &Server, token: &str) -> u16 {
    server.ask("GET", "/userinfo", &[("authorization", &format!("Bearer {token}"))], None).status()
}

/// The answers to the same form, sent by several at once.
fn at_once(server: &Server, body: &str) -> Vec<Answer> {
    const MANY: usize = 8;
    let start = Barrier::new(MANY);
    std::thread::scope(|scope| {
        let send = || {
            start.wait();
            server.form("/token", None, body)
        };
        let threads: Vec<_> = (0..MANY).map(|_| scope.spawn(send)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn of_many_who_redeem_a_code_at_once_one_gets_tokens_and_nobody_keeps_them() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    for _ in 0..4 {
        let code = alice.authorize(NATIVE, "alice")["code"].clone();
        let answers = at_once(&server, &format!("{REDEEM}&code={code}"));
        let (good, bad): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status() == 200);
        assert_eq!(good.len(), 1);
        for refused in bad {
            refused.assert_refused("a replay", "invalid_grant");
        }
        // A code that is used twice was stolen; which of the two was the thief, nobody knows.
        assert_eq!(user_info(&server, good[0].json()["access_token"].as_str().unwrap()), 401);
    }
}

#[test]
fn of_many_who_use_a_refresh_token_at_once_all_get_the_same_successor() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    for _ in 0..4 {
        let code = alice.authorize(NATIVE, "alice")["code"].clone();
        let tokens = server.form("/token", None, &format!("{REDEEM}&code={code}")).json();
        let first = tokens["refresh_token"].as_str().unwrap();
        let answers = at_once(&server, &format!("grant_type=refresh_token&client_id=native&refresh_token={first}"));
        let mut successors = Vec::new();
        for answer in &answers {
            // Who comes later than the time in which a lost answer may be asked for again is refused.
            if answer.status() == 200 {
                successors.push(answer.json()["refresh_token"].as_str().unwrap().to_owned());
            } else {
                answer.assert_refused("too late", "invalid_grant");
            }
        }
        successors.dedup();
        assert_eq!(successors.len(), 1);
        assert_ne!(successors[0], first);
    }
}

#[test]
fn a_refresh_token_is_for_its_client_and_for_no_more_than_was_granted() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let code = alice.authorize(NATIVE, "alice")["code"].clone();
    let native = server.form("/token", None, &format!("{REDEEM}&code={code}")).json();
    let code = alice.authorize(PORTAL, "alice")["code"].clone();
    let redeem = changed(REDEEM, &["-client_id", "redirect_uri=http%3A%2F%2Flocalhost%3A21403%2Fsignin-oidc"]);
    let portal = server.form("/token", Some(PORTAL_PAIR), &format!("{redeem}&code={code}")).json();
    let text = |tokens: &serde_json::Value, name: &str| tokens[name].as_str().unwrap().to_owned();
    let (own, access, id_token) =
        (text(&native, "refresh_token"), text(&native, "access_token"), text(&native, "id_token"));
    let other = text(&portal, "refresh_token");
    let unknown = "the refresh token is unknown, of another client, expired, or was revoked";
    let scope = "a scope was not granted or is no longer allowed";
    for (what, pair, client, token, more, error, description) in [
        ("no token", None, "native", "", "", "invalid_request", "refresh_token is missing"),
        ("a token of nobody", None, "native", "x", "", "invalid_grant", unknown),
        ("an access token", None, "native", &access, "", "invalid_grant", unknown),
        ("an ID token", None, "native", &id_token, "", "invalid_grant", unknown),
        ("a used code", None, "native", &code, "", "invalid_grant", unknown),
        ("a stolen one, without a secret", None, "native", &other, "", "invalid_grant", unknown),
        ("a stolen one, by another client", Some(MVC_PAIR), "mvc", &own, "", "invalid_grant", unknown),
        ("its client without the secret", None, "portal", &other, "", "invalid_client", "client authentication failed"),
        (
            "with a wrong secret",
            Some("portal:wrong"),
            "portal",
            &other,
            "",
            "invalid_client",
            "client authentication failed",
        ),
        ("a scope more", None, "native", &own, "&scope=openid+email", "invalid_scope", scope),
        (
            "a scope of the client that was not granted",
            Some(PORTAL_PAIR),
            "portal",
            &other,
            "&scope=profile",
            "invalid_scope",
            scope,
        ),
        ("a scope in another case", None, "native", &own, "&scope=OPENID", "invalid_scope", scope),
        ("a malformed scope", None, "native", &own, "&scope=openid++api1", "invalid_scope", "scope is malformed"),
        ("two scopes", None, "native", &own, "&scope=openid&scope=api1", "invalid_request", "a parameter is repeated"),
        ("two tokens", None, "native", &own, "&refresh_token=x", "invalid_request", "a parameter is repeated"),
        (
            "an unknown resource",
            None,
            "native",
            &own,
            "&resource=https%3A%2F%2Fother.example",
            "invalid_target",
            "a resource is unknown or not one of the scopes",
        ),
        ("a machine", Some(SERVICE_PAIR), "service.client", &own, "", "invalid_grant", unknown),
    ] {
        let body = format!("grant_type=refresh_token&client_id={client}&refresh_token={token}{more}");
        let answer = server.form("/token", pair, &body);
        answer.assert_refused(what, error);
        assert_eq!(answer.json()["error_description"], description, "{what}");
    }
    // None of it has used them up. Less than was granted may be asked for, and all of it again.
    let mut next = own;
    for (what, scope, expected) in [
        ("less", "&scope=api1", "api1"),
        ("all again", "", "openid profile api1 offline_access"),
        ("without itself", "&scope=openid+profile", "openid profile"),
    ] {
        let body = format!("grant_type=refresh_token&client_id=native&refresh_token={next}{scope}");
        let tokens = server.form("/token", None, &body).json();
        assert_eq!(tokens["scope"], expected, "{what}");
        next = text(&tokens, "refresh_token");
    }
    let reused = format!("grant_type=refresh_token&refresh_token={other}");
    for _ in 0..3 {
        assert_eq!(text(&server.form("/token", Some(PORTAL_PAIR), &reused).json(), "refresh_token"), other);
    }
}

#[test]
fn a_stolen_refresh_token_ends_its_family() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let code = alice.authorize(NATIVE, "alice")["code"].clone();
    let first = server.form("/token", None, &format!("{REDEEM}&code={code}")).json();
    let refresh = |tokens: &serde_json::Value| {
        let token = tokens["refresh_token"].as_str().unwrap();
        server.form("/token", None, &format!("grant_type=refresh_token&client_id=native&refresh_token={token}"))
    };
    let second = refresh(&first).json();
    let third = refresh(&second).json();
    // Its successor was used, so the first one's answer was not lost.
    let stolen = refresh(&first);
    stolen.assert_refused("the first again", "invalid_grant");
    assert_eq!(stolen.json()["error_description"], "the refresh token was used before");
    refresh(&third).assert_refused("the last", "invalid_grant");
    for tokens in [&first, &second, &third] {
        assert_eq!(user_info(&server, tokens["access_token"].as_str().unwrap()), 401);
    }
    // Another grant of the same user to the same client has no part in it.
    let code = alice.authorize(NATIVE, "alice")["code"].clone();
    let other = server.form("/token", None, &format!("{REDEEM}&code={code}")).json();
    refresh(&first).assert_refused("the first once more", "invalid_grant");
    assert_eq!(refresh(&other).status(), 200);
}

#[test]
fn only_forms_are_taken_and_only_posted_ones() {
    let server = Server::start();
    let good = ("authorization", &*basic(SERVICE_PAIR));
    let body = "grant_type=client_credentials";
    let parts = "--x\r\ncontent-disposition: form-data; name=grant_type\r\n\r\nclient_credentials\r\n--x--";
    for (what, kind, body, error) in [
        ("no type", "", body, "invalid_request"),
        ("plain text", "text/plain", body, "invalid_request"),
        ("a form of parts", "multipart/form-data; boundary=x", parts, "invalid_request"),
        ("XML", "application/xml", "<grant_type>client_credentials</grant_type>", "invalid_request"),
        ("a type that begins so", "application/x-www-form-urlencoded-not", body, "invalid_request"),
        ("two types", "application/x-www-form-urlencoded, text/plain", body, "invalid_request"),
        ("names in an array", FORM, "grant_type[]=client_credentials", "invalid_request"),
        ("separated by semicolons", FORM, "grant_type=client_credentials;scope=api1", "unsupported_grant_type"),
        ("a byte order mark", FORM, "\u{feff}grant_type=client_credentials", "invalid_request"),
    ] {
        server.post("/token", kind, &[good], body).assert_refused(what, error);
    }
    for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"] {
        let answer = server.ask(method, "/token", &[good], None);
        assert_eq!((answer.status(), answer.header("allow")), (405, "POST"), "{method}");
    }
}
