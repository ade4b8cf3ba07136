//! Clients as source: formatted as rustfmt does, and read by `clients!` as the records they were.

#![allow(dead_code, reason = "the macro crate itself tells what nothing uses")]

#[path = "export/arbitrary.rs"]
mod arbitrary;
mod common;

// The macro's own modules, since a macro crate hands out nothing but its macros.
#[path = "../../../macros/src/check/mod.rs"]
mod check;
#[path = "../../../macros/src/index.rs"]
mod index;
#[path = "../../../macros/src/parse/mod.rs"]
mod parse;
#[path = "../../../macros/src/report.rs"]
mod report;
#[path = "../../../macros/src/secret.rs"]
mod secret;
#[path = "../../../macros/src/track.rs"]
mod track;

use std::fs;
use std::process::Command;

use guestlist_config::write::Export;
use guestlist_runtime::{
    Client, ClientClaim, GrantType, Levels, List, Property, Secret, SecretValue, Server, Setting, Text, Value,
};
use proc_macro2::TokenStream;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

fn source<C: Into<guestlist_runtime::ClientRef>>(server: &Server, clients: impl IntoIterator<Item = C>) -> String {
    Export::new(server, clients).to_source().text
}

/// A client that the rulebook need not allow, whose texts are shown in a width that all agree on.
fn any_client() -> impl Strategy<Value = Client> {
    let is_plain =
        |(_, value): &(Setting, Value)| value.to_string().chars().all(|c| c.is_ascii() || "äß€世界".contains(c));
    vec(arbitrary::setting().prop_filter("exotic", is_plain), 0..20).prop_map(|settings| {
        let mut client = Client::default();
        for (setting, value) in settings {
            client.set(setting, value).expect("a value of the setting's kind");
        }
        client
    })
}

