// The three clients of the documentation, under the profile `Fapi20`.
#![deny(deprecated)]

use guestlist::{Client, Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20 },
    Client {
        client_id: "service.client",
        client_secrets: ["secret"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1", "api2.read_only"],
    },
    Client {
        client_id: "js",
        client_name: "JavaScript Client",
        client_uri: "http://identityserver.io",
        allowed_grant_types: [Implicit],
        allow_access_tokens_via_browser: true,
        redirect_uris: ["http://localhost:7017/index.html"],
        post_logout_redirect_uris: ["http://localhost:7017/index.html"],
        allowed_cors_origins: ["http://localhost:7017"],
        allowed_scopes: ["openid", "profile", "email", "api1", "api2.read_only"],
    },
    Client {
        client_id: "mvc",
        client_name: "MVC Client",
        client_secrets: ["secret"],
        allowed_grant_types: [Hybrid],
        allow_offline_access: true,
        redirect_uris: ["http://localhost:21402/signin-oidc"],
        post_logout_redirect_uris: ["http://localhost:21402/"],
        front_channel_logout_uri: "http://localhost:21402/signout-oidc",
        allowed_scopes: ["openid", "profile", "email", "api1", "api2.read_only"],
    },
];

static MVC: &Client = CLIENTS.require("mvc");

fn main() {
    let _ = MVC;
}
