//! May this client ask about a token, or revoke it?

use guestlist_runtime::Client;
use guestlist_runtime::decide::{ErrorCode, IssuedToken, introspection, revocation};

use crate::support::*;

#[test]
fn a_public_caller_never_asks_about_tokens() {
    // RFC 7662 §2.1: "to prevent token scanning attacks".
    let own = IssuedToken::new("spa", &[]);
    let refusal = introspection(&public(&spa()), Some(own)).unwrap_err();
    assert_eq!((refusal.code, refusal.status()), (ErrorCode::InvalidClient, 401));
    assert_eq!(introspection(&public(&spa()), None).unwrap_err(), refusal, "nor hears whether there is one");
    // It is who asks that counts, not what the record says.
    assert_eq!(code(introspection(&public(&web()), None)), ErrorCode::InvalidClient);
}

#[test]
fn a_token_is_shown_to_its_client_and_to_the_apis_that_it_is_for() {
    // RFC 7662 §2.2, §4
    let api = |client_id: &str| confidential(&Client { client_id: client_id.into(), ..machine() });
    let audience = texts(&[ORDERS, STOCK]);
    for (name, caller, token, shown) in [
        ("its own", confidential(&web()), Some(IssuedToken::new("web", &[])), true),
        ("one for it", api(ORDERS), Some(IssuedToken::new("web", &audience)), true),
        ("one for it, too", api(STOCK), Some(IssuedToken::new("web", &audience)), true),
        ("one for others", api("https://other.example.com"), Some(IssuedToken::new("web", &audience)), false),
        ("one for nobody in particular", api(ORDERS), Some(IssuedToken::new("web", &[])), false),
        ("another client's", confidential(&machine()), Some(IssuedToken::new("web", &audience)), false),
        ("by other bytes", api("https://ORDERS.example.com"), Some(IssuedToken::new("web", &audience)), false),
        ("an unknown one", confidential(&web()), None, false),
    ] {
        assert_eq!(introspection(&caller, token), Ok(shown), "{name}");
    }
}

#[test]
fn a_client_revokes_its_own_tokens_alone() {
    // RFC 7009 §2.1, also a public one.
    assert_eq!(revocation(&confidential(&web()), "web"), Ok(true));
    assert_eq!(revocation(&public(&spa()), "spa"), Ok(true));
    for other in ["spa", "WEB", "web ", ""] {
        assert_eq!(code(revocation(&confidential(&web()), other)), ErrorCode::InvalidGrant, "{other}");
        // Whose name anybody may use does not hear that there is such a token.
        assert_eq!(revocation(&public(&web()), other), Ok(false), "{other}");
    }
}
