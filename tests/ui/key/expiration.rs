use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "day",
        client_secrets: [Secret {
            value: sha256("4344e7e5613f8d03c959d017b29ae74380528a3e9c51d0d7690c8fe70b9afc5b"),
            expiration: "2027-06-30",
        }],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "no-offset",
        client_secrets: [Secret {
            value: sha256("3d07d108cef8272767ee59bcfef6cbe475abd6393f4b0b91db750e70c6a0df19"),
            expiration: "2027-06-30T00:00:00",
        }],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "no-such-day",
        client_secrets: [Secret {
            value: sha256("1aae70c9249cf7ef456243a0ae0b552f666bd8c3da390d3f1ee30107976645d6"),
            expiration: "2027-06-31T00:00:00Z",
        }],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}
