// Characters that no URI has.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("f901ba3539287c092b842150568135ee8f545703ad280dcff8ade31bd757000b")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            " https://app.example.com/callback",
            "https://app.example.com/callback ",
            "https://app.example.com/call back",
            "https://app.example.com/callback, https://app.example.com/other",
            "https://bücher.example.com/callback",
            "https://app.example.com/zurück",
            "https://{tenant}.example.com/callback",
            "https://app.example.com/<id>/callback",
            "https:\\\\app.example.com\\callback",
            "https://app.example.com/100%/callback",
            "https://app.example.com/%0d%0aLocation",
            "https://app.example.com/[id]",
            "https://app.example.com/callback?ids[]=7",
            "javascript:alert('hi there')",
            "https://app.example.com/call\u{200b}back",
            "https://app.example.com/callback\n",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}
