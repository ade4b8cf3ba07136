use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "zero",
        client_secrets: [sha256("dc40974715d1f6ab1dffaf2adb1f25f058b54bfb0b95526148e5be1d551d774b")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        access_token_lifetime: 0,
        authorization_code_lifetime: 0,
        require_consent: true,
        consent_lifetime: 0,
        user_sso_lifetime: days(0),
    },
    Client {
        client_id: "too-many",
        client_secrets: [sha256("770cfcdafc7bf8212e91bd91ebf5b483b91cba8d977448a86450f5b4069a5d30")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        access_token_lifetime: 4294967295,
    },
    Client {
        client_id: "absolute",
        client_secrets: [sha256("120e951a2e3ceee6c2fbff9313310a3c6db42a1254dc6a0273d3abe57326ea28")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        absolute_refresh_token_lifetime: 0,
    },
    Client {
        client_id: "sliding",
        client_secrets: [sha256("e87761e578eca625019536de6dbc52a329fd508bb79f214f2420b229d09675fe")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        refresh_token_expiration: Sliding,
        sliding_refresh_token_lifetime: 0,
    },
];

fn main() {}
