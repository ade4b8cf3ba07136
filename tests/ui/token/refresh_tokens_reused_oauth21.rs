// Under OAuth 2.1 it is an error; with DPoP the token is bound and nothing is wrong.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21, defaults: Client { refresh_token_usage: ReUse } },
    Client {
        client_id: "written",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.notes:/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        refresh_token_usage: ReUse,
    },
    Client {
        client_id: "by-default",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.other:/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
    },
    Client {
        client_id: "bound",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.bound:/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        refresh_token_usage: ReUse,
        require_dpop: true,
    },
];

fn main() {}
