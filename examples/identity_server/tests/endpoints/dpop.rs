//! Tokens that are bound to a key (RFC 9449): the proof of it, the nonce in that, and tokens without it.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::keys::{Key, now, unique, with};
use crate::support::{
    Answer, Ask, Browser, CHALLENGE, FORM, SERVICE_PAIR, Server, VERIFIER, basic, encoded, parameters,
};

const URI: &str = "com.example.wallet:/callback";

struct Wallet<'s> {
    server: &'s Server,
    key: Key,
    nonce: String,
}

impl<'s> Wallet<'s> {
    /// A wallet that has been told a nonce (RFC 9449 §8).
    fn new(server: &'s Server) -> Self {
        let mut wallet = Self { server, key: Key::new(), nonce: String::new() };
        let claims = with(&wallet.claims("/token"), &[("nonce", Value::Null)]);
        let answer = wallet.sends("/token", &wallet.proof(&claims), "grant_type=refresh_token&refresh_token=x");
        answer.assert_refused("no nonce", "use_dpop_nonce");
        wallet.nonce = answer.header("dpop-nonce").to_owned();
        assert_eq!(wallet.nonce.len(), 43);
        wallet
    }

    fn claims(&self, path: &str) -> Value {
        let uri = format!("{}{path}", self.server.issuer);
        json!({ "htm": "POST", "htu": uri, "iat": now(), "jti": unique(), "nonce": self.nonce })
    }

    fn header(&self) -> Value {
        json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": self.key.jwk })
    }

    fn proof(&self, claims: &Value) -> String {
        self.key.sign(&self.header(), claims)
    }

    /// A form with a proof.
    fn sends(&self, path: &str, proof: &str, form: &str) -> Answer {
        self.server.post(path, FORM, &[("dpop", proof)], &format!("client_id=wallet&{form}"))
    }

    /// A form with a good one.
    fn asks(&self, path: &str, form: &str) -> Answer {
        self.sends(path, &self.proof(&self.claims(path)), form)
    }

    /// The code that alice lets the wallet have.
    fn code(&self) -> String {
        let pushed = self.asks("/par", &format!(
            "response_type=code&scope=openid+profile+offline_access&state=s&redirect_uri={}&code_challenge={CHALLENGE}&code_challenge_method=S256",
            encoded(URI)
        ));
        assert_eq!(pushed.status(), 201, "{}", pushed.text());
        let uri = pushed.json()["request_uri"].as_str().unwrap().to_owned();
        let alice = Browser::new(self.server);
        let page = alice.follow(alice.get(&format!("/authorize?client_id=wallet&request_uri={uri}")));
        assert!(page.header("content-security-policy").contains("; form-action 'self' com.example.wallet:; "));
        let page = alice.follow(alice.send(&page.filled().with("username", "alice").with("password", "alice")));
        let answer = alice.follow(alice.send(&page.filled().with("answer", "allow")));
        assert!(answer.location().starts_with(&format!("{URI}?code=")), "{}", answer.location());
        parameters(answer.location())["code"].clone()
    }

    fn redeem(code: &str) -> String {
        format!("grant_type=authorization_code&code={code}&code_verifier={VERIFIER}&redirect_uri={}", encoded(URI))
    }
}

