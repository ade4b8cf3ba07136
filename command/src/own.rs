//! Helps in the words of this command.

/// The rulebook's helps name tools that everybody has. Who reads them here has this command.
pub fn own(said: &str) -> String {
    said.replace("`openssl rand -hex 24`", "`guestlist generate`")
        .replace("`printf %s '…' | openssl dgst -sha256 -binary | base64`", "`guestlist hash --for identity-server`")
}
