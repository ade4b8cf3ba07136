// The page that ends the application's session, and the address the server posts to.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "relative",
        client_secrets: [sha256("7948cd58b104819bac166f1c68fbaabb506c568c8f63c8e7e29083dfcded2812")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        front_channel_logout_uri: "/logout",
        back_channel_logout_uri: "app.example.com/logout",
    },
    Client {
        client_id: "parts",
        client_secrets: [sha256("3cdff7e1224b2003f827bfb0abb08d2264825a76f17ad8da918c1174ab159da2")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        front_channel_logout_uri: "https://app.example.com/#/logout",
        back_channel_logout_uri: "https://user:hunter2@app.example.com/logout",
    },
    Client {
        client_id: "schemes",
        client_secrets: [sha256("a21a22c8c299d83b54060a12e4d7deaed9f72a39f6ded043ff79451412a2e0a7")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        front_channel_logout_uri: "com.example.app:/logout",
        back_channel_logout_uri: "javascript:void(0)",
    },
    Client {
        client_id: "hosts",
        client_secrets: [sha256("adaab2c52a21d03d9737d31e3f0823a22b7706458eaca79b90964d97be21cd9e")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        front_channel_logout_uri: "https://*.example.com/logout",
        back_channel_logout_uri: "https://app.example.com:70000/logout",
    },
];

fn main() {}
