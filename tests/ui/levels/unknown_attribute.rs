// A block takes five attributes.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    #[alow(grant_password)]
    Client {
        client_id: "misspelt",
        client_secrets: [sha256("12097281c10b7a60adc6eb4f29e373825b895d82892825f2b5aa3a0f597a7537")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[derive(Debug)]
    Client {
        client_id: "derived",
        client_secrets: [sha256("9db57d90e1cfe5a93816b2e104688ff82393309ac743fcac7a8e4a5f56dca215")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[forbid(grant_password)]
    Client {
        client_id: "forbidden",
        client_secrets: [sha256("30388efa6eee01737ff9588e1a6dd97afe40a361d1de37e94a69d40297a311c8")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[cfg_attr(debug_assertions, allow(grant_password))]
    Client {
        client_id: "conditional",
        client_secrets: [sha256("f8944896926c0e7ed40861a54ff275a2ad56d35eb3fcda6d42690caad9df1439")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[guestlist::allow(grant_password)]
    Client {
        client_id: "path",
        client_secrets: [sha256("cdc1c21b0c54007a28979810db7ba375ec28b8d5ae053c8bb786065b78d7345b")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[deprecated = "soon gone"]
    Client {
        client_id: "old",
        client_secrets: [sha256("e3bc7efc0def3a21594140501fa789846167c64c4dc4c6147f1ee804365ddebd")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
];

fn main() {}
