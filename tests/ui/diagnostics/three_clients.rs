// Each client's, in one build.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { api_scopes: ["api1"], identity_scopes: ["openid"] },
    Client {
        client_id: "service",
        client_secrets: [sha256("71ee70662db661e93407b6131b7fd4cc63f1a4320e3632645b3704316ca5eaf2")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        acces_token_lifetime: 60,
    },
    Client {
        client_id: "web",
        client_secrets: [sha256("9df5d729a87f2ca28bda93936c7a26726262f53ccd220dd10c1e5c4a236cc90b")],
        allowed_grant_types: [AuthorizationCod],
        redirect_uris: ["https://app.example.com/callback#"],
        allowed_scopes: ["openid", "api2"],
    },
    Client {
        client_id: "app",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        require_pkce: false,
        redirect_uris: "com.example.app:/callback",
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}
