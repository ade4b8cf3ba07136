#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [grant_device_phishing] },
    Client {
        client_id: "app",
        client_secrets: [sha256("785a94dc0fd38039275be21e99992ea34430f09daeed366037a869918a4ab809")],
        allowed_grant_types: [AuthorizationCode, DeviceCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}
