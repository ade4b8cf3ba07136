//! Does it hold over a real connection?

#![allow(clippy::unwrap_used, reason = "a test says so when it cannot go on")]

mod common;

use common::{SECRET_BASIC, server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn exchange(request: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async { axum::serve(listener, server()).await });
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    serving.abort();
    answer.to_ascii_lowercase()
}

fn post(headers: &str, body: &str) -> String {
    format!(
        "POST /token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[tokio::test]
async fn a_client_is_authenticated() {
    let answer = exchange(&post(&format!("Authorization: {SECRET_BASIC}\r\n"), "grant_type=client_credentials")).await;
    assert!(answer.starts_with("http/1.1 200 ok\r\n"), "{answer}");
    assert!(answer.contains(r#""client_id":"reports""#), "{answer}");
}

#[tokio::test]
async fn a_script_reads_the_answers_to_its_own_client() {
    let answer = exchange(&post("Origin: https://shop.example.com\r\n", "client_id=shop")).await;
    assert!(answer.starts_with("http/1.1 200 ok\r\n"), "{answer}");
    for header in [
        "access-control-allow-origin: https://shop.example.com\r\n",
        "access-control-expose-headers: www-authenticate,dpop-nonce\r\n",
    ] {
        assert!(answer.contains(header), "{header} {answer}");
    }
}

#[tokio::test]
async fn who_has_not_proven_itself_hears_why_but_no_script_does() {
    let answer = exchange(&post("Origin: https://shop.example.com\r\n", "client_id=reports&client_secret=wrong")).await;
    assert!(answer.starts_with("http/1.1 401 unauthorized\r\n"), "{answer}");
    for header in [
        "www-authenticate: basic realm=\"clients\", charset=\"utf-8\"\r\n",
        "cache-control: no-store\r\n",
        "pragma: no-cache\r\n",
        "content-type: application/json\r\n",
    ] {
        assert!(answer.contains(header), "{header} {answer}");
    }
    assert!(!answer.contains("access-control-"), "{answer}");
    assert!(answer.contains(r#"{"error":"invalid_client","error_description":""#), "{answer}");
}

#[tokio::test]
async fn two_authorization_headers_are_two_methods() {
    let header = format!("Authorization: {SECRET_BASIC}\r\n");
    let answer = exchange(&post(&header.repeat(2), "")).await;
    assert!(answer.starts_with("http/1.1 400 bad request\r\n"), "{answer}");
    assert!(answer.contains(r#""error":"invalid_request""#), "{answer}");
}
