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
mod args;
mod authorize;
mod clients;
mod consent;
mod device;
mod discovery;
mod expiring;
mod form;
mod grant;
mod guesses;
mod hint;
mod introspection;
mod issue;
mod jwts;
mod keys;
mod pages;
mod pending;
mod posted;
mod proof;
mod push;
mod random;
mod resource;
mod revocation;
mod session;
mod signin;
mod signout;
mod sources;
mod store;
mod token;
mod userinfo;
mod users;

use std::error::Error;
use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::process::ExitCode;

use clap::Parser;
use tokio::net::TcpListener;

use crate::app::{App, Shared};
use crate::args::Args;
use crate::clients::CLIENTS;
use crate::keys::SigningKeys;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match serve(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("identity_server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(args: Args) -> Result<(), Box<dyn Error>> {
    let port = args.port;
    let clients = sources::open(&CLIENTS, &args).await?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|error| format!("cannot listen on 127.0.0.1:{port}: {error}; choose another with --port"))?;
    let app = Shared::new(App::new(format!("http://{}", listener.local_addr()?), clients, SigningKeys::generate()?)?);
    greet(app.issuer())?;
    Ok(axum::serve(listener, app::router(app)).await?)
}

/// Says where the server is, how a program gets a token from it, and where a user signs in.
fn greet(issuer: &str) -> io::Result<()> {
    let greeting = format!(
        "listening on {issuer}\n\n\
         curl -s -u service.client:secret -d grant_type=client_credentials -d scope=api1 {issuer}/token\n\n\
         {issuer}/authorize?client_id=js&response_type=id_token+token&scope=openid+profile+api1&nonce=1\
         &redirect_uri=http%3A%2F%2Flocalhost%3A7017%2Findex.html\n\
         sign in there as {}; nobody listens where the browser is sent then, but its address has the tokens\n",
        users::SAMPLES
    );
    io::stdout().write_all(greeting.as_bytes())
}

#[cfg(test)]
mod checks;
