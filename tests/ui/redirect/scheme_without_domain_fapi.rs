// Under FAPI 2.0 it is an error.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20 },
    Client {
        client_id: "bank-app",
        client_secrets: [x509_thumbprint("b8c07d1e5f9a364287ce0d1bf4a5396d8e2c07b1")],
        application_type: Native,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["bank:/callback"],
        allowed_scopes: ["accounts"],
        authorization_code_lifetime: 60,
        require_pushed_authorization: true,
        pushed_authorization_lifetime: 90,
    },
];

fn main() {}
