use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    "a",
    Klient { client_id: "a" },
    Client,
    Client("a"),
    let x = 1,
    Client { "client_id": "a" },
];

fn main() {}
