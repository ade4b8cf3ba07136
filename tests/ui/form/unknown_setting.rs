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
];

fn main() {}
