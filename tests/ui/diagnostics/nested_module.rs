// In a module, without any import, and in a function.
mod identity {
    pub mod clients {
        pub static CLIENTS: guestlist::Clients = guestlist::clients![
            Client {
                client_id: "web",
                client_secrets: [sha256("814f7077ccee0aff15311e4fcb35605f3f22f2850e772fcdf81fb9025358057a")],
                allowed_grant_types: [AuthorizationCode],
                redirect_uris: ["http://app.example.com/callback", "https://App.example.com/callback"],
                allowed_scopes: ["openid"],
            },
        ];
    }
}

fn clients() -> guestlist::Clients {
    guestlist::clients![
        Client {
            client_id: "web",
            client_secrets: [sha256("238829ef487434e682cb1877bd0b9cdb5d5b6392e3ec255881e19688a4c9b061")],
            allowed_grant_types: [AuthorizationCod],
            redirect_uris: ["http://app.example.com/callback", "https://App.example.com/callback"],
            allowed_scopes: ["openid"],
        },
    ]
}

fn main() {
    let _ = (identity::clients::CLIENTS.len(), clients());
}
