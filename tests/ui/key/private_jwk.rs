use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "with-d",
        client_secrets: [jwk(
            r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#,
        )],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "symmetric",
        client_secrets: [jwk(r#"{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMko"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}