#[test]
fn a_proof_is_of_this_request_by_the_key_in_it() {
    let server = Server::start();
    let wallet = Wallet::new(&server);
    let good = wallet.claims("/token");
    let other = Key::new();
    let header = wallet.header();
    let mut private = wallet.key.jwk.clone();
    private["d"] = json!("870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE");
    let secret = json!({ "kty": "oct", "k": "c2VjcmV0" });
    let okp = json!({ "kty": "OKP", "crv": "P-256", "x": wallet.key.jwk["x"] });
    let mut curve = wallet.key.jwk.clone();
    curve["crv"] = json!("Ed25519");
    let of = |changes: &[(&str, Value)]| wallet.proof(&with(&good, changes));
    let by = |changes: &[(&str, Value)]| wallet.key.sign(&with(&header, changes), &good);
    let malformed = "the DPoP proof is malformed, or not signed by the key that it names";
    let lacks = "the DPoP proof lacks a claim";
    let elsewhere = "the DPoP proof is of another request";
    let stale = "the DPoP proof is too old or from the future";
    let body = "grant_type=refresh_token&refresh_token=x";
    for (what, proof, description) in [
        ("no JWT", "x".to_owned(), malformed),
        ("an empty one", " ".to_owned(), malformed),
        ("no type", by(&[("typ", Value::Null)]), malformed),
        ("another type", by(&[("typ", json!("JWT"))]), malformed),
        ("a type in another case", by(&[("typ", json!("DPOP+JWT"))]), malformed),
        ("no key", by(&[("jwk", Value::Null)]), malformed),
        ("a key that is none", by(&[("jwk", json!({}))]), malformed),
        ("a private key", by(&[("jwk", private)]), malformed),
        ("a secret", by(&[("jwk", secret.clone()), ("alg", json!("HS256"))]), malformed),
        ("a secret for a key", by(&[("jwk", secret)]), malformed),
        ("a key on no curve", by(&[("jwk", okp)]), malformed),
        ("a key on another curve", by(&[("jwk", curve)]), malformed),
        ("another key than the signer's", by(&[("jwk", other.jwk.clone())]), malformed),
        ("the algorithm none", by(&[("alg", json!("none"))]), malformed),
        ("another algorithm", by(&[("alg", json!("ES384"))]), malformed),
        ("what must be understood", by(&[("crit", json!(["x"]))]), malformed),
        ("not signed", wallet.proof(&good).rsplit_once('.').unwrap().0.to_owned() + ".", malformed),
        ("no method", of(&[("htm", Value::Null)]), lacks),
        ("no address", of(&[("htu", Value::Null)]), lacks),
        ("no time", of(&[("iat", Value::Null)]), lacks),
        ("a time that is none", of(&[("iat", json!("now"))]), lacks),
        ("no name", of(&[("jti", Value::Null)]), lacks),
        ("an empty name", of(&[("jti", json!(""))]), lacks),
        ("another method", of(&[("htm", json!("GET"))]), elsewhere),
        ("a method in another case", of(&[("htm", json!("post"))]), elsewhere),
        ("another address", of(&[("htu", json!(format!("{}/par", server.issuer)))]), elsewhere),
        ("another server", of(&[("htu", json!("https://other.example/token"))]), elsewhere),
        ("a path alone", of(&[("htu", json!("/token"))]), elsewhere),
        ("an hour ago", of(&[("iat", json!(now() - 3_600))]), stale),
        ("in an hour", of(&[("iat", json!(now() + 3_600))]), stale),
        ("at the beginning of time", of(&[("iat", json!(0))]), stale),
        ("at its end", of(&[("iat", json!(u64::MAX))]), stale),
    ] {
        let answer = wallet.sends("/token", &proof, body);
        answer.assert_refused(what, "invalid_dpop_proof");
        assert_eq!(answer.json()["error_description"], description, "{what}");
        assert_eq!(answer.header("dpop-nonce"), "", "{what}");
    }
    for (what, nonce) in [("no nonce", Value::Null), ("an empty one", json!("")), ("a nonce of nobody", json!("x"))] {
        let answer = wallet.sends("/token", &of(&[("nonce", nonce)]), body);
        answer.assert_refused(what, "use_dpop_nonce");
        assert_eq!(answer.header("dpop-nonce").len(), 43, "{what}");
    }
    let none = server.form("/token", None, &format!("client_id=wallet&{body}"));
    none.assert_refused("no proof", "invalid_dpop_proof");
    assert_eq!(none.json()["error_description"], "the client must send a DPoP proof");
    let (first, second) = (wallet.proof(&good), wallet.proof(&wallet.claims("/token")));
    let two = server.post("/token", FORM, &[("dpop", &first), ("dpop", &second)], &format!("client_id=wallet&{body}"));
    two.assert_refused("two proofs", "invalid_dpop_proof");
    // A good one reaches what the token is about, once; its address may have a query (RFC 9449 §4.3 item 9).
    wallet.sends("/token", &first, body).assert_refused("good", "invalid_grant");
    let again = wallet.sends("/token", &first, body);
    again.assert_refused("again", "invalid_dpop_proof");
    assert_eq!(again.json()["error_description"], "the DPoP proof was used before");
    let query = of(&[("htu", json!(format!("{}/token?x#y", server.issuer))), ("jti", json!(unique()))]);
    wallet.sends("/token", &query, body).assert_refused("a query", "invalid_grant");
}

