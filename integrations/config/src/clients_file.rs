//! A file of clients, and what comes of it.

use core::ops::Range;
use core::{error, fmt};
use std::collections::BTreeSet;
use std::io::{self, Read as ReadBytes};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guestlist_runtime::rules::{Level, Piece};
use guestlist_runtime::{Client, InMemoryClients, Server, Text};

use crate::diagnostic::{Diagnostic, Diagnostics, Source, unknown_words};
use crate::read::{self, Problem, Read};
use crate::tree::{self, Node, SyntaxError};
use crate::{Format, Shape, content, report};

/// How many syntax errors are shown.
const MOST_SYNTAX_ERRORS: usize = 20;

/// A file of clients, as text.
///
/// ```
/// use guestlist_config::{ClientsFile, Format};
/// use guestlist_runtime::Server;
///
/// let text = r#"{
///   "clients": [
///     {
///       "client_id": "orders",
///       "client_secrets": [{ "sha256": "8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=" }],
///       "allowed_grant_types": ["client_credentials"],
///       "allowed_scopes": ["api1"]
///     }
///   ]
/// }"#;
/// let now = 1_800_000_000; // Unix time, in seconds
/// let loaded = ClientsFile::new("clients.json", Format::Json, text).load(&Server::default(), now).unwrap();
/// assert_eq!(loaded.clients.get("orders").unwrap().allowed_scopes[0], "api1");
///
/// let text = text.replace("allowed_scopes", "allowed_scope");
/// let refused = ClientsFile::new("clients.json", Format::Json, text).load(&Server::default(), now).unwrap_err();
/// let shown = refused.to_string();
/// assert!(shown.contains("error: unknown setting `allowed_scope`\n"));
/// assert!(shown.contains(" --> clients.json:7:7\n"));
/// assert!(shown.contains("= help: did you mean `allowed_scopes`?"));
/// ```
#[derive(Clone)]
pub struct ClientsFile {
    path: PathBuf,
    format: Format,
    text: String,
}

impl ClientsFile {
    /// A text that was got elsewhere. The path names it in messages, and paths in it are relative to its folder.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, format: Format, text: impl Into<String>) -> Self {
        let text: String = text.into();
        // Editors on Windows begin a file with a byte order mark.
        let text = text.strip_prefix('\u{feff}').map(String::from).unwrap_or(text);
        Self { path: path.into(), format, text }
    }

    /// Reads a file, whose extension tells its format.
    ///
    /// # Errors
    ///
    /// As [`read_as`](Self::read_as), and if the extension is none of [`Format::of`].
    pub fn read(path: impl AsRef<Path>) -> Result<Self, FileRefused> {
        let path = path.as_ref();
        match Format::of(path) {
            Some(format) => Self::read_as(path, format),
            None => Err(FileRefused::whole(
                path,
                String::from("the format of the file is not known"),
                "name it `….json`, `….toml` or `….yaml`",
            )),
        }
    }

    /// Reads a file of this format, whatever its name is.
    ///
    /// # Errors
    ///
    /// If there is none, if it is no regular file or longer than 256 MiB, or if it is not UTF-8.
    pub fn read_as(path: impl AsRef<Path>, format: Format) -> Result<Self, FileRefused> {
        let path = path.as_ref();
        Self::of_bytes(path, format, content::read(path, content::LONGEST_FILE))
    }

    /// Reads from elsewhere, such as standard input. The path names it, as for [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// If it cannot be read, is longer than 256 MiB, or is not UTF-8.
    pub fn read_from(path: impl AsRef<Path>, format: Format, reader: impl ReadBytes) -> Result<Self, FileRefused> {
        Self::of_bytes(path.as_ref(), format, content::read_from(reader, content::LONGEST_FILE))
    }

    fn of_bytes(path: &Path, format: Format, read: io::Result<Vec<u8>>) -> Result<Self, FileRefused> {
        let bytes = read.map_err(|error| FileRefused::whole(path, format!("cannot read the file: {error}"), ""))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let start = valid.iter().rposition(|byte| *byte == b'\n').map_or(0, |line_break| line_break + 1);
            let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = format!("the file is not UTF-8: line {line}, byte {}", valid.len() - start + 1);
            FileRefused::whole(path, message, "store it as UTF-8")
        })?;
        Ok(Self::new(path, format, text))
    }

    /// Reads the clients, and holds them to the whole rulebook at the Unix time `now`, in seconds. Settings that the
    /// file does not write are as the server's defaults.
    ///
    /// # Errors
    ///
    /// If anything is an error: with all that is wrong, and all warnings.
    pub fn load(&self, server: &Server, now: u64) -> Result<Loaded, FileRefused> {
        let document = tree::parse(&self.text, self.format).map_err(|errors| self.refused_for_syntax(&errors))?;
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let mut read = read::read(&document, &self.text, self.format, folder, server);
        let definitions = read.definitions.clone();
        let ids = definitions.iter().map(|definition| definition.client.client_id.clone()).collect();
        let judged = InMemoryClients::new(server.clone(), definitions, now);
        let said = match &judged {
            Ok(clients) => clients.report(),
            Err(refused) => &refused.report,
        };
        let mut problems = core::mem::take(&mut read.problems);
        problems.extend(report::problems(said, &read, &self.text));
        problems.extend(self.cut_off());
        let Read { dialect, files, hidden, .. } = read;
        let diagnostics = self.diagnostics(problems, hidden, Some(&document));
        match judged {
            Ok(clients) if diagnostics.errors() == 0 => {
                Ok(Loaded { clients, warnings: diagnostics, shape: dialect.shape, files, ids })
            }
            _ => Err(FileRefused { diagnostics, files }),
        }
    }

    fn cut_off(&self) -> Option<Problem> {
        let end = self.text.len();
        let message = "the last line has no line break: the file may have been cut off there";
        let problem = || Problem::error(end..end, message, "end the file with a line break, if it is whole");
        tree::may_be_cut_off(&self.text, self.format).then(problem)
    }

    fn refused_for_syntax(&self, errors: &[SyntaxError]) -> FileRefused {
        let kind = self.format.as_str();
        let problem = |SyntaxError { message, range }: &SyntaxError| Problem {
            note: format!("the file is read as {kind}"),
            ..Problem::error(range.clone(), message.clone(), "")
        };
        // A parser that goes on behind an error may stumble for long.
        let errors = errors.get(..MOST_SYNTAX_ERRORS).unwrap_or(errors);
        let lines = errors.iter().map(|error| line_of(&self.text, error.range.start));
        let hidden = lines.flat_map(|line| unknown_words(&self.text, line)).collect();
        let diagnostics = self.diagnostics(errors.iter().map(problem).collect(), hidden, None);
        FileRefused { diagnostics, files: BTreeSet::new() }
    }

    fn diagnostics(
        &self,
        mut problems: Vec<Problem>,
        hidden: Vec<Range<usize>>,
        document: Option<&Node>,
    ) -> Diagnostics {
        problems.sort_by_key(|problem| problem.range.as_ref().map(|range| range.start));
        let hidden = hidden.into_iter().map(|range| without_quotes(&self.text, range)).collect();
        let places = problems.iter().flat_map(|problem| {
            let other = problem.other.as_ref().map(|(range, _)| range);
            problem.range.iter().chain(other).cloned()
        });
        let source = Source::new(&self.text, hidden, document, places);
        let diagnostic = |problem: Problem| Diagnostic {
            span: problem.range.map(|range| source.span(&range)),
            other: problem.other.map(|(range, label)| (source.span(&range), label)),
            level: problem.level,
            rule: problem.rule,
            message: quotable(problem.message),
            help: quotable(problem.help),
            note: problem.note,
        };
        Diagnostics::new(self.path.display().to_string(), problems.into_iter().map(diagnostic).collect())
    }
}

