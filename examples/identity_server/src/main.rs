//! How is the server started, and where does it listen?
//!
//! ```sh
//! cargo run --manifest-path examples/identity_server/Cargo.toml -- --port 5001
//! ```
//!
//! This is what an OpenID provider around `guestlist` looks like: `clients.rs` declares who may ask for tokens, each
//! endpoint is a file, and what they answer is decided by `guestlist::decide`. Its users are two samples, its state
//! is in memory, it speaks plain http on the loopback interface and makes new keys at each start: in production,
//! put it behind TLS, keep the keys, and bring users and state of your own.

mod answer;
mod app;
mod authorize;
mod clients;
mod consent;
mod device;
mod discovery;
mod expiring;
mod form;
mod grant;
mod guesses;
mod introspection;
mod issue;
mod jwts;
mod keys;
mod pages;
mod pending;
mod proof;
mod push;
mod random;
mod resource;
mod revocation;
mod session;
mod signin;
mod signout;
mod store;
mod token;
mod userinfo;
mod users;

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::process::ExitCode;

use tokio::net::TcpListener;

use crate::app::{App, Shared};
use crate::clients::CLIENTS;
use crate::keys::SigningKeys;

const DEFAULT_PORT: u16 = 5001;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // `env::args` would panic at what is not Unicode.
    let text = |value: OsString| value.to_string_lossy().into_owned();
    let port = match port(env::args_os().skip(1).map(text), env::var_os("GUESTLIST_PORT").map(text)) {
        Ok(port) => port,
        Err(message) => {
            eprintln!("identity_server: {message}\nusage: identity_server [--port <number>]");
            return ExitCode::from(2);
        }
    };
    match serve(port).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("identity_server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(port: u16) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|error| format!("cannot listen on 127.0.0.1:{port}: {error}; choose another with --port"))?;
    let app = Shared::new(App::new(format!("http://{}", listener.local_addr()?), &CLIENTS, SigningKeys::generate()?)?);
    greet(app.issuer())?;
    Ok(axum::serve(listener, app::router(app)).await?)
}

/// Says where the server is, and how to get a token from it.
fn greet(issuer: &str) -> io::Result<()> {
    writeln!(
        io::stdout(),
        "listening on {issuer}\n\n\
         curl -s -u service.client:secret -d grant_type=client_credentials -d scope=api1 {issuer}/token"
    )
}

/// The port from `--port`, or else from `GUESTLIST_PORT`; 0 is any free one.
fn port(mut arguments: impl Iterator<Item = String>, variable: Option<String>) -> Result<u16, String> {
    let mut port = variable.map(|value| ("GUESTLIST_PORT", value));
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        if name != "--port" {
            return Err(format!("unknown argument `{argument}`"));
        }
        port = Some(("--port", value.or_else(|| arguments.next()).ok_or("`--port` needs a number")?));
    }
    match port {
        None => Ok(DEFAULT_PORT),
        Some((name, value)) => {
            value.parse().map_err(|_| format!("`{value}`, given as {name}, is no port: write a number from 0 to 65535"))
        }
    }
}

#[cfg(test)]
mod checks;

#[cfg(test)]
mod tests {
    use super::*;

    fn port_of(arguments: &[&str], variable: Option<&str>) -> Result<u16, String> {
        port(arguments.iter().map(ToString::to_string), variable.map(str::to_owned))
    }

    #[test]
    fn the_argument_wins_over_the_variable_and_the_default() {
        assert_eq!(port_of(&[], None), Ok(DEFAULT_PORT));
        assert_eq!(port_of(&[], Some("8080")), Ok(8080));
        assert_eq!(port_of(&["--port", "0"], Some("8080")), Ok(0));
        assert_eq!(port_of(&["--port=65535"], None), Ok(65535));
    }

    #[test]
    fn a_bad_argument_is_named() {
        for (arguments, variable, named) in [
            (&["--port"][..], None, "`--port` needs a number"),
            (&["--port", "65536"], None, "`65536`, given as --port"),
            (&["--port="], None, "``, given as --port"),
            (&["--ports", "1"], None, "unknown argument `--ports`"),
            (&["5001"], None, "unknown argument `5001`"),
            (&[], Some("many"), "`many`, given as GUESTLIST_PORT"),
        ] {
            let message = port_of(arguments, variable).unwrap_err();
            assert!(message.contains(named), "{arguments:?} {variable:?}: {message}");
        }
    }
}
