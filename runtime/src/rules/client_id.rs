//! Rules about the client id.

use super::{Check, ERROR, Rule, message};
use crate::Setting;

pub(super) static RULES: &[&Rule] = &[&CLIENT_ID_MISSING];

static CLIENT_ID_MISSING: Rule = Rule {
    name: "client_id_missing",
    levels: ERROR,
    pedantic: false,
    standard: "RFC 6749 §2.2",
    protects: "A client without an identifier can never be looked up.",
    wrong: r#"Client {
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "x",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::ClientId],
    check: Check::Client(|case, found| {
        if case.client.client_id.is_empty() {
            found.report(
                case,
                case.place_of(Setting::ClientId),
                message!["client has no ", Setting::ClientId],
                message![
                    "add ",
                    (Setting::ClientId, crate::Text::Static("my-app")),
                    "; every client needs an identifier unique at this server"
                ],
            );
        }
    }),
};
