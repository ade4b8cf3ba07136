use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    /// A doc comment.
    #[alow(secret_weak)]
    #[allow(secret_week)]
    #[allow]
    #[allow("secret_weak")]
    #[inline]
    #![allow(secret_weak)]
    #[warn(secret_weak, secret_weak, reason = "twice")]
    Client {
        client_id: "a",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        #[cfg(debug_assertions)]
        require_pkce: true,
    },
    #[cfg(all())]
];

fn main() {}
