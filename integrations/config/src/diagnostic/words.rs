//! What of a text may be shown that was not read.

use core::ops::Range;
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use guestlist_runtime::Setting;

use crate::Shape;

/// Words of files of clients that are no settings.
const WORDS: [&str; 22] = [
    "clients",
    "IdentityServer",
    "Clients",
    "true",
    "false",
    "null",
    "value",
    "sha256",
    "sha512",
    "file",
    "env",
    "jwk",
    "jwks",
    "description",
    "expiration",
    "Value",
    "Type",
    "Description",
    "Expiration",
    "grant_types",
    "response_types",
    "client_secret",
];

/// The words of a line that are no names of settings. Where the text was not read, each may be a secret.
pub(crate) fn unknown_words(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let is_part = |character: char| !character.is_whitespace() && !"{}[](),:=\"'#".contains(character);
    let content = text.get(line.clone()).unwrap_or_default();
    let mut words = Vec::new();
    let mut begun = None;
    let ends = content.char_indices().chain([(content.len(), ' ')]);
    for (at, character) in ends {
        match (begun, is_part(character)) {
            (None, true) => begun = Some(at),
            (Some(start), false) => {
                begun = None;
                if !content.get(start..at).is_some_and(is_known) {
                    words.push(line.start + start..line.start + at);
                }
            }
            _ => {}
        }
    }
    words
}

/// The user information of the URIs in a line, where passwords may stand.
pub(super) fn user_information(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let content = text.get(line.clone()).unwrap_or_default();
    let of_uri = |(at, slashes): (usize, &str)| {
        let start = at + slashes.len();
        let ends = |character: char| "/?#\"'`".contains(character) || character.is_whitespace();
        let authority = content.get(start..)?.split(ends).next()?;
        Some(line.start + start..line.start + start + authority.rfind('@')?)
    };
    content.match_indices("//").filter_map(of_uri).collect()
}

fn is_known(word: &str) -> bool {
    static NAMES: LazyLock<HashSet<Cow<'static, str>>> = LazyLock::new(|| {
        let shapes = [Shape::Guestlist, Shape::IdentityServer, Shape::Registration];
        shapes.into_iter().flat_map(|shape| Setting::ALL.iter().map(move |setting| shape.name(*setting))).collect()
    });
    let is_sign = word.chars().all(|character| character.is_ascii_punctuation());
    is_sign || WORDS.contains(&word) || NAMES.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_information_is_found() {
        let line = "['https://u:p@ss@h/cb', \"//h/@\", http://u@h:8080?x]";
        let found: Vec<&str> = user_information(line, 0..line.len()).into_iter().map(|one| &line[one]).collect();
        assert_eq!(found, ["u:p@ss", "u"]);
    }

    #[test]
    fn only_names_of_settings_are_known() {
        let line = "  \"client_id\": \"orders\", \"client_secrets\": [\"s3cret pass=word\" \"sha256\": é] - true";
        let unknown: Vec<&str> = unknown_words(line, 0..line.len()).into_iter().map(|word| &line[word]).collect();
        assert_eq!(unknown, ["orders", "s3cret", "pass", "word", "é"]);
    }
}
