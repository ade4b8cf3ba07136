use guestlist::{Clients, clients};

const client_id: &str = "a";

static CLIENTS: Clients = clients![
    Client { client_id, allowed_scopes: SCOPES, ..Client::default() },
];

fn main() {}
