// No secret stands in a message, whatever is wrong with it.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "a",
        client_secrets: [
            sha256("a-text-that-is-no-digest"),
            sha512("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"),
            sha256("a", "b"),
            sha1("da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            md5("d41d8cd98f00b204e9800998ecf8427e"),
            env("GUESTLIST_SECRET"),
            "a-prefix" + env("GUESTLIST_SECRET"),
            file("no/such/file"),
            17,
            b"bytes",
            ["nested"],
            Secret { description: "no value" },
            Secret { value: sha256("0123456789abcdef0123456789abcdefd2e9b1c3a4f5968778695a4b3c2d1e0f"), expires: "2027-06-30" },
            Secret { value: x509_name("CN=a"), expiration: "2027-06-30" },
            Secrets { value: x509_name("CN=a") },
            Secret { value: x509_name("CN=b"), description: "one", value: x509_name("CN=c") },
            file(env("GUESTLIST_SECRET_FILE", "no/such/file")),
        ],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}
