//! Is the key behind a request the right one?

use guestlist_runtime::decide::{Binding, ClientCertificate, DpopProof, ErrorCode, ProvenRequest};
use guestlist_runtime::{Client, DpopValidationMode, List};

use crate::support::*;

const TOKEN_ENDPOINT: &str = "https://id.example.com/token";

/// A proof of [`REQUEST`].
const PROOF: DpopProof<'static> = DpopProof {
    jkt: JKT,
    method: "POST",
    uri: TOKEN_ENDPOINT,
    issued_at: NOW,
    jwt_id: "-BwC3ESc6acc2lTc",
    nonce: None,
    access_token_hash: None,
};

const REQUEST: ProvenRequest<'static> =
    ProvenRequest { method: "POST", uri: TOKEN_ENDPOINT, access_token: None, nonce: None };

fn by(modes: impl Into<List<DpopValidationMode>>) -> Client {
    Client { dpop_validation_mode: modes.into(), ..web() }
}

fn checked(client: &Client, proof: DpopProof<'_>, request: ProvenRequest<'_>, now: u64) -> Result<(), ErrorCode> {
    proof.check(client, &request, now).map_err(|refusal| refusal.code)
}

const INVALID: Result<(), ErrorCode> = Err(ErrorCode::InvalidDpopProof);

#[test]
fn a_proof_is_of_this_very_request() {
    // RFC 9449 §4.3 items 8 and 9
    assert_eq!(checked(&web(), PROOF, REQUEST, NOW), Ok(()));
    for (name, proof) in [
        ("another method", DpopProof { method: "GET", ..PROOF }),
        ("in another case", DpopProof { method: "post", ..PROOF }),
        ("another path", DpopProof { uri: "https://id.example.com/revoke", ..PROOF }),
        ("another host", DpopProof { uri: "https://other.example/token", ..PROOF }),
        ("another scheme", DpopProof { uri: "http://id.example.com/token", ..PROOF }),
        ("a prefix", DpopProof { uri: "https://id.example.com/tok", ..PROOF }),
        ("nothing", DpopProof { uri: "", ..PROOF }),
        ("no jti", DpopProof { jwt_id: "", ..PROOF }),
    ] {
        assert_eq!(checked(&web(), proof, REQUEST, NOW), INVALID, "{name}");
    }
    // "ignoring any query and fragment parts"
    let request = ProvenRequest { uri: "https://id.example.com/token?tenant=7", ..REQUEST };
    assert_eq!(checked(&web(), PROOF, request, NOW), Ok(()));
    let proof = DpopProof { uri: "https://id.example.com/token?tenant=8#x", ..PROOF };
    assert_eq!(checked(&web(), proof, request, NOW), Ok(()));
}

#[test]
fn a_proof_is_made_within_the_skew_of_the_client() {
    let client = Client { dpop_clock_skew: 60, ..web() };
    for (issued_at, now, expected) in [
        (NOW, NOW, Ok(())),
        (NOW - 60, NOW, Ok(())),
        (NOW + 60, NOW, Ok(())),
        (NOW - 61, NOW, INVALID),
        (NOW + 61, NOW, INVALID),
        (0, u64::MAX, INVALID),
        (u64::MAX, 0, INVALID),
        (u64::MAX, u64::MAX, Ok(())),
    ] {
        assert_eq!(checked(&client, DpopProof { issued_at, ..PROOF }, REQUEST, now), expected, "{issued_at} {now}");
    }
    // By the nonce alone, the client's clock does not count (RFC 9449 §8).
    let client = by([DpopValidationMode::Nonce]);
    let proof = DpopProof { issued_at: 0, nonce: Some("n"), ..PROOF };
    assert_eq!(checked(&client, proof, ProvenRequest { nonce: Some("n"), ..REQUEST }, NOW), Ok(()));
}

