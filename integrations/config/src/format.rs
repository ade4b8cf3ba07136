//! The formats of config files.

use std::path::Path;

/// The format of a config file.
///
/// JSON is always read, TOML and YAML with the crate's feature of the same name; both are on by default.
///
/// ```
/// use std::path::Path;
/// use guestlist_config::Format;
/// assert_eq!(Format::of(Path::new("clients.yml")), Some(Format::Yaml));
/// assert_eq!(Format::of(Path::new("clients.ini")), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// JSON (RFC 8259), with comments and trailing commas as .NET's configuration takes them.
    Json,
    /// TOML 1.0.
    Toml,
    /// YAML 1.2, with the core schema.
    Yaml,
}

impl Format {
    /// The format of a file, by its extension: `json` (also `jsonc`), `toml`, `yaml` or `yml`.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "json" | "jsonc" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
        }
    }
}
