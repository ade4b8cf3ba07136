// A page on another origin cannot reach the application's session.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("e25f646ab53ea5d95bc7667fc3b553c93787c62892b6f1e7d69a4b71ce341559")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        front_channel_logout_uri: "https://www.example.com/logout",
    },
    Client {
        client_id: "app",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.shop:/callback"],
        allowed_scopes: ["openid", "api1"],
        front_channel_logout_uri: "https://shop.example.com/logout",
    },
    Client {
        client_id: "port",
        client_secrets: [sha256("16fa7b6fcf2d67863cfc022b26046ac296c36104c0989753ddde9554b696d2c1")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com:8443/callback"],
        allowed_scopes: ["openid", "api1"],
        front_channel_logout_uri: "https://app.example.com/logout",
    },
];

fn main() {}
