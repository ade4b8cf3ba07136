use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "code-and-hybrid",
        allowed_grant_types: [AuthorizationCode, Hybrid],
        redirect_uris: ["https://app.example.com/callback"],
        client_secrets: [sha256("b0fcb88633da12a0976849ccdb277da29e3bbfd876dcb36ac148d3723374d643")],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "implicit-and-code",
        allowed_grant_types: [Implicit, AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        client_secrets: [sha256("5e8738325c8922e65387815f60674c03c3501f8c9c8076934c8742bbc96e07c2")],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "all-three",
        allowed_grant_types: [AuthorizationCode, Implicit, Hybrid],
        redirect_uris: ["https://app.example.com/callback"],
        client_secrets: [sha256("63d33e62246ab106d8d46503b50875b6b831b99985ba5e8c9ffa51a21588d5b4")],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}
