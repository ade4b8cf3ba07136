//! The rulebook: every rule that a client definition is held to, as data.
//!
//! There is one catalogue and one implementation. `clients!`, a config file and a database row each
//! make a [`Definition`] and hand it to [`check`]; the [`Finding`]s come back as data, and
//! each shows them in its own syntax.
//!
//! ```
//! # use guestlist_runtime as guestlist;
//! use guestlist::{Client, GrantType, Server, rules};
//!
//! let client = Client {
//!     client_id: "js".into(),
//!     require_client_secret: false,
//!     allowed_grant_types: [GrantType::ClientCredentials].into(),
//!     ..Client::default()
//! };
//! let findings = rules::check_client(&Server::default(), client);
//! assert!(findings.iter().any(|finding| finding.rule.name == "grant_needs_authentication"));
//! ```

mod case;
mod check;
mod client_id;
mod cors;
mod definition;
mod digest;
mod display;
mod finding;
mod follow;
mod grant;
mod https;
mod key;
mod levels;
mod lifetime;
mod logout;
mod lookalike;
mod meant;
mod nearest;
mod pkce;
mod placeholder;
mod redirect;
mod rule;
mod scope;
mod secret;
mod server;
mod setting;
mod subject;
mod time;
mod token;

pub use check::{Report, Unfulfilled, check, check_at, check_client};
pub use definition::{Definition, SecretFacts, SecretForm, without_line_break};
pub use digest::{parse_sha256, parse_sha512, without_armor};
pub use finding::{Finding, Level, Message, Piece, Place, SecretSyntax};
pub use lookalike::Lookalike;
pub use meant::{Meant, meant, near, snake_case};
pub use nearest::{nearest, nearest_grant};
pub use rule::Rule;
pub use time::{format_time, parse_time};
pub use token::parse_algorithm;

use case::Case;
use check::Found;
use finding::message;
use rule::{Check, ERROR, FAPI, STRICTER, WARNING};

/// The name of the group of pedantic rules.
pub const PEDANTIC: &str = "pedantic";

/// The rules about one subject.
#[derive(Debug)]
#[non_exhaustive]
pub struct Subject {
    /// What they are about, as a heading.
    pub title: &'static str,
    /// The rules.
    pub rules: &'static [&'static Rule],
}

/// The whole catalogue, by subject.
pub static CATALOGUE: &[Subject] = &[
    Subject { title: "Client ids", rules: client_id::RULES },
    Subject { title: "Names and pages shown to users", rules: display::RULES },
    Subject { title: "Shared secrets", rules: secret::RULES },
    Subject { title: "Keys and certificates", rules: key::RULES },
    Subject { title: "Grants", rules: grant::RULES },
    Subject { title: "Redirect URIs", rules: redirect::RULES },
    Subject { title: "CORS origins", rules: cors::RULES },
    Subject { title: "Logout URIs", rules: logout::RULES },
    Subject { title: "Scopes", rules: scope::RULES },
    Subject { title: "Lifetimes", rules: lifetime::RULES },
    Subject { title: "Proof keys for codes", rules: pkce::RULES },
    Subject { title: "Tokens, requests and sender constraints", rules: token::RULES },
    Subject { title: "Subject identifiers", rules: subject::RULES },
    Subject { title: "Settings as a whole", rules: setting::RULES },
    Subject { title: "The server", rules: server::RULES },
];

/// Every rule, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    CATALOGUE.iter().flat_map(|subject| subject.rules).copied()
}
