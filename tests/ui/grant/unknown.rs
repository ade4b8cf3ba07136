use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "gateway",
        allowed_grant_types: ["urn:ietf:params:oauth:grant-type:token-exchnage"],
        client_secrets: [sha256("b7b7bf116797c73722edfa85b40da69d218151423a0717e14a0ba7bf9a2cb1c3")],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "underscore",
        allowed_grant_types: ["urn:ietf:params:oauth:grant_type:jwt-bearer"],
        client_secrets: [sha256("cd96f0f34991dc58cbd93e27351d9ab54f6d514a42ce97edc2fcb850d093931a")],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "device",
        allowed_grant_types: ["urn:ietf:params:oauth:grant-type:device-code"],
        client_secrets: [sha256("3f77392876ee1292a5b69c0400d1f534a476034db77992d6c042577d1c8f9595")],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "text",
        allowed_grant_types: ["client-credentials"],
        client_secrets: [sha256("dc515bd004677610b043317c0f0780570251df689c08f61bc150017a7898070b")],
        allowed_scopes: ["api1"],
    },
];

fn main() {}
