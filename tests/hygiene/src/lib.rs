//! What `clients!` expands to stands under the user's lints and beside the user's names: no
//! prelude, no `std`, the dependency renamed, every name of ours taken, and nothing allowed.
#![no_std]
#![no_implicit_prelude]
#![deny(warnings, missing_docs, clippy::pedantic, clippy::nursery, unused_qualifications, unreachable_pub)]
#![forbid(unsafe_code)]

use ::renamed::Clients;

/// The clients.
pub static CLIENTS: Clients = ::renamed::clients![
    Server {
        profile: OAuth21,
        identity_scopes: ["openid"],
        api_scopes: ["api1", ("api2", "https://api2.example.com")]
    },
    Client {
        client_id: "machine",
        client_secrets: [
            sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"),
            Secret {
                value: sha512(
                    "d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdefd2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"
                ),
                description: "the next one",
                expiration: "2027-06-30T00:00:00Z",
            },
        ],
        allowed_grant_types: [ClientCredentials, "urn:example:oauth:grant-type:invoice"],
        access_token_lifetime: minutes(10),
        claims: [("role", "batch"), ("level", "3", "integer")],
        properties: [("team", "billing")],
        allowed_scopes: ["api1", "api2"],
    },
    Client {
        client_id: "web",
        client_name: env("GUESTLIST_HYGIENE_NAME", "Web") + " shop",
        client_secrets: [sha256("0123456789abcdef0123456789abcdefd2e9b1c3a4f5968778695a4b3c2d1e0f")],
        allowed_grant_types: [GrantType::AuthorizationCode],
        redirect_uris: ["https://shop.example.com/callback"],
        post_logout_redirect_uris: ["https://shop.example.com/"],
        coordinate_lifetime_with_user_session: true,
        application_type: Web,
        allowed_identity_token_signing_algorithms: [PS256, ES256],
        allowed_scopes: ["openid"],
    },
];

/// A second list in the same module, and in a constant.
pub const NONE: Clients = ::renamed::clients![];

/// Blocks with a `cfg`, which take another way.
pub static CONDITIONAL: Clients = ::renamed::clients![
    #[cfg(all())]
    renamed::Client {
        client_id: "machine",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    #[cfg(any())]
    Client { client_id: "machine" },
];

/// Inside a function, as a value.
#[must_use]
pub fn local() -> usize {
    let clients = ::renamed::clients![Client {
        client_id: "machine",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },];
    clients.len()
}

macro_rules! machine {
    ($id:expr, $lifetime:literal) => {
        ::renamed::clients![Client {
            client_id: $id,
            client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
            allowed_grant_types: [ClientCredentials],
            access_token_lifetime: $lifetime,
            allowed_scopes: ["api1"],
        }]
    };
}

/// Made by a macro of the user's.
pub static BY_MACRO: Clients = machine!("machine", 600);

/// Names that the expansion uses too.
#[allow(dead_code, missing_docs, non_camel_case_types, clippy::pedantic, reason = "they only have to be in the way")]
pub mod taken {
    pub mod core {}
    pub mod std {}
    pub mod guestlist {}
    pub struct Option;
    pub struct Some;
    pub struct None;
    pub struct Client;
    pub struct Text;
    pub struct str;
    pub struct u32;
    pub struct bool;
    pub static __CLIENT_0: u8 = 0;
    pub static __SERVER: u8 = 0;

    /// Declared among them.
    pub static CLIENTS: ::renamed::Clients = ::renamed::clients![Client {
        client_id: "machine",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    }];
}

#[cfg(test)]
mod tests {
    use ::core::assert_eq;

    #[test]
    fn each_store_has_its_clients() {
        let stores = [
            (&super::CLIENTS, 2),
            (&super::NONE, 0),
            (&super::CONDITIONAL, 1),
            (&super::BY_MACRO, 1),
            (&super::taken::CLIENTS, 1),
        ];
        for (store, count) in stores {
            assert_eq!(store.len(), count);
            assert_eq!(store.get("machine").is_some(), count > 0);
        }
        assert_eq!(super::local(), 1);
        assert_eq!(super::BY_MACRO.require("machine").access_token_lifetime, 600);
        assert_eq!(super::CLIENTS.require("web").client_name.as_deref(), ::core::option::Option::Some("Web shop"));
    }
}
