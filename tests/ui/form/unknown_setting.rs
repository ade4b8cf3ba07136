// Names of other systems, spellings of other languages, and slips of the pen.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        id: "a",
        secret: "a text that must not be shown",
        grant_types: [ClientCredentials],
        scope: "api1",
        redirectUris: ["https://app.example.com/callback"],
        RequireDPoP: true,
        require_pckce: true,
        public_client: true,
        jwks_uri: "https://app.example.com/jwks",
        zebra: 1,
    },
    Client {
        client_id: "b",
        publicClient: false,
        implicitFlowEnabled: false,
        post_logout: [],
        issuer: "https://id.example.com",
        client_secrets: [Secret { val }, Secret { expiry: "2027-06-30T00:00:00Z", value: file("no") }],
    },
];

fn main() {}
