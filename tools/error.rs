use guestlist::{Clients, clients};

pub static CLIENTS: Clients = clients![
    Client {
        client_id: "shop",
        client_secrets: ["secret"],
        allowed_grant_types: [AuthorisationCode],
        redirect_uris: ["http://shop.example.com/callback#login"],
        allowed_cors_origins: ["https://shop.example.com/"],
        alowed_scopes: ["openid", "profile"],
    },
];
