// Hosts and ports that do not exist.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("a66e11cc744d27ca24a2d8f3d4bdce5a75f394dfe15bf296d44d951f63ac6b0e")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https:///callback",
            "https://-app.example.com/callback",
            "https://app-.example.com/callback",
            "https://app..example.com/callback",
            "https://127.1/callback",
            "https://0x7f000001/callback",
            "https://256.1.1.1/callback",
            "http://0.0.0.0:5000/callback",
            "http://[::]:5000/callback",
            "https://[fe80::1%25eth0]/callback",
            "https://[::1/callback",
            "https://app.%65xample.com/callback",
            "https://app.example.com:/callback",
            "https://app.example.com:0/callback",
            "https://app.example.com:0443/callback",
            "https://app.example.com:99999/callback",
            "https://app.example.com:PORT/callback",
            "https://app!.example.com/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}