/// A sentence without passwords of URIs, and with what cannot be seen as escapes.
fn quotable(sentence: String) -> String {
    Piece::from(sentence).to_string()
}

/// The line that a byte is in.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |line_break| line_break + 1);
    let end = after.find('\n').map_or(text.len(), |line_break| before.len() + line_break);
    start..end
}

/// What stands between the quotes of a text.
fn without_quotes(text: &str, range: Range<usize>) -> Range<usize> {
    let raw = text.get(range.clone()).unwrap_or_default();
    for quote in ["\"\"\"", "'''", "\"", "'"] {
        if raw.len() >= 2 * quote.len() && raw.starts_with(quote) && raw.ends_with(quote) {
            return range.start + quote.len()..range.end - quote.len();
        }
    }
    range
}

/// Without the text, which may hold secrets.
impl fmt::Debug for ClientsFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientsFile").field("path", &self.path).field("format", &self.format).finish_non_exhaustive()
    }
}

/// The clients of a file. See [`ClientsFile`] for an example.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The clients, as a store.
    pub clients: InMemoryClients,
    /// What the rulebook warns of.
    pub warnings: Diagnostics,
    /// The shape of the file.
    pub shape: Shape,
    /// The files that secrets were read from.
    pub files: BTreeSet<PathBuf>,
    /// The clients' ids, in the order of the file.
    ids: Vec<Text>,
}

impl Loaded {
    /// The clients in the order of the file.
    pub fn in_order(&self) -> impl Iterator<Item = &Arc<Client>> {
        self.ids.iter().filter_map(|id| self.clients.get(id))
    }
}

/// A file that is refused as a whole. See [`ClientsFile`] for an example.
///
/// `Display` shows everything that is wrong, as rustc does, and how many errors there are. So does `Debug`, which is what
/// a `main` shows of an error that it returns.
#[derive(Clone)]
#[non_exhaustive]
pub struct FileRefused {
    /// What is wrong, and what the rulebook warns of.
    pub diagnostics: Diagnostics,
    /// The files that secrets were to be read from, as far as that is known.
    pub files: BTreeSet<PathBuf>,
}

impl FileRefused {
    /// A file of which nothing was read.
    pub(crate) fn whole(path: &Path, message: String, help: &str) -> Self {
        let diagnostic = Diagnostic {
            level: Level::Error,
            rule: None,
            message,
            help: String::from(help),
            note: String::new(),
            span: None,
            other: None,
        };
        Self { diagnostics: Diagnostics::new(path.display().to_string(), vec![diagnostic]), files: BTreeSet::new() }
    }
}

impl fmt::Display for FileRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.diagnostics.errors();
        let (count, s) = if errors == 1 { (String::from("an error"), "") } else { (errors.to_string(), " errors") };
        let count = format!("{count}{s}");
        write!(f, "{}\n\n{} is refused because of {count}", self.diagnostics, self.diagnostics.file())
    }
}

impl fmt::Debug for FileRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl error::Error for FileRefused {}
