// The most specific word wins: the block's, then the server's, then the profile's.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { deny: [grant_password] },
    Client {
        client_id: "by-server",
        client_secrets: [sha256("b90ee9fc21777973e2ecb73bbed4d026665afe17d818c2b80055a5570999cdee")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[warn(grant_password)]
    Client {
        client_id: "by-block",
        client_secrets: [sha256("30d23d90ddf4cb4a44e220ddf0ad552b3156ec064b96c80586e1dc3ffb5909ba")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[allow(grant_password)]
    Client {
        client_id: "silenced",
        client_secrets: [sha256("5b8a627dda134671ce7d508bbb241bb645c9255134a480a91890a7b0f05c824e")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
];

fn main() {}
