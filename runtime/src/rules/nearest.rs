//! What a misspelt name was meant to be.

use alloc::{string::String, vec, vec::Vec};

use crate::{GrantType, Text};

/// The candidate nearest to a name: at most two edits away, and at most one for every three
/// characters. Case and the difference between `-` and `_` do not count.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::rules::nearest;
/// assert_eq!(nearest("api2.readonly", ["api1", "api2.read_only"].into_iter()), Some("api2.read_only"));
/// assert_eq!(nearest("orders", ["api1"].into_iter()), None);
/// ```
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(name);
    let most = 2.min(folded.len() / 3);
    candidates
        .filter(|candidate| candidate.chars().count().abs_diff(folded.len()) <= most)
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The grant that a misspelt name is nearest to, by its registered name or by the last part of it.
#[must_use]
pub fn nearest_grant(name: &str) -> Option<GrantType> {
    let all = || GrantType::NAMED.iter().chain(EXTENSIONS);
    let registered = all().map(|grant| (grant.as_str(), grant));
    let short = all().filter_map(|grant| Some((grant.as_str().rsplit_once(':')?.1, grant)));
    let known: Vec<(&str, &GrantType)> = registered.chain(short).collect();
    let near = nearest(name, known.iter().map(|(name, _)| *name))?;
    known.into_iter().find(|(name, _)| *name == near).map(|(_, grant)| grant.clone())
}

/// The registered extension grants without a variant of their own: RFC 8693, RFC 7523, RFC 7522 and
/// User-Managed Access 2.0.
const EXTENSIONS: &[GrantType] = &[
    GrantType::TOKEN_EXCHANGE,
    GrantType::Extension(Text::Static("urn:ietf:params:oauth:grant-type:jwt-bearer")),
    GrantType::Extension(Text::Static("urn:ietf:params:oauth:grant-type:saml2-bearer")),
    GrantType::Extension(Text::Static("urn:ietf:params:oauth:grant-type:uma-ticket")),
];

fn fold(name: &str) -> Vec<char> {
    let folded: String = name.to_ascii_lowercase().replace('-', "_");
    folded.chars().collect()
}

/// The Damerau-Levenshtein distance: insertions, deletions, substitutions and swaps of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (line, left) in a.iter().enumerate() {
        let mut row = vec![line + 1];
        for (column, right) in b.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut best = at(&above, column) + usize::from(left != right);
            best = best.min(at(&above, column + 1) + 1).min(at(&row, column) + 1);
            let swapped = line > 0 && column > 0 && a.get(line - 1) == Some(right) && b.get(column - 1) == Some(left);
            if swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            row.push(best);
        }
        before = above;
        above = row;
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xyz", 3)]
        {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            assert_eq!(distance(&a, &b), expected, "{a:?} {b:?}");
        }
    }

    #[test]
    fn short_names_must_be_nearer() {
        assert_eq!(nearest("ab", ["ac"].into_iter()), None);
        assert_eq!(nearest("abc", ["abd"].into_iter()), Some("abd"));
    }

    #[test]
    fn misspelt_grants() {
        for (written, meant) in [
            ("client-credentails", Some(GrantType::ClientCredentials)),
            ("Authorization_Code", Some(GrantType::AuthorizationCode)),
            ("device-code", Some(GrantType::DeviceCode)),
            ("urn:ietf:params:oauth:grant-type:device-code", Some(GrantType::DeviceCode)),
            ("urn:ietf:param:oauth:grant_type:token-exchange", Some(GrantType::TOKEN_EXCHANGE)),
            ("urn:openid:params:grant-type:cibaa", Some(GrantType::Ciba)),
            ("urn:ietf:params:oauth:grant-type:pre-authorized_code", None),
            ("urn:example:grant:orders", None),
            ("jwt_bearer", Some(GrantType::Extension(Text::Static("urn:ietf:params:oauth:grant-type:jwt-bearer")))),
            ("refresh_token", None),
            ("", None),
        ] {
            assert_eq!(nearest_grant(written), meant, "{written}");
        }
    }
}
