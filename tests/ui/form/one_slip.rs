// One slip is told once, in words that would mend it.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "computed",
        client_secrets: [Secret { value: Secret { value: "a text that must not be shown" } }, Secret(file("no"))],
        allowed_grant_types: ["ClientCredentials", "Hybrid", refresh_token, Refresh, token_exchange, JwtBearer, ROPC],
        access_token_lifetime: minutes(1 + 2),
        consent_lifetime: minutes(60 * 60),
        ciba_lifetime: 1..2,
        client_name: "a" as b,
        description: "a"?,
        client_uri: if a { b } else { c },
        redirect_uris: ["https://app.example.com/callback"; 3],
        allowed_scopes: ["api1"],
        require_consent: match a { _ => true },
        RequirePKCE: true,
        client_secret_expires_at: 0,
    },
    Client { ..Default::default() },
    Client {
        client_id: "other words",
        "AllowedScopes": ["api1"],
        RedirectUris = ["https://app.example.com/callback"],
        allowed_grant_types: "client_credentials",
    },
];

fn main() {}
