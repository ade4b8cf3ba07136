// The user's own items under the names that stand in a block.
use guestlist::clients;

struct Client;
struct Server;
struct Secret;
enum GrantType {}
#[allow(non_upper_case_globals)]
const AuthorizationCode: i32 = 1;
mod core {}
mod std {}

static CLIENTS: guestlist::Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "web",
        client_secrets: [sha256("0a181e7f2664af2a1cff9e69866ab9e6ed86bc1afa106d360e62a160c0864004")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://app.example.com/callback", "https://App.example.com/callback"],
        allowed_scopes: ["openid"],
    },
];

fn main() {
    let _ = (Client, Server, Secret, AuthorizationCode, None::<GrantType>);
}