#[test]
fn codes_and_tokens_are_worth_nothing_without_the_key() {
    let server = Server::start();
    let wallet = Wallet::new(&server);
    let thief = Wallet::new(&server);
    // Not even the code: the pushed request was proven by the key.
    let code = wallet.code();
    let answer = thief.asks("/token", &Wallet::redeem(&code));
    answer.assert_refused("a stolen code", "invalid_grant");
    assert_eq!(answer.json()["error_description"], "the code is bound to another key");
    let form = format!("client_id=wallet&{}", Wallet::redeem(&code));
    server.form("/token", None, &form).assert_refused("without a proof", "invalid_dpop_proof");
    let tokens = wallet.asks("/token", &Wallet::redeem(&code));
    assert_eq!((tokens.status(), &tokens.json()["token_type"]), (200, &json!("DPoP")));
    let text = |name: &str| tokens.json()[name].as_str().unwrap().to_owned();
    let (access, refresh) = (text("access_token"), text("refresh_token"));
    // The refresh token of a public client.
    let form = format!("grant_type=refresh_token&refresh_token={refresh}");
    let answer = thief.asks("/token", &form);
    answer.assert_refused("a stolen refresh token", "invalid_grant");
    assert_eq!(answer.json()["error_description"], "the refresh token is bound to another key");
    assert_eq!(wallet.asks("/token", &form).json()["token_type"], "DPoP");
    // An API learns the key.
    let known = server.form("/introspect", Some(SERVICE_PAIR), &format!("token={access}")).json();
    assert_eq!((&known["active"], &known["token_type"]), (&json!(true), &json!("DPoP")));
    assert_eq!(known["cnf"]["jkt"].as_str().map(str::len), Some(43));

    // At userinfo.
    let ath = URL_SAFE_NO_PAD.encode(digest(&SHA256, access.as_bytes()));
    let claims = |wallet: &Wallet<'_>, changes: &[(&str, Value)]| {
        let claims = with(&wallet.claims("/userinfo"), &[("htm", json!("GET")), ("ath", json!(ath))]);
        wallet.proof(&with(&claims, changes))
    };
    let dpop = format!("DPoP {access}");
    let ask = |authorization: &str, proof: Option<&str>| {
        let mut headers = vec![("authorization", authorization)];
        headers.extend(proof.map(|proof| ("dpop", proof)));
        server.ask("GET", "/userinfo", &headers, None)
    };
    let unbound = server.form("/token", Some(SERVICE_PAIR), "grant_type=client_credentials").json();
    let unbound = format!("DPoP {}", unbound["access_token"].as_str().unwrap());
    let good = claims(&wallet, &[]);
    let (invalid, proof) = ("invalid_token", "invalid_dpop_proof");
    for (what, authorization, sent, error) in [
        ("as a bearer token", &*format!("Bearer {access}"), None, invalid),
        ("as one, with a proof", &*format!("Bearer {access}"), Some(&*good), invalid),
        ("without a proof", &dpop, None, invalid),
        ("with another's proof", &dpop, Some(&*claims(&thief, &[])), invalid),
        ("of no token", &dpop, Some(&*claims(&wallet, &[("ath", Value::Null)])), proof),
        ("of another token", &dpop, Some(&*claims(&wallet, &[("ath", json!("x"))])), proof),
        ("of another method", &dpop, Some(&*claims(&wallet, &[("htm", json!("POST"))])), proof),
        ("of another address", &dpop, Some(&*claims(&wallet, &[("htu", json!("https://api.example/"))])), proof),
        ("without a nonce", &dpop, Some(&*claims(&wallet, &[("nonce", Value::Null)])), "use_dpop_nonce"),
        ("a token that is not bound", &unbound, Some(&*good), proof),
    ] {
        let answer = ask(authorization, sent);
        assert_eq!(answer.status(), 401, "{what}");
        let scheme = if authorization.starts_with("DPoP") { "DPoP" } else { "Bearer" };
        let challenge = answer.header("www-authenticate");
        assert!(challenge.starts_with(&format!("{scheme} error=\"{error}\"")), "{what}: {challenge}");
        assert_eq!(challenge.ends_with(", algs=\"ES256 PS256 RS256\""), scheme == "DPoP", "{what}: {challenge}");
        assert_eq!(answer.header("dpop-nonce").is_empty(), error != "use_dpop_nonce", "{what}");
    }
    let answer = ask(&dpop, Some(&good));
    assert_eq!((answer.status(), &answer.json()["sub"]), (200, &json!("818727")));
    assert_eq!(ask(&dpop, Some(&good)).status(), 401, "a proof counts once");
}

#[test]
fn a_client_that_need_not_prove_a_key_may() {
    let server = Server::start();
    let (key, other) = (Key::new(), Key::new());
    let proof = |key: &Key| {
        let claims = json!({ "htm": "POST", "htu": format!("{}/token", server.issuer), "iat": now(), "jti": unique() });
        key.sign(&json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": key.jwk }), &claims)
    };
    let pair = basic(SERVICE_PAIR);
    let ask = |proof: &str| {
        server.post("/token", FORM, &[("authorization", &pair), ("dpop", proof)], "grant_type=client_credentials")
    };
    let answer = ask(&proof(&key)).json();
    assert_eq!(answer["token_type"], "DPoP");
    ask("x").assert_refused("and then it is a good one", "invalid_dpop_proof");
    let bound = |key: &Key| {
        let token = ask(&proof(key)).json()["access_token"].as_str().unwrap().to_owned();
        server.verify(&token).unwrap().claims["cnf"].clone()
    };
    let cnf: BTreeMap<String, Value> = serde_json::from_value(bound(&key)).unwrap();
    assert_eq!(cnf.keys().collect::<Vec<_>>(), ["jkt"]);
    assert_eq!(bound(&key), json!(cnf));
    assert_ne!(bound(&other), json!(cnf));
    // Who has no proof has a bearer token, and a wallet asks as it must.
    assert_eq!(
        server.form("/token", Some(SERVICE_PAIR), "grant_type=client_credentials").json()["token_type"],
        "Bearer"
    );
    let alice = Browser::signed_in(&server, "alice");
    let query = format!("client_id=wallet&response_type=code&scope=openid&redirect_uri={}", encoded(URI));
    let answer = alice.get(&format!("/authorize?{query}"));
    let expected = format!(
        "{URI}?error=invalid_request&error_description={}&iss={}",
        encoded("the client must push its authorization requests"),
        encoded(&server.issuer)
    );
    assert_eq!(answer.location(), expected);
}
