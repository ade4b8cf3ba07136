//! Is the key behind a request the right one?

use guestlist_runtime::decide::{
    Binding, ClientCertificate, DpopProof, ErrorCode, ProvenKey, ProvenRequest, TokenType,
};
use guestlist_runtime::{Client, DpopValidationMode, List, Profile, Server};

use crate::support::*;

const TOKEN_ENDPOINT: &str = "https://id.example.com/token";

/// A proof of [`REQUEST`].
fn proof() -> DpopProof {
    DpopProof {
        jkt: JKT.into(),
        method: "POST".into(),
        uri: TOKEN_ENDPOINT.into(),
        issued_at: Some(NOW),
        jwt_id: "-BwC3ESc6acc2lTc".into(),
        ..DpopProof::default()
    }
}

const REQUEST: ProvenRequest<'static> = ProvenRequest::new("POST", TOKEN_ENDPOINT);

fn by(modes: impl Into<List<DpopValidationMode>>) -> Client {
    Client { dpop_validation_mode: modes.into(), ..web() }
}

fn checked(client: &Client, proof: DpopProof, request: ProvenRequest<'_>, now: u64) -> Result<(), ErrorCode> {
    let key = proof.check(client, &server(), &request, now).map_err(|refusal| refusal.code)?;
    assert_eq!((key.jkt(), key.jwt_id()), (JKT, "-BwC3ESc6acc2lTc"));
    Ok(())
}

/// A key that was proven.
fn key(jkt: &str) -> ProvenKey {
    DpopProof { jkt: jkt.into(), ..proof() }.check(&web(), &server(), &REQUEST, NOW).unwrap()
}

const INVALID: Result<(), ErrorCode> = Err(ErrorCode::InvalidDpopProof);

#[test]
fn a_proof_is_of_this_very_request() {
    // RFC 9449 §4.3 items 8 and 9
    assert_eq!(checked(&web(), proof(), REQUEST, NOW), Ok(()));
    for (name, proof) in [
        ("another method", DpopProof { method: "GET".into(), ..proof() }),
        ("in another case", DpopProof { method: "post".into(), ..proof() }),
        ("another path", DpopProof { uri: "https://id.example.com/revoke".into(), ..proof() }),
        ("another host", DpopProof { uri: "https://other.example/token".into(), ..proof() }),
        ("another scheme", DpopProof { uri: "http://id.example.com/token".into(), ..proof() }),
        ("a prefix", DpopProof { uri: "https://id.example.com/tok".into(), ..proof() }),
        ("nothing", DpopProof { uri: "".into(), ..proof() }),
        ("no jti", DpopProof { jwt_id: "".into(), ..proof() }),
    ] {
        assert_eq!(checked(&web(), proof, REQUEST, NOW), INVALID, "{name}");
    }
    // "ignoring any query and fragment parts"
    let request = ProvenRequest::new("POST", "https://id.example.com/token?tenant=7");
    assert_eq!(checked(&web(), proof(), request, NOW), Ok(()));
    let proof = DpopProof { uri: "https://id.example.com/token?tenant=8#x".into(), ..proof() };
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
        assert_eq!(
            checked(&client, DpopProof { issued_at: Some(issued_at), ..proof() }, REQUEST, now),
            expected,
            "{issued_at} {now}"
        );
    }
    // By the nonce alone, the client's clock does not count (RFC 9449 §8).
    let client = by([DpopValidationMode::Nonce]);
    let proof = DpopProof { issued_at: Some(0), nonce: Some("n".into()), ..proof() };
    assert_eq!(checked(&client, proof, REQUEST.with_nonce("n"), NOW), Ok(()));
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
        let proof = DpopProof { nonce: sent.map(String::from), ..proof() };
        let request = given.map_or(REQUEST, |nonce| REQUEST.with_nonce(nonce));
        assert_eq!(checked(&client, proof, request, NOW), expected, "{sent:?} {given:?}");
    }
    // Both count.
    let old = DpopProof { nonce: Some("n".into()), issued_at: Some(NOW - 301), ..proof() };
    assert_eq!(checked(&client, old, REQUEST.with_nonce("n"), NOW), INVALID);
}

#[test]
fn a_nonce_that_was_given_counts_whatever_the_record_says() {
    // RFC 9449 §4.3 item 10
    for modes in [&[DpopValidationMode::Iat][..], &[DpopValidationMode::Custom]] {
        let client = by(modes.to_vec());
        for (sent, expected) in
            [(Some("n"), Ok(())), (Some("m"), Err(ErrorCode::UseDpopNonce)), (None, Err(ErrorCode::UseDpopNonce))]
        {
            let proof = DpopProof { nonce: sent.map(String::from), ..proof() };
            assert_eq!(checked(&client, proof, REQUEST.with_nonce("n"), NOW), expected, "{modes:?} {sent:?}");
        }
    }
    // Where none is given, one that comes all the same says nothing.
    let proof = DpopProof { nonce: Some("n".into()), ..proof() };
    assert_eq!(checked(&web(), proof, REQUEST, NOW), Ok(()));
}

