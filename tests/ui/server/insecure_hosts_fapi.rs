// FAPI 2.0 has no plain http.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        profile: Fapi20,
        insecure_http_hosts: ["dev.example.com"],
    },
    Client {
        client_id: "b",
        client_secrets: [x509_thumbprint("e9d71f5ee7c92d6dc9e92ffdad17b8bd49418f98")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["accounts"],
        authorization_code_lifetime: 60,
        require_pushed_authorization: true,
        pushed_authorization_lifetime: 90,
    },
];

fn main() {}
