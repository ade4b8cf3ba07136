//! What can be said when the server is started?

use std::path::PathBuf;

use clap::Parser;

/// An OpenID provider whose clients are compiled in, and may also come from a file and from a database.
#[derive(Debug, Parser, PartialEq)]
#[command(name = "identity_server")]
pub struct Args {
    /// Where to listen on the loopback interface; 0 is any free port
    #[arg(long, env = "GUESTLIST_PORT", default_value_t = 5001)]
    pub port: u16,
    /// More clients, in a JSON, TOML or YAML file that is read again when it changes
    #[arg(long, value_name = "FILE")]
    pub clients: Option<PathBuf>,
    /// More clients, in a database: sqlite:clients.db?mode=rwc, which creates the file, or postgres://…; a URL with a
    /// password belongs into the variable, since other users of the machine see arguments
    #[arg(long, value_name = "URL", env = "GUESTLIST_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_say_what_they_seem_to() {
        let args = |arguments: &[&str]| Args::try_parse_from([&["identity_server"], arguments].concat()).unwrap();
        assert_eq!(args(&["--port", "0"]), Args { port: 0, clients: None, database: None });
        assert_eq!(
            args(&["--clients=clients.toml", "--database", "sqlite:clients.db", "--port=65535"]),
            Args { port: 65535, clients: Some("clients.toml".into()), database: Some("sqlite:clients.db".into()) }
        );
    }

    #[test]
    fn a_bad_argument_is_named() {
        for (arguments, named) in [
            (&["--port", "65536"][..], "65536 is not in 0..=65535"),
            (&["--port", "many"], "invalid value 'many' for '--port <PORT>'"),
            (&["--ports", "1"], "'--port'"),
            (&["5001"], "unexpected argument '5001'"),
        ] {
            let message = Args::try_parse_from([&["identity_server"], arguments].concat()).unwrap_err().to_string();
            assert!(message.contains(named), "{arguments:?}: {message}");
        }
    }
}
