// Around the block, and as the author of single values.
use guestlist::{Clients, clients};

macro_rules! website {
    ($id:literal, $uri:expr) => {
        clients![
            Client {
                client_id: $id,
                client_secrets: [sha256("d1acc9be24ff1565818469907fc2fbf0f346f08781f577837029feb4a9fd19aa")],
                allowed_grant_types: [AuthorizationCode],
                redirect_uris: [$uri],
                allowed_scopes: ["openid", "api 1"],
            },
        ]
    };
}

macro_rules! handed_on {
    ($($block:tt)*) => {
        clients![$($block)*]
    };
}

static WEBSITE: Clients = website!("web", "http://app.example.com/callback");
static HANDED_ON: Clients = handed_on![
    Client {
        client_id: "web",
        client_secrets: [sha256("031cde03008efe00078476786bbb23928201b74eb553af6deece5a7c5f9982fa")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://app.example.com/callback", "https://App.example.com/callback"],
        allowed_scopes: ["openid"],
    },
];

fn main() {}
