//! A redirect URI among five, as the decision asks it, beside parsing only the presented one.

use std::hint::black_box;

use guestlist::Client;
use url::Url;

use crate::measure::{self, Peer};

const CALLS: usize = 2_000;

pub fn compare() {
    let uris = [
        "https://app.example.com/signin-oidc",
        "https://app.example.com/silent-renew.html",
        "https://staging.example.com/signin-oidc",
        "https://app.example.com/callback",
        "http://127.0.0.1/callback",
    ];
    let client = Client { redirect_uris: uris.into(), ..Client::default() };
    let presented = "https://app.example.com/callback".to_owned();
    let missing = "https://app.example.com/callbacks".to_owned();
    let allows = |presented: &str| client.allows_redirect_uri(presented);
    let hit = || (0..CALLS).map(|_| u64::from(allows(black_box(&presented)))).sum();
    let miss = || (0..CALLS).map(|_| u64::from(!allows(black_box(&missing)))).sum();
    let parse = || (0..CALLS).map(|_| u64::from(Url::parse(black_box(&presented)).is_ok())).sum();
    let peers = [Peer { name: "one Url::parse", run: &parse, target: Some(0.1) }];
    measure::compare("redirect URI among 5, the fourth", CALLS, &hit, &peers);
    measure::compare("redirect URI among 5, none", CALLS, &miss, &peers);
}
