//! What a server asks on every request allocates nothing.

use std::hint::black_box;

use allocation_counter::measure;
use guestlist::{Clients, clients, verify_secret};

static CLIENTS: Clients = clients![
    Server { issuer: "https://id.example.com", identity_scopes: ["openid"], api_scopes: ["api1"] },
    Client {
        client_id: "service.client",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "web",
        client_name: "Web",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://web.example.com/callback",
            "https://web.example.com/silent",
            "http://127.0.0.1/callback"
        ],
        post_logout_redirect_uris: ["https://web.example.com/silent"],
        allowed_cors_origins: ["https://web.example.com"],
        allowed_scopes: ["openid", "api1"],
    },
];

#[track_caller]
fn allocates_nothing<T>(question: impl Fn() -> T) {
    // Once before: what a hash asks the processor is remembered from the first call on.
    black_box(question());
    let made = measure(|| _ = black_box(question())).count_total;
    assert_eq!(made, 0);
}

#[test]
fn allocations_are_counted() {
    assert_eq!(measure(|| _ = black_box(String::from(black_box("x")))).count_total, 1);
}

#[test]
fn get_allocates_nothing() {
    let long = "x".repeat(100);
    for id in ["service.client", "web", "unknown.client", "", long.as_str()] {
        allocates_nothing(|| CLIENTS.get(black_box(id)));
    }
}

#[test]
fn verify_secret_allocates_nothing() {
    let long = "x".repeat(5_000);
    for secret in ["9cd0a6b9b1f24b6c8a7e5d3c2b1a0f9e", "", long.as_str()] {
        for client in [CLIENTS.get("service.client"), CLIENTS.get("web"), None] {
            allocates_nothing(|| verify_secret(black_box(client), black_box(secret), 0));
        }
    }
}

#[test]
fn what_a_client_may_do_allocates_nothing() {
    let web = CLIENTS.require("web");
    for uri in ["https://web.example.com/silent", "https://web.example.com/other", "http://127.0.0.1:51004/callback"] {
        allocates_nothing(|| web.allows_redirect_uri(black_box(uri)));
        allocates_nothing(|| web.allows_post_logout_redirect_uri(black_box(uri)));
    }
    for scope in ["api1", "other", "offline_access"] {
        allocates_nothing(|| web.allows_scope(black_box(scope)));
    }
    for origin in ["https://web.example.com", "https://other.example.com"] {
        allocates_nothing(|| web.allows_origin(black_box(origin)));
        allocates_nothing(|| CLIENTS.allows_origin(black_box(origin)));
    }
}
