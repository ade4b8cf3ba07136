//! Rules about the identifiers that clients know users by.

use alloc::{collections::BTreeSet, format, string::String};

use super::client_id::collisions;
use super::secret::called;
use super::{Case, Check, Found, Rule, WARNING, message, placeholder};
use crate::Setting;

pub(super) static RULES: &[&Rule] = &[&PAIRWISE_SALT_WEAK];

static PAIRWISE_SALT_WEAK: Rule = Rule {
    name: "pairwise_salt_weak",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "OpenID Connect Core §8.1",
    protects: "Pairwise identifiers keep clients from comparing their users. With a salt that can be \
               guessed, or that two clients share, they can.",
    wrong: r#"Server { warn: [pairwise_salt_weak] },
Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid"],
    pair_wise_subject_salt: "app",
}"#,
    right: r#"Server { warn: [pairwise_salt_weak] },
Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid"],
    pair_wise_subject_salt: "0c6a5f13b7e94d28a1f0",
}"#,
    needs: &[Setting::PairWiseSubjectSalt],
    check: Check::Set(pairwise_salts),
};

/// Fewer bytes than this are too few.
const SALT_BYTES: usize = 16;

const SALT: &str = "generate one: `openssl rand -hex 24`; never change it later";

fn pairwise_salts(cases: &[Case<'_>], found: &mut Found<'_>) {
    let salts = || {
        cases
            .iter()
            .filter(|case| !case.definition.unread.contains(Setting::PairWiseSubjectSalt))
            .filter_map(|case| Some((case.client.pair_wise_subject_salt.as_ref()?, case)))
    };
    for (salt, case) in salts() {
        let hosts: BTreeSet<String> =
            case.redirects().filter_map(|(_, _, uri)| Some(uri.host()?.to_ascii_lowercase())).collect();
        let (what, help) = if salt.len() < SALT_BYTES {
            (" is shorter than 16 bytes", SALT)
        } else if placeholder::of_text(salt).is_some() {
            (" is a placeholder", SALT)
        } else if hosts.len() > 1 {
            (
                " is set, but the redirect URIs are on several hosts, so that the sector is not clear",
                "write a client for each host",
            )
        } else {
            continue;
        };
        let place = case.place_of(Setting::PairWiseSubjectSalt);
        found.report(case, place, message![Setting::PairWiseSubjectSalt, what], help.into());
    }
    let long = salts().filter(|(salt, _)| salt.len() >= SALT_BYTES);
    for (case, other) in collisions(long, |one, other| one.index != other.index) {
        found
            .report(
                case,
                case.place_of(Setting::PairWiseSubjectSalt),
                message![Setting::PairWiseSubjectSalt, format!(" is also that of {}", called(other))],
                "give each client a salt of its own".into(),
            )
            .other(other.index, other.place_of(Setting::PairWiseSubjectSalt));
    }
}
