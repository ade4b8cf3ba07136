//! What can be asked.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use guestlist_runtime::Profile;

use crate::server::{profile, rule};

/// Clients of an OAuth 2.0 / OpenID Connect server: checked, moved, and given secrets.
#[derive(Debug, Parser)]
#[command(name = "guestlist", version, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Check(Check),
    Import(Import),
    Export(Export),
    Hash(Hash),
    Generate(Generate),
    Explain(Explain),
}

/// Hold the clients of a file to the rulebook
///
/// Everything that is wrong is shown at its line. The file is read as a server with the options below would read it:
/// JSON, TOML or YAML; guestlist's own names, IdentityServer's `appsettings.json` or RFC 7591's client metadata.
#[derive(Debug, ClapArgs)]
pub struct Check {
    /// A JSON, TOML or YAML file of clients; `-` is standard input
    pub file: PathBuf,
    /// The format of the file, where its name does not tell it
    #[arg(long, value_enum, value_name = "FORMAT", required_if_eq("file", "-"))]
    pub input: Option<FileFormat>,
    /// Print as
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[command(flatten)]
    pub server: Server,
}

/// Print the clients of a file as `clients![ … ]` source
///
/// The clients stay in the order of the file. The source is ready to paste: formatted, secrets as digests, and with a word above each block of what the compiler
/// will warn of.
#[derive(Debug, ClapArgs)]
pub struct Import {
    #[command(flatten)]
    pub check: Check,
}

/// Print the clients of a file in another shape or format
///
/// The clients stay in the order of the file. What the shape cannot say is told: client metadata have no digests of
/// secrets, so that such a file is for others to read, not to be loaded. Compiled-in clients, and those of a database, are exported by a program of your
/// own with `guestlist_config::write::Export`.
#[derive(Debug, ClapArgs)]
pub struct Export {
    /// Whose names it has
    #[arg(long, value_enum)]
    pub shape: Shape,
    /// The format of the file
    #[arg(long = "as", value_enum, default_value_t)]
    pub file_format: FileFormat,
    #[command(flatten)]
    pub check: Check,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// The names of `clients!`
    Guestlist,
    /// `appsettings.json`
    IdentityServer,
    /// Client metadata (RFC 7591), without any secret
    Registration,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    #[default]
    Json,
    Toml,
    Yaml,
}

impl FileFormat {
    pub const fn format(self) -> guestlist_config::Format {
        match self {
            Self::Json => guestlist_config::Format::Json,
            Self::Toml => guestlist_config::Format::Toml,
            Self::Yaml => guestlist_config::Format::Yaml,
        }
    }
}

/// What the rulebook must know of the server, as in the block `Server { … }`.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "The server that the clients belong to")]
pub struct Server {
    /// default, oauth-2.1 or fapi-2.0
    #[arg(long, value_parser = profile, default_value = "default")]
    pub profile: Profile,
    /// Its issuer identifier
    #[arg(long, value_name = "URL")]
    pub issuer: Option<String>,
    /// An identity scope that exists; may be given again
    #[arg(long = "identity-scope", value_name = "SCOPE")]
    pub identity_scopes: Vec<String>,
    /// An API's scope that exists; may be given again
    #[arg(long = "api-scope", value_name = "SCOPE")]
    pub api_scopes: Vec<String>,
    /// A host that may be used over plain http; may be given again
    #[arg(long = "insecure-http-host", value_name = "HOST")]
    pub insecure_http_hosts: Vec<String>,
    /// A rule whose warnings are silent; may be given again
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub allow: Vec<String>,
    /// A rule that warns where the profile is silent, or `pedantic`; may be given again
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub warn: Vec<String>,
    /// A rule whose warnings are errors; may be given again
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub deny: Vec<String>,
}

/// Print the digest of a secret, to be written into a definition
///
/// The secret is read from the terminal without echo, or from standard input, where one line break at its end is
/// dropped. It is never an argument, which other users of the machine could see.
#[derive(Debug, ClapArgs)]
pub struct Hash {
    #[command(flatten)]
    pub digest: Digest,
    /// Print as
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Print a new secret and its digest
///
/// The secret is for the client and is shown this once; the digest is for its definition.
#[derive(Debug, ClapArgs)]
pub struct Generate {
    #[command(flatten)]
    pub digest: Digest,
    /// Print as
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, ClapArgs)]
pub struct Digest {
    /// The digest's algorithm
    #[arg(long, value_enum, default_value_t)]
    pub algorithm: Algorithm,
    /// Print the digest in hex instead of base64
    #[arg(long)]
    pub hex: bool,
    /// Where the digest will be written
    #[arg(long = "for", value_enum, default_value_t)]
    pub place: Place,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Place {
    /// In `clients![ … ]`
    #[default]
    Source,
    /// In a JSON file under guestlist's own names
    Json,
    /// In such a TOML file
    Toml,
    /// In such a YAML file
    Yaml,
    /// In `appsettings.json`
    IdentityServer,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Algorithm {
    #[default]
    Sha256,
    Sha512,
}

/// Explain a rule, or list them all
#[derive(Debug, ClapArgs)]
pub struct Explain {
    /// The rule's name, as it stands in brackets behind a message
    pub rule: Option<String>,
    /// Print as
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}
