// Services that show every request to whoever asks.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("156f77830ec795f83d965cee0fa9441a745c79b6f3565116657d66b3d4c93666")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://oauth.pstmn.io/v1/callback",
            "https://1a2b3c.ngrok-free.app/callback",
            "https://jwt.ms",
        ],
        allowed_scopes: ["openid", "api1"],
        post_logout_redirect_uris: ["https://webhook.site/signed-out"],
        back_channel_logout_uri: "https://1a2b3c.ngrok.io/logout",
    },
];

fn main() {}
