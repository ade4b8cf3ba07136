//! What can be asked.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Clients of an OAuth 2.0 / OpenID Connect server: checked, moved, and given secrets.
#[derive(Debug, Parser)]
#[command(name = "guestlist", version, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Hash(Hash),
    Generate(Generate),
    Explain(Explain),
}

/// Print the digest of a secret, to be written into a definition
///
/// The secret is read from the terminal without echo, or from standard input, where one line break at its end is
/// dropped. It is never an argument, which other users of the machine could see.
#[derive(Debug, ClapArgs)]
pub struct Hash {
    #[command(flatten)]
    pub digest: Digest,
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
