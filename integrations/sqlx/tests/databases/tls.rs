//! PostgreSQL over a network.

use guestlist_sqlx::Database;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::place::Place;

pub async fn tls_is_spoken_before_anything_is_told(_: Place) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut request = [0; 8];
        client.read_exact(&mut request).await.unwrap();
        assert_eq!(request, [0, 0, 0, 8, 4, 210, 22, 47], "PostgreSQL's SSLRequest");
        client.write_all(b"S").await.unwrap();
        assert_eq!(client.read_u8().await.unwrap(), 22, "a record of a handshake (RFC 8446, section 5.1)");
    };
    let url = format!("postgres://user:hunter2@127.0.0.1:{port}/clients?sslmode=verify-full");
    let (connected, ()) = tokio::join!(Database::connect(&url), server);
    // The server has gone before the handshake was over.
    connected.unwrap_err();
}

pub async fn a_server_without_tls_is_refused_where_it_is_asked_for(place: Place) {
    let error = Database::connect(&format!("{}&sslmode=require", place.url)).await.unwrap_err().to_string();
    assert!(error.contains("server does not support TLS"), "{error}");
}
