use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "script",
        client_uri: "javascript:alert(1)",
        client_secrets: [sha256("a223f3be88f4a80ce26e9b8feb4689379079b5d30a1a7b99b50a7f2c144a1df0")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "spaced",
        client_uri: " https://app.example.com/",
        client_secrets: [sha256("248de3bba1abb3447e1c1162e81649fdd9c3d24a133224d7149309eb2d70eba8")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "document",
        logo_uri: "data:text/html,<script>alert(1)</script>",
        client_secrets: [sha256("945ed465cc84fe5fe7f70596446cafaf004b8beeb47671ddc48fd7ddcc69a6d4")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "userinfo",
        client_uri: "https://bank.example@evil.example/",
        client_secrets: [sha256("75c6c6934cdfa48bb3d7994b5a36060599b546191298ba7a68beca984b070f66")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
];

fn main() {}
