//! What is wrong with a file, at its places.

mod json;
mod render;
mod source;
mod words;

use core::fmt;

use guestlist_runtime::rules::{Level, Rule};

pub(crate) use source::Source;
pub use source::Span;
pub(crate) use words::unknown_words;

/// Something that is wrong with a file, or that the rulebook warns of.
///
/// Its texts name settings and values as the file writes them, and hold no secret. See [`Diagnostics`] for an example.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Diagnostic {
    /// How it is treated: an error refuses the file.
    pub level: Level,
    /// The rule that is broken; none where a name or the form of a value is wrong.
    pub rule: Option<&'static str>,
    /// What is wrong: lower-case, without a full stop.
    pub message: String,
    /// What to write instead; may be empty.
    pub help: String,
    /// Why it is treated as it is, where that may surprise; mostly empty.
    pub note: String,
    /// Where it is; none if it is not in the file.
    pub span: Option<Span>,
    /// The other place of it, and what is there.
    pub other: Option<(Span, &'static str)>,
}

impl Diagnostic {
    /// Where the rule is explained.
    #[must_use]
    pub fn url(&self) -> Option<String> {
        self.rule.and_then(Rule::named).map(Rule::url)
    }
}

/// All that is said of a file, in the order of its text.
///
/// `Display` shows it as rustc shows its own: `error[rule]: …`, the line, and `help: …`. A line that holds a secret is
/// shown with `…` in its place, or not at all.
///
/// ```
/// use guestlist_config::{ClientsFile, Format};
/// use guestlist_runtime::Server;
/// let file = ClientsFile::new("clients.yaml", Format::Yaml, "clients:\n  - client_idd: orders\n");
/// let refused = file.load(&Server::default(), 1_800_000_000).unwrap_err();
/// let unknown = refused.diagnostics.iter().next().unwrap();
/// assert_eq!(unknown.message, "unknown setting `client_idd`");
/// assert_eq!(unknown.help, "did you mean `client_id`?");
/// let span = unknown.span.as_ref().unwrap();
/// assert_eq!((span.line, span.column, span.pointer.as_str()), (2, 5, "/clients/0/client_idd"));
/// assert!(refused.diagnostics.to_json().contains(r#""pointer":"/clients/0/client_idd""#));
/// ```
#[derive(Clone, Debug)]
pub struct Diagnostics {
    file: String,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(crate) fn new(file: String, list: Vec<Diagnostic>) -> Self {
        Self { file, list }
    }

    /// The file's name, as it was given.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// One after the other.
    pub fn iter(&self) -> core::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many of them are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|one| one.level == Level::Error).count()
    }

    /// As `Display` shows it, with the colours of a terminal.
    #[must_use]
    pub fn in_colour(&self) -> String {
        render::render(self, true)
    }

    /// For other programs: a JSON array of objects with `level` (`error` or `warning`), `rule`, `url` (where it is
    /// explained), `message`, `help`, `note`, `file`, `pointer` (RFC 6901), `line`, `column`, `end_line`, `end_column`
    /// and `other`, an object with the same members of a place and `label`. Lines and columns count from 1, columns in
    /// characters; the end is behind the last one. What there is not is null.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::array(self).to_string()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = core::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render::render(self, false))
    }
}