#[test]
fn a_proof_without_the_nonce_of_the_server_is_told_so() {
    let client = by([DpopValidationMode::Iat, DpopValidationMode::Nonce]);
    let told = Err(ErrorCode::UseDpopNonce);
    for (sent, given, expected) in [
        (Some("n"), Some("n"), Ok(())),
        (None, Some("n"), told),
        (Some("m"), Some("n"), told),
        (Some(""), Some("n"), told),
        // None was given yet, so none can be right.
        (None, None, told),
        (Some("n"), None, told),
    ] {
        let proof = DpopProof { nonce: sent, ..PROOF };
        assert_eq!(
            checked(&client, proof, ProvenRequest { nonce: given, ..REQUEST }, NOW),
            expected,
            "{sent:?} {given:?}"
        );
    }
    // Both count.
    let old = DpopProof { nonce: Some("n"), issued_at: NOW - 301, ..PROOF };
    assert_eq!(checked(&client, old, ProvenRequest { nonce: Some("n"), ..REQUEST }, NOW), INVALID);
}

#[test]
fn a_proof_at_an_api_is_of_the_access_token() {
    // RFC 9449 §7.1: the token and its `ath`.
    let token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
    let ath = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo";
    let request = ProvenRequest { access_token: Some(token), ..REQUEST };
    for (sent, expected) in [(Some(ath), Ok(())), (None, INVALID), (Some(JKT), INVALID), (Some(""), INVALID)] {
        assert_eq!(checked(&web(), DpopProof { access_token_hash: sent, ..PROOF }, request, NOW), expected, "{sent:?}");
    }
    let other = ProvenRequest { access_token: Some("other"), ..REQUEST };
    assert_eq!(checked(&web(), DpopProof { access_token_hash: Some(ath), ..PROOF }, other, NOW), INVALID);
}

#[test]
fn what_is_bound_counts_only_with_all_that_it_is_bound_to() {
    let certificate = ClientCertificate::self_signed(b"der");
    let other_certificate = ClientCertificate::self_signed(b"other");
    let other_proof = DpopProof { jkt: OTHER_JKT, ..PROOF };
    let none = Binding::default();
    let key = Binding::of(Some(&PROOF), None);
    let tls = Binding::of(None, Some(&certificate));
    let both = Binding::of(Some(&PROOF), Some(&certificate));
    for (bound, presented, admitted) in [
        (&none, &none, true),
        (&none, &both, true),
        (&key, &key, true),
        (&key, &both, true),
        (&key, &none, false),
        (&key, &tls, false),
        (&key, &Binding::of(Some(&other_proof), None), false),
        (&tls, &tls, true),
        (&tls, &both, true),
        (&tls, &none, false),
        (&tls, &key, false),
        (&tls, &Binding::of(None, Some(&other_certificate)), false),
        (&both, &both, true),
        (&both, &key, false),
        (&both, &tls, false),
        (&both, &Binding::of(Some(&other_proof), Some(&certificate)), false),
    ] {
        assert_eq!(bound.admits(presented), admitted, "{bound:?} {presented:?}");
    }
    assert!(none.is_none() && !key.is_none() && !tls.is_none());
}

#[test]
fn the_token_type_is_dpop_with_a_key_and_bearer_with_a_certificate() {
    // RFC 9449 §5, RFC 8705 §3
    let certificate = ClientCertificate::self_signed(b"der");
    assert_eq!(Binding::of(Some(&PROOF), Some(&certificate)).token_type(), "DPoP");
    assert_eq!(Binding::of(None, Some(&certificate)).token_type(), "Bearer");
    assert_eq!(Binding::default().token_type(), "Bearer");
}

#[test]
fn a_certificate_is_bound_by_its_sha256() {
    // RFC 8705 §3.1. `printf der | openssl dgst -sha256 -binary | basenc --base64url`, without padding.
    let certificate = ClientCertificate::self_signed(b"der");
    assert_eq!(
        Binding::of(None, Some(&certificate)).x5t_s256.as_deref(),
        Some("UFDYDSLs1HHqVd9wNAQsHgQTQf9AZuf2_zjiC3IN-Oo")
    );
}
