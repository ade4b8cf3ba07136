use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "tv",
        client_secrets: [sha256("646693cdec7c11f3e1a8e9fd218475a29697cc018f4c7633868e831663a2115c")],
        allowed_grant_types: [DeviceCode],
        allowed_scopes: ["api1"],
        device_code_lifetime: 5,
    },
    Client {
        client_id: "kiosk",
        client_secrets: [sha256("610b6d1a85b849ed1e6d0bf9a2dd0f25b073aa01f3064e6dd38d31fb12f8d54f")],
        allowed_grant_types: [DeviceCode],
        allowed_scopes: ["api1"],
        polling_interval: minutes(10),
    },
    Client {
        client_id: "till",
        client_secrets: [sha256("1d3d085ee962103d2fc4374b5da9d0ecf17f18d5adf299c51c2233f3a0be5739")],
        allowed_grant_types: [Ciba],
        allowed_scopes: ["openid"],
        ciba_lifetime: minutes(1),
        polling_interval: minutes(2),
    },
];

fn main() {}
