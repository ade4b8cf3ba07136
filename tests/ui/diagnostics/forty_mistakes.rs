use guestlist::{Client, Clients, clients};

pub static CLIENTS: Clients = clients![
    Server {
        profile: Oauth21,
        issuer: "http://id.example.com",
        api_scopes: ["orders.read", "orders.write", "offline_access"],
        insecure_http_hosts: ["http://dev.example.com"],
        alow: [secret_weak],
        warn: [grant_pasword],
    },
    #[deprecated]
    Client {
        client_id: "orders",
        client_secret: sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"),
        allowed_grant_types: [ClientCredential],
        allowed_scopes: ["orders.raed"],
        access_token_lifetime: weeks(1),
    },
    #[expect(grant_password)]
    Client {
        client_id: "orders",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["orders.read orders.write"],
        access_token_lifetime: 0,
        access_token_type: "jwt",
    },
    Client {
        client_id: "web shop",
        client_name: "",
        client_uri: "javascript:alert(1)",
        logo_uri: "/logo.png",
        client_secrets: [
            "changeme",
            file("no/such/file"),
            Secret { value: jwk(r#"{"kty":"EC","crv":"P-256","x":"MKBC"}"#), expires: "2027-06-30T00:00:00Z" },
        ],
        allowed_grant_types: [AuthorizationCode, Hybrid],
        redirect_uris: [
            "/signin",
            "http://shop.example.com/signin",
            "https://*.example.com/signin",
            "https://shop.example.com/signin#top",
            "https://shop.example.com/a/../signin",
            "https://user@shop.example.com/signin",
            "https://shop.example.com:99999/signin",
            "https://shop.example.com/sign in",
            "javascript:void(0)",
        ],
        post_logout_redirect_uris: ["https://shop.example.com/../"],
        front_channel_logout_uri: "https://www.example.com/logout",
        back_channel_logout_uri: "shop.example.com/logout",
        allowed_cors_origins: ["https://shop.example.com/", "*"],
        require_pkce = false,
        allowed_scopes: ["openid", "profil"],
        application_type: Mobile,
        claims: [("role")],
    }
    Client {
        client_id: "js",
        require_client_secret: "no",
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: "https://js.example.com/callback",
        allow_plain_text_pkce: true,
        allowed_identity_token_signing_algorithms: [none],
        allowed_scopes: ["openid"],
    },
    Client {
        require_client_secret: false,
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["orders.read"],
    },
    Client {
        client_id: env("GUESTLIST_UI_IS_NOT_SET"),
        allowed_grant_types: [Password],
        allowed_scopes: ["orders.read"],
        ..Client::default()
    },
];

static SHOP: &Client = CLIENTS.require("shop");

fn main() {
    println!("{} {}", CLIENTS.len(), SHOP.client_id);
}