/// What rustfmt makes of sources, with its default settings.
fn formatted(name: &str, sources: &[String]) -> Vec<String> {
    let folder = std::env::temp_dir().join(format!("guestlist-export-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    // Whatever lies in the folders above.
    fs::write(folder.join("rustfmt.toml"), "").unwrap();
    let files: Vec<_> = (0..sources.len()).map(|at| folder.join(format!("{at}.rs"))).collect();
    for (file, source) in files.iter().zip(sources) {
        fs::write(file, source).unwrap();
    }
    let rustfmt = Command::new("rustfmt").args(["--edition", "2024"]).args(&files).output();
    let output = rustfmt.expect("this test needs rustfmt: `rustup component add rustfmt`");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let formatted = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    fs::remove_dir_all(&folder).unwrap();
    formatted
}

/// Each source is what rustfmt makes of it, and of what is left of it without any indentation: where rustfmt gives up,
/// it leaves a text as it is.
fn is_formatted(name: &str, sources: &[String]) {
    let flat = |source: &String| source.lines().map(|line| line.trim_start().to_owned() + "\n").collect();
    let flat: Vec<String> = sources.iter().map(flat).collect();
    for (source, formatted) in sources.iter().zip(formatted(name, &flat)) {
        let lines = source.lines().zip(formatted.lines()).enumerate();
        let differing = lines.filter(|(_, (line, formatted))| line != formatted).take(5).collect::<Vec<_>>();
        assert!(differing.is_empty(), "{differing:#?}\n{source}");
        assert_eq!(*source, formatted);
    }
    for (source, formatted) in sources.iter().zip(formatted(name, sources)) {
        assert_eq!(*source, formatted);
    }
}

#[test]
fn rustfmt_changes_nothing_in_any_source() {
    let mut runner = TestRunner::default();
    let mut any = |most| vec(any_client(), 0..most).new_tree(&mut runner).unwrap().current();
    let sources = (0..200).map(|_| {
        let mut defaults = any(2);
        let server = Server { defaults: defaults.pop().unwrap_or_default(), ..Server::default() };
        source(&server, any(4))
    });
    is_formatted("any", &sources.collect::<Vec<_>>());
}

/// Texts that are by one character shorter and longer than a line has place for.
#[test]
fn rustfmt_changes_nothing_at_any_width() {
    let lists = (1..100).map(|width| {
        let clients = [0, 1, 9, 30, 57, 60].into_iter().flat_map(|other| of_width(width, other));
        let defaults = of_width(width, 1).into_iter().next().unwrap();
        source(&Server { defaults, ..Server::default() }, clients)
    });
    let alone = (1..100).map(|width| {
        let client = Client {
            client_id: "machine".into(),
            client_secrets: [SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60")].into(),
            allowed_grant_types: [GrantType::ClientCredentials].into(),
            allowed_scopes: ["a".repeat(width), "api1".repeat(width / 25)].into(),
            ..Client::default()
        };
        source(&Server::default(), [client])
    });
    is_formatted("widths", &lists.chain(alone).collect::<Vec<_>>());
}

/// Clients with lists, tuples, calls and blocks of two texts of these widths.
fn of_width(width: usize, other: usize) -> Vec<Client> {
    let text = |width: usize| Text::from("a".repeat(width));
    let (one, other) = (text(width), text(other));
    let name = |text: &Text| Secret::from(SecretValue::X509Name(text.clone()));
    let key = |end: &str| SecretValue::Jwk(format!("\"{one}{end}").into());
    let property = |key: &Text| Property { key: key.clone(), value: other.clone() };
    let claim = |text: &Text, value_type: Option<&Text>| ClientClaim {
        claim_type: text.clone(),
        value: other.clone(),
        value_type: value_type.cloned(),
    };
    let client = Client { client_id: "x".into(), ..Client::default() };
    let settings: [Client; 9] = [
        Client { allowed_scopes: [one.clone(), other.clone()].into(), ..client.clone() },
        Client { redirect_uris: [one.clone()].into(), client_name: Some(one.clone()), ..client.clone() },
        Client { allowed_scopes: (0..width).map(|at| text(at % 9)).collect(), ..client.clone() },
        Client { client_secrets: [Secret { description: Some(other.clone()), ..name(&one) }].into(), ..client.clone() },
        Client { client_secrets: [name(&one), name(&other)].into(), ..client.clone() },
        Client { client_secrets: [key("\","), key("")].into(), ..client.clone() },
        Client { client_secrets: [key("\",")].into(), properties: [property(&one)].into(), ..client.clone() },
        Client { properties: [property(&one), property(&text(1))].into(), ..client.clone() },
        Client { claims: [claim(&one, None), claim(&other, Some(&one))].into(), ..client.clone() },
    ];
    settings.into()
}

/// What `clients!` reads in a source.
fn read(source: &str) -> check::Checked {
    let (_, list) = source.split_once("clients![").unwrap();
    let (list, _) = list.rsplit_once("];").unwrap();
    let (mut errors, mut tracked) = Default::default();
    let blocks = parse::blocks(list.parse::<TokenStream>().unwrap(), &mut errors);
    let checked = check::check(&blocks, &mut errors, &mut tracked);
    assert!(errors.is_empty(), "{errors:?}\n{source}");
    checked
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_macro_reads_any_client_as_it_was((server, clients) in arbitrary::server_and_clients()) {
        let source = source(&server, clients.clone());
        let read = read(&source);
        prop_assert_eq!(&read.clients, &clients, "{}", source);
        // A default that a client could not unset is written into each of the others.
        let as_before = Server { defaults: read.server.defaults.clone(), ..server };
        prop_assert_eq!(&read.server, &as_before, "{}", source);
    }
}

/// For each setting some clients that the rulebook takes, in which it is not as by default.
#[test]
fn the_macro_reads_every_setting_as_it_was() {
    let server = Server::default();
    let mut runner = TestRunner::deterministic();
    for setting in Setting::ALL.iter().copied() {
        for client in arbitrary::with_setting(setting, &server, &mut runner) {
            assert_eq!(read(&source(&server, [client.clone()])).clients, [client]);
        }
    }
}

/// The exported source of clients that write every setting, as a user would paste it.
#[allow(deprecated, reason = "what the rulebook warns of is deprecated, so that rustc warns")]
mod pasted {
    include!("export/every_setting.rs");
}

#[test]
fn the_compiler_reads_every_setting_as_it_was() {
    let source = source(common::CLIENTS.server(), &common::CLIENTS);
    assert_eq!(source, include_str!("export/every_setting.rs"));
    is_formatted("every-setting", &[source]);
    assert_eq!(pasted::CLIENTS.iter().collect::<Vec<_>>(), common::CLIENTS.iter().collect::<Vec<_>>());
    assert_eq!(pasted::CLIENTS.server(), common::CLIENTS.server());
}

/// The record does not tell that a block allowed what the server denies.
#[test]
fn what_the_server_denies_is_expected() {
    let machine = |id: &'static str| Client {
        client_id: id.into(),
        client_secrets: [SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60")].into(),
        allowed_grant_types: [GrantType::ClientCredentials].into(),
        allowed_scopes: ["api1"].into(),
        ..Client::default()
    };
    let deny: List<Text> = ["secret_reused"].into();
    let server = Server { levels: Levels { deny: deny.clone(), ..Levels::EMPTY }, ..Server::default() };
    let source = source(&server, [machine("orders"), machine("reports")]);
    let block = "    #[expect(secret_reused)]\n    Client {\n        client_id: \"orders\",\n";
    assert!(source.contains(block), "{source}");
    assert!(source.contains("    // expected: the secret is also one of client \"reports\""), "{source}");
    is_formatted("denied", core::slice::from_ref(&source));
    let read = read(&source);
    assert_eq!(read.clients, [machine("orders"), machine("reports")]);
    assert_eq!(read.server.levels.deny, deny);
}

#[test]
fn what_source_cannot_say_stands_above_the_block() {
    let end =
        Secret { expiration: Some(u64::MAX), ..SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60").into() };
    let client = Client { client_id: "machine".into(), client_secrets: [end].into(), ..Client::default() };
    let exported = Export::new(&Server::default(), [client]).to_source();
    let lost = "secret #1 of `client_secrets`: RFC 3339 has no time after the year 9999";
    assert!(exported.text.contains(&format!("    // not written: {lost}\n    Client {{\n")), "{}", exported.text);
    assert_eq!(
        exported.lost.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [format!("client \"machine\": {lost}")]
    );
    is_formatted("lost", &[exported.text]);
}
