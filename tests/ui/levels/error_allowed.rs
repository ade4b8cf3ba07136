// An error of the profile cannot be lowered, and says so.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21, allow: [grant_password], warn: [pkce_plain] },
    Client {
        client_id: "by-server",
        client_secrets: [sha256("2fb5a9b9b709bc109054fb07e4b93762c815aa79cbf018e1caf0879dfb6717c9")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[allow(grant_password)]
    Client {
        client_id: "by-block",
        client_secrets: [sha256("4251c60f0b09085375873cc47f6dfbe38e5c28c269ed74f9a1804bba8798ca1c")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[warn(grant_password)]
    Client {
        client_id: "warned",
        client_secrets: [sha256("1a474957d132a609df3dc9420b87dc07bcea7c58c6c68e27c99f322cac11f5eb")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[expect(grant_password)]
    Client {
        client_id: "expected",
        client_secrets: [sha256("3f80f04a397638385f51ef731edb56468e09de58e6d72061a9bb1d213d5212f2")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[allow(redirect_uri_http)]
    Client {
        client_id: "web",
        client_secrets: [sha256("2f442617a6a26734c059d0fbe257050203ba30991b11c24d303f4ccf3a705411")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://app.example.com/callback"],
        allow_plain_text_pkce: true,
        allowed_scopes: ["openid"],
    },
];

fn main() {}
