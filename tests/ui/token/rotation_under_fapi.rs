// Refresh tokens that are bound to a key need not be replaced.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20 },
    Client {
        client_id: "written",
        client_secrets: [x509_thumbprint("0238d60dcbdd73fb59cdd201f87a667263559a6a")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["accounts"],
        allow_offline_access: true,
        refresh_token_usage: OneTimeOnly,
        authorization_code_lifetime: 60,
        require_pushed_authorization: true,
        pushed_authorization_lifetime: 90,
    },
    Client {
        client_id: "by-default",
        client_secrets: [x509_thumbprint("51f43d9305b38e2b0c1b778d46c890eb371bdff2")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["accounts"],
        allow_offline_access: true,
        authorization_code_lifetime: 60,
        require_pushed_authorization: true,
        pushed_authorization_lifetime: 90,
    },
];

fn main() {}
