//! Requests at the very same time, on as many threads: the answers are those of some order.

use std::sync::Barrier;
use std::thread;

use super::Server;
use super::wire::{Answer, Ask, Browser, NATIVE, PORTAL, PORTAL_PAIR, SERVICE_PAIR, VERIFIER};
use crate::clients::CLIENTS;

const MANY: usize = 6;

/// The answers to what as many do at once.
fn several(ask: impl Fn() -> Answer + Sync) -> Vec<Answer> {
    let asks: Vec<_> = (0..MANY).map(|_| &ask as &(dyn Fn() -> Answer + Sync)).collect();
    at_once(&asks)
}

fn at_once(asks: &[&(dyn Fn() -> Answer + Sync)]) -> Vec<Answer> {
    let start = Barrier::new(asks.len());
    thread::scope(|scope| {
        let threads: Vec<_> = asks
            .iter()
            .map(|ask| {
                scope.spawn(|| {
                    start.wait();
                    ask()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn redeem(code: &str) -> String {
    format!(
        "grant_type=authorization_code&client_id=native&code={code}&code_verifier={VERIFIER}\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fcallback"
    )
}

fn counts(server: &Server, token: &str) -> bool {
    server.form("/introspect", Some(SERVICE_PAIR), &format!("token={token}")).json()["active"] == true
}

#[test]
fn a_code_gives_tokens_once_and_a_replay_ends_them_even_while_they_are_made() {
    let server = Server::new(&CLIENTS);
    let alice = Browser::signed_in(&server, "alice");
    for _ in 0..20 {
        let body = redeem(&alice.authorize(NATIVE, "alice")["code"]);
        let answers = several(|| server.form("/token", None, &body));
        let good: Vec<_> = answers.iter().filter(|answer| answer.status() == 200).collect();
        assert_eq!(good.len(), 1);
        let tokens = good[0].json();
        assert!(!counts(&server, tokens["access_token"].as_str().unwrap()));
        let token = tokens["refresh_token"].as_str().unwrap();
        let body = format!("grant_type=refresh_token&client_id=native&refresh_token={token}");
        server.form("/token", None, &body).assert_refused("its refresh token", "invalid_grant");
    }
}

#[test]
fn a_refresh_token_has_one_successor() {
    let server = Server::new(&CLIENTS);
    let alice = Browser::signed_in(&server, "alice");
    for _ in 0..20 {
        let tokens = server.form("/token", None, &redeem(&alice.authorize(NATIVE, "alice")["code"])).json();
        let token = tokens["refresh_token"].as_str().unwrap();
        let body = format!("grant_type=refresh_token&client_id=native&refresh_token={token}");
        let answers = several(|| server.form("/token", None, &body));
        let mut successors: Vec<_> =
            answers.iter().map(|answer| answer.json()["refresh_token"].as_str().unwrap().to_owned()).collect();
        successors.dedup();
        assert_eq!(successors.len(), 1, "within the retry window, every one gets the same");
        assert_ne!(successors[0], token);
        let body = format!("grant_type=refresh_token&client_id=native&refresh_token={}", successors[0]);
        assert_eq!(server.form("/token", None, &body).status(), 200, "and the family goes on");
    }
}

#[test]
fn revoking_wins_over_refreshing() {
    let server = Server::new(&CLIENTS);
    let alice = Browser::signed_in(&server, "alice");
    for _ in 0..20 {
        let tokens = server.form("/token", None, &redeem(&alice.authorize(NATIVE, "alice")["code"])).json();
        let token = tokens["refresh_token"].as_str().unwrap();
        let refresh = format!("grant_type=refresh_token&client_id=native&refresh_token={token}");
        let revoke = format!("client_id=native&token={token}");
        let (refreshes, revokes) = (|| server.form("/token", None, &refresh), || server.form("/revoke", None, &revoke));
        for answer in at_once(&[&refreshes, &refreshes, &revokes, &refreshes, &refreshes]) {
            if let Ok(tokens) = serde_json::from_str::<serde_json::Value>(answer.text())
                && let Some(access) = tokens["access_token"].as_str()
            {
                assert!(!counts(&server, access), "whatever was given out meanwhile");
            }
        }
        server.form("/token", None, &refresh).assert_refused("afterwards", "invalid_grant");
    }
}

#[test]
fn a_device_code_gives_tokens_once() {
    let server = Server::new(&CLIENTS);
    let alice = Browser::signed_in(&server, "alice");
    for second in 0..20 {
        server.at_second(second * 60);
        let device = server.form("/device_authorization", None, "client_id=tv").json();
        let page = alice.get(&format!("/device?user_code={}", device["user_code"].as_str().unwrap()));
        alice.send(&alice.send(&page.filled()).filled().with("answer", "allow"));
        let code = device["device_code"].as_str().unwrap();
        let grant = "urn:ietf:params:oauth:grant-type:device_code";
        let body = format!("grant_type={grant}&client_id=tv&device_code={code}");
        let answers = several(|| server.form("/token", None, &body));
        assert_eq!(answers.iter().filter(|answer| answer.status() == 200).count(), 1);
    }
}

#[test]
fn a_request_that_has_waited_is_answered_once() {
    let server = Server::new(&CLIENTS);
    for _ in 0..20 {
        let alice = Browser::signed_in(&server, "alice");
        let page = alice.follow(alice.get(&format!("/authorize?{NATIVE}")));
        let resume = alice.send(&page.filled().with("answer", "allow")).location().to_owned();
        let cookies = ["session", "form"].map(|name| format!("{name}={}", alice.cookie(name).unwrap())).join("; ");
        let answers = several(|| server.ask("GET", &resume, &[("cookie", &cookies)], None));
        assert_eq!(answers.iter().filter(|answer| answer.header("location").contains("?code=")).count(), 1);
    }
}

#[test]
fn a_pushed_request_is_used_once() {
    let server = Server::new(&CLIENTS);
    for _ in 0..20 {
        let pushed = server.form("/par", Some(PORTAL_PAIR), PORTAL).json();
        let path = format!("/authorize?client_id=portal&request_uri={}", pushed["request_uri"].as_str().unwrap());
        let begun = several(|| server.get(&path)).iter().filter(|answer| answer.status() == 303).count();
        assert_eq!(begun, 1);
    }
}
