// Settings whose counterpart is missing.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "refresh",
        client_secrets: [sha256("4d331957604d5503e456666d14abc39b6cb93d153c56370703f348f0fc915d59")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        refresh_token_usage: ReUse,
        absolute_refresh_token_lifetime: days(30),
    },
    Client {
        client_id: "sliding",
        client_secrets: [sha256("8b785049887d964321e35246760f470796e437bb10cd3a84b20f564b64e5e977")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        refresh_token_expiration: Absolute,
        sliding_refresh_token_lifetime: days(10),
    },
    Client {
        client_id: "scope",
        client_secrets: [sha256("9c6e2b9a4d42c8e293b0ab1bcfcc954c7fca8d5f997317a78467f9c2bfd89eb9")],
        allowed_grant_types: [AuthorizationCode, "refresh_token"],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1", "offline_access"],
        allow_offline_access: true,
    },
    Client {
        client_id: "no-openid",
        client_secrets: [sha256("39903748fb9fed8b59bad756d134107e8059753d288f47547c158cb4755cf314")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
        post_logout_redirect_uris: ["https://app.example.com/"],
        identity_token_lifetime: minutes(5),
    },
    Client {
        client_id: "counterpart",
        client_secrets: [sha256("75b8050650b4a4d77c3a7e5d179a617c6d329228d7f3a71b187d2be3267d3fc2")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        front_channel_logout_session_required: false,
        consent_lifetime: days(30),
        access_token_type: Reference,
        include_jwt_id: true,
        client_claims_prefix: "",
    },
    Client {
        client_id: "public",
        require_client_secret: false,
        client_secrets: [sha256("66f865efa2f477881d0e56756a46140fb5e2fa4910ebf9a6baf133db382d8b21")],
        application_type: Native,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.app:/callback"],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}
