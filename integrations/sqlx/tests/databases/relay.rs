//! A network between a server and its database, that can fall silent.

use std::path::Path;

use tokio::io::copy_bidirectional;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;

use crate::place::Place;

/// Hands the bytes of a socket on to PostgreSQL's.
pub struct Relay {
    /// The URL of the place, by this relay.
    pub url: String,
    is_silent: watch::Sender<bool>,
}

impl Relay {
    /// With its socket in a folder.
    pub fn to(place: &Place, folder: &Path) -> Self {
        let listener = UnixListener::bind(folder.join(".s.PGSQL.5432")).unwrap();
        let server = place.cluster.get().unwrap().socket();
        let (is_silent, silence) = watch::channel(false);
        tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                tokio::spawn(relay(client, UnixStream::connect(&server).await.unwrap(), silence.clone()));
            }
        });
        let (database, _) = place.url.split_once('?').unwrap();
        Self { url: format!("{database}?host={}", folder.display()), is_silent }
    }

    /// From now on the connections that are open say nothing, and do not end; nor do new ones, until there is an end.
    pub fn silence(&self) {
        self.is_silent.send(true).unwrap();
    }

    /// From now on new connections are answered.
    pub fn end_silence(&self) {
        self.is_silent.send(false).unwrap();
    }
}

async fn relay(mut client: UnixStream, mut server: UnixStream, mut silence: watch::Receiver<bool>) {
    if !*silence.borrow_and_update() {
        tokio::select! {
            _ = copy_bidirectional(&mut client, &mut server) => return,
            _ = silence.changed() => {}
        }
    }
    std::future::pending().await
}
