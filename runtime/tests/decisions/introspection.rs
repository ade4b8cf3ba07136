//! May this client ask about a token, or revoke it?

use guestlist_runtime::Client;
use guestlist_runtime::decide::{ErrorCode, introspection, revocation};

use crate::support::*;

#[test]
fn a_public_caller_never_asks_about_tokens() {
    // RFC 7662 §2.1: "to prevent token scanning attacks".
    assert_eq!(introspection(&confidential(&web())), Ok(()));
    let refusal = introspection(&public(&spa())).unwrap_err();
    assert_eq!((refusal.code, refusal.status()), (ErrorCode::InvalidClient, 401));
    // It is who asks that counts, not what the record says.
    assert_eq!(code(introspection(&public(&web()))), ErrorCode::InvalidClient);
}

#[test]
fn a_client_revokes_its_own_tokens_alone() {
    // RFC 7009 §2.1, also a public one.
    assert_eq!(revocation(&confidential(&web()), "web"), Ok(()));
    assert_eq!(revocation(&public(&spa()), "spa"), Ok(()));
    for other in ["spa", "WEB", "web ", ""] {
        assert_eq!(code(revocation(&confidential(&web()), other)), ErrorCode::InvalidGrant, "{other}");
    }
    let other = Client { client_id: "other".into(), ..spa() };
    assert_eq!(code(revocation(&public(&other), "spa")), ErrorCode::InvalidGrant);
}