#[test]
fn a_proof_is_remembered_as_long_as_it_could_come_again() {
    let client = Client { dpop_clock_skew: 60, ..web() };
    for (issued_at, now) in [(NOW, NOW), (NOW + 60, NOW), (NOW - 60, NOW)] {
        let proof = DpopProof { issued_at: Some(issued_at), ..proof() };
        let until = proof.check(&client, &server(), &REQUEST, now).unwrap().remember_until().unwrap();
        assert!(proof.check(&client, &server(), &REQUEST, until - 1).is_ok(), "{issued_at}");
        assert!(proof.check(&client, &server(), &REQUEST, until).is_err(), "{issued_at}");
    }
    let last = DpopProof { issued_at: Some(u64::MAX), ..proof() };
    let until = last.check(&client, &server(), &REQUEST, u64::MAX).unwrap().remember_until();
    assert_eq!(until, Some(u64::MAX));
    // Its age does not count, so nobody can tell by it.
    let old = DpopProof { issued_at: Some(0), nonce: Some("n".into()), ..proof() };
    let key = old.check(&by([DpopValidationMode::Nonce]), &server(), &REQUEST.with_nonce("n"), NOW).unwrap();
    assert_eq!(key.remember_until(), None);
}

#[test]
fn fapi_lets_a_clock_be_a_minute_ahead() {
    // FAPI 2.0 §5.3.2.1 item 13: 10 seconds are taken, and no more than 60.
    let fapi = Server { profile: Profile::Fapi20, ..server() };
    for (skew, ahead, counts) in
        [(300, 60, true), (300, 61, false), (5, 10, true), (5, 11, false), (30, 30, true), (30, 31, false)]
    {
        let client = Client { dpop_clock_skew: skew, ..web() };
        let proof = DpopProof { issued_at: Some(NOW + ahead), ..proof() };
        assert_eq!(proof.check(&client, &fapi, &REQUEST, NOW).is_ok(), counts, "{skew} {ahead}");
        // The past is by the record.
        let proof = DpopProof { issued_at: Some(NOW - u64::from(skew)), ..proof };
        assert!(proof.check(&client, &fapi, &REQUEST, NOW).is_ok(), "{skew}");
    }
}

#[test]
fn a_proof_with_a_claim_left_out_does_not_count() {
    assert_eq!(DpopProof::default().check(&web(), &server(), &REQUEST, NOW).map(|_| ()).map_err(|no| no.code), INVALID);
    let keyless = DpopProof { jkt: String::new(), ..proof() };
    assert_eq!(checked(&web(), keyless, REQUEST, NOW), INVALID);
    // Also where its age is not judged.
    let timeless = DpopProof { issued_at: None, nonce: Some("n".into()), ..proof() };
    assert_eq!(checked(&by([DpopValidationMode::Nonce]), timeless, REQUEST.with_nonce("n"), NOW), INVALID);
}

#[test]
fn a_scheme_has_no_case() {
    for (scheme, expected) in [
        ("DPoP", Some(TokenType::Dpop)),
        ("dpop", Some(TokenType::Dpop)),
        ("BEARER", Some(TokenType::Bearer)),
        ("Basic", None),
        ("", None),
    ] {
        assert_eq!(TokenType::of_scheme(scheme), expected, "{scheme}");
    }
}

#[test]
fn a_proof_at_an_api_is_of_the_access_token() {
    // RFC 9449 §7.1: the token and its `ath`.
    let token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
    let ath = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo";
    let request = REQUEST.with_access_token(token);
    for (sent, expected) in [(Some(ath), Ok(())), (None, INVALID), (Some(JKT), INVALID), (Some(""), INVALID)] {
        assert_eq!(
            checked(&web(), DpopProof { access_token_hash: sent.map(String::from), ..proof() }, request, NOW),
            expected,
            "{sent:?}"
        );
    }
    let other = REQUEST.with_access_token("other");
    assert_eq!(checked(&web(), DpopProof { access_token_hash: Some(ath.into()), ..proof() }, other, NOW), INVALID);
}

#[test]
fn what_is_bound_counts_only_with_all_that_it_is_bound_to() {
    let certificate = ClientCertificate::self_signed(b"der");
    let other_certificate = ClientCertificate::self_signed(b"other");
    let none = Binding::default();
    let by_key = Binding::of(Some(&key(JKT)), None);
    let tls = Binding::of(None, Some(&certificate));
    let both = Binding::of(Some(&key(JKT)), Some(&certificate));
    for (bound, presented, admitted) in [
        (&none, &none, true),
        (&none, &both, true),
        (&by_key, &by_key, true),
        (&by_key, &both, true),
        (&by_key, &none, false),
        (&by_key, &tls, false),
        (&by_key, &Binding::of(Some(&key(OTHER_JKT)), None), false),
        (&tls, &tls, true),
        (&tls, &both, true),
        (&tls, &none, false),
        (&tls, &by_key, false),
        (&tls, &Binding::of(None, Some(&other_certificate)), false),
        (&both, &both, true),
        (&both, &by_key, false),
        (&both, &tls, false),
        (&both, &Binding::of(Some(&key(OTHER_JKT)), Some(&certificate)), false),
    ] {
        assert_eq!(bound.admits(presented, bound.token_type()), admitted, "{bound:?} {presented:?}");
        // Never under the other scheme.
        let other = if bound.token_type() == TokenType::Dpop { TokenType::Bearer } else { TokenType::Dpop };
        assert!(!bound.admits(presented, other), "{bound:?} {presented:?}");
    }
    assert!(!none.is_bound() && by_key.is_bound() && tls.is_bound());
}

#[test]
fn the_token_type_is_dpop_with_a_key_and_bearer_with_a_certificate() {
    // RFC 9449 §5, RFC 8705 §3
    let certificate = ClientCertificate::self_signed(b"der");
    assert_eq!(Binding::of(Some(&key(JKT)), Some(&certificate)).token_type(), TokenType::Dpop);
    assert_eq!(Binding::of(None, Some(&certificate)).token_type(), TokenType::Bearer);
    assert_eq!(Binding::default().token_type(), TokenType::Bearer);
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
