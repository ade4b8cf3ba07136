use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "app",
        client_secrets: [sha256("2e685c692570cca20efb2b63c2075b517948f17487976aa00b58cdfd0bc0a486")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid profile"],
    },
    Client {
        client_id: "orders",
        client_secrets: [sha256("ec44a1fdb4aafa3e3d23ea8884178e2827456710b5570b0057adac250e9e3906")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["orders.read,\u{a0}orders.write", "", "prix\\é", "say\"hi\"", "bücher", " api1"],
    },
];

fn main() {}
