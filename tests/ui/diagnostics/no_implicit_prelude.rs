// Nothing is in scope but what the file names.
#![no_implicit_prelude]

static CLIENTS: ::guestlist::Clients = ::guestlist::clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("c3f0d356ce578e20bf0031da335840080d2e62f2b5f016760953fead9c882810")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://app.example.com/callback", "https://App.example.com/callback"],
        allowed_scopes: ["openid"],
    },
    #[cfg(all())]
    Client {
        client_id: "other",
        client_secrets: [sha256("7a5dcc15e86a845c5f76cbec204523dd447035da3e4ac063cd60b156e3ad4208")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://app.example.com/callback", "https://App.example.com/callback"],
        allowed_scopes: ["openid"],
    },
];

fn main() {}
