// Who gives a secret to a macro of their own reads of it without seeing it.
use guestlist::{Clients, clients};

macro_rules! service {
    ($id:literal, $secret:literal) => {
        clients![
            Client {
                client_id: $id,
                client_secrets: [$secret],
                allowed_grant_types: [ClientCredentials],
                allowed_scopes: ["api1", "api 2"],
            },
        ]
    };
}

static ON_ONE_LINE: Clients = service!("one", "tulip-47-Delft");
static ON_TWO_LINES: Clients = service!(
    "two",
    "daffodil-11-Utrecht"
);

fn main() {}
