// Behind a condition that holds all is said; what rustc strips is parsed, not checked.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    #[cfg(all())]
    Client {
        client_id: "holds",
        client_secrets: [sha256("cbb7da197ff271513e7086d1dad5f4414fb885ec6237614e24759429891e0560")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "http://app.example.com/callback",
            "https://App.example.com/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
    #[cfg(any())]
    Client {
        client_id: "stripped",
        client_secrets: [sha256("3057bcd3551d2e83aff7c43b497e31b634c1498f977861b97cecde37680ef29e")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
    #[cfg(any())]
    Client {
        client_id: "off",
        client_secrets: [sha256("8c099bae8e919b2cb928c7a062a090674db4d9c83d9f801a123389818c7f8f35")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "always",
        client_secrets: [sha256("38ac0452011f263915f98ee114c8e84e86febba02925ecfd0aae12d5c7f2b924")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["/callback"],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}
