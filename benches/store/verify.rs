//! `verify_secret` beside one bare hash of the same crate.

use std::hint::black_box;

use guestlist::{Client, Secret, SecretValue, verify_secret};
use sha2::{Digest, Sha256};

use crate::measure::{self, Peer};

const CALLS: usize = 2_000;
/// A slice, since no server knows the length of what it is sent.
const SECRET: &[u8] = b"9cd0a6b9b1f24b6c8a7e5d3c2b1a0f9e";

pub fn compare() {
    let client = Client { client_secrets: [Secret::from(SecretValue::sha256_of(SECRET))].into(), ..Client::default() };
    let many = |one: &dyn Fn() -> bool| (0..CALLS).map(|_| u64::from(one())).sum();
    let bare = || (0..CALLS).map(|_| u64::from(Sha256::digest(black_box(SECRET))[0] != 0)).sum();
    let right = || many(&|| verify_secret(black_box(Some(&client)), black_box(SECRET), 0));
    let wrong = || many(&|| !verify_secret(black_box(Some(&client)), black_box(&[b'x'; 32][..]), 0));
    let unknown = || many(&|| !verify_secret(black_box(None), black_box(SECRET), 0));
    measure::compare(
        "verify a secret of 32 bytes",
        CALLS,
        &right,
        &[
            Peer { name: "one bare SHA-256", run: &bare, target: Some(1.1) },
            Peer { name: "the same, wrong secret", run: &wrong, target: None },
            Peer { name: "the same, unknown client", run: &unknown, target: None },
        ],
    );
}
