//! What a misspelt name was meant to be.

use alloc::{string::String, vec, vec::Vec};

use crate::GrantType;

/// The candidate nearest to a name: at most two edits away, and at most one for every three
/// characters. Case and the difference between `-` and `_` do not count.
///
/// ```
/// # use guestlist_runtime::rules::nearest;
/// assert_eq!(nearest("api2.readonly", ["api1", "api2.read_only"].into_iter()), Some("api2.read_only"));
/// assert_eq!(nearest("orders", ["api1"].into_iter()), None);
/// ```
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(name);
    let most = 2.min(folded.len() / 3);
    candidates
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The named grant that a misspelt name is nearest to, by its registered name.
#[must_use]
pub fn nearest_grant(name: &str) -> Option<GrantType> {
    let near = nearest(name, GrantType::NAMED.iter().map(GrantType::as_str))?;
    GrantType::NAMED.iter().find(|grant| grant.as_str() == near).cloned()
}

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
        assert_eq!(nearest_grant("client-credentails"), Some(GrantType::ClientCredentials));
    }
}
