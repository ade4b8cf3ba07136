// Under OAuth 2.1 it is an error.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "web",
        client_secrets: [sha256("15e212414b5a0cead478cc6b1cb1b0d2455cfa99b3e8f3cd42da70c725ec109c")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        front_channel_logout_uri: "http://app.example.com/logout",
        back_channel_logout_uri: "http://10.0.0.7/logout",
    },
];

fn main() {}
