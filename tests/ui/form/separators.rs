static CLIENTS: guestlist::Clients = guestlist::clients![
    Client {
        client_id: "app";
        allowed_grant_types: ClientCredentials,
        client_secrets: [sha256(env("APP_SECRET"))],
        description: "a" "b",
        client_uri: "https://" env("HOST"),
        access_token_lifetime: 60 * 60,
        logo_uri: concat!("https://", "example.com/logo.png"),
        policy_uri: env!("POLICY"),
    }
    Client {
        client_id: "outer",
        Client {
            client_id: "inner",
        }
        allowed_grant_types: ClientCredentials,
    }
];

fn main() {}
