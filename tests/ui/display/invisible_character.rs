use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "right-to-left",
        client_name: "My \u{202E}App",
        client_secrets: [sha256("199066e6e8ccba015e6e3593448d2f827ee4afa879e821d1cf683b215ff28c42")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "byte-order-mark",
        client_name: "\u{FEFF}Shop",
        client_secrets: [sha256("e40b11d5308d23a48558d74168154d8821250eb65271e35e816fa14530c43c9c")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "two-lines",
        client_name: "Shop\nTrusted by your bank",
        client_secrets: [sha256("70ee40ee516a0a7deea30717af3ab525189d24b23a99bbcb4a40bebfdd39a989")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "carriage-return",
        description: "The shop.\r\nOpen day and night.",
        client_secrets: [sha256("37669a820df380cd08d457a4d0553fece87af1c49c88682b5c2ec2a91842f726")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "no-width",
        client_name: "Acme\u{200B}Admin",
        client_secrets: [sha256("e576e43ac4ba0c7baecc96a54ea87dce4bab5a4a744e8086a5a13fd72cea49b1")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}
