//! `Clients::get` beside maps of the same clients. Each lookup also reads a field of the client found.

use std::collections::HashMap;
use std::hint::black_box;

use guestlist::{Client, Clients};

use crate::corpus::{self, Requests};
use crate::measure::{self, Peer};

/// Inlined always, so that the trait itself costs nothing; what is behind it decides for itself.
trait Store {
    fn find(&self, id: &str) -> Option<&'static Client>;
}

impl Store for Clients {
    #[inline(always)]
    fn find(&self, id: &str) -> Option<&'static Client> {
        self.get(id)
    }
}

impl Store for phf::Map<&'static str, &'static Client> {
    #[inline(always)]
    fn find(&self, id: &str) -> Option<&'static Client> {
        self.get(id).copied()
    }
}

impl Store for HashMap<&'static str, &'static Client> {
    #[inline(always)]
    fn find(&self, id: &str) -> Option<&'static Client> {
        self.get(id).copied()
    }
}

impl Store for hashbrown::HashMap<&'static str, &'static Client> {
    #[inline(always)]
    fn find(&self, id: &str) -> Option<&'static Client> {
        self.get(id).copied()
    }
}

impl Store for frozen_collections::FzStringMap<&'static str, &'static Client> {
    #[inline(always)]
    fn find(&self, id: &str) -> Option<&'static Client> {
        self.get(id).copied()
    }
}

/// What `fz_string_map!` makes of fewer than four.
impl Store for frozen_collections::maps::ScanMap<&'static str, &'static Client> {
    #[inline(always)]
    fn find(&self, id: &str) -> Option<&'static Client> {
        self.get(id).copied()
    }
}

/// Independent lookups: throughput.
#[inline(never)]
fn thru(store: &impl Store, ids: &[&str]) -> u64 {
    ids.iter().map(|id| store.find(id).map_or(1, |client| u64::from(client.access_token_lifetime))).sum()
}

/// Which lookup is next depends on the client found, though it is always the next one: latency.
#[inline(never)]
fn chain(store: &impl Store, ids: &[&str]) -> u64 {
    let (mut at, mut found) = (0, 0);
    while let Some(id) = ids.get(at) {
        let lifetime = store.find(id).map_or(0, |client| client.access_token_lifetime as usize);
        at += lifetime - 3599;
        found += 1;
    }
    found
}

/// What `phf_map!` emits, from the same generator: the macro itself would bring a second syn.
fn phf_map(clients: &[&'static Client]) -> phf::Map<&'static str, &'static Client> {
    let ids: Vec<&'static str> = clients.iter().map(|client| client.client_id.as_str()).collect();
    let state = phf_generator::generate_hash(&ids);
    let entries: Vec<_> = state.map.iter().map(|at| (ids[*at], clients[*at])).collect();
    phf::Map { key: state.key, disps: state.disps.leak(), entries: entries.leak() }
}

pub fn compare(count: usize) {
    let clients = corpus::clients(count);
    let pairs = clients.iter().map(|client| (client.client_id.as_str(), *client)).collect();
    if count < 4 {
        compare_with(&clients, &frozen_collections::maps::ScanMap::new(pairs));
    } else {
        compare_with(&clients, &frozen_collections::FzStringMap::new_for_str(pairs));
    }
}

fn compare_with(clients: &[&'static Client], frozen: &impl Store) {
    let count = clients.len();
    let pairs = || clients.iter().map(|client| (client.client_id.as_str(), *client));
    let ours = corpus::store(clients);
    let phf = phf_map(clients);
    let std: HashMap<_, _> = pairs().collect();
    let hashbrown: hashbrown::HashMap<_, _> = pairs().collect();

    let requests = if count > 10_000 { 65_536 } else { 16_384 };
    let (hits, misses) = (Requests::hits(clients, requests), Requests::misses(clients, requests));
    let (hits, misses) = (hits.ids(), misses.ids());

    // Targets beside phf, std, hashbrown and frozen-collections.
    let (hit, latency, miss) = match count {
        ..=4 => ([None, None, None, Some(1.0)], [None, None, None, Some(1.0)], [Some(0.3), None, None, Some(1.0)]),
        5..=3_000 => (
            [Some(0.28), Some(0.28), Some(0.6), Some(0.5)],
            [Some(0.4), Some(0.4), Some(0.75), Some(1.0)],
            [Some(0.3), None, None, None],
        ),
        _ => ([Some(0.5), Some(0.5), None, None], [Some(0.5), Some(0.5), None, None], [None; 4]),
    };
    // A macro, since the stores are of different types and calls must not go through a table.
    macro_rules! side_by_side {
        ($title:literal, $lookups:ident, $ids:ident, $targets:ident) => {
            measure::compare(
                &format!($title, count),
                requests,
                &|| $lookups(&ours, black_box(&$ids)),
                &[
                    Peer { name: "phf", run: &|| $lookups(&phf, black_box(&$ids)), target: $targets[0] },
                    Peer { name: "std HashMap", run: &|| $lookups(&std, black_box(&$ids)), target: $targets[1] },
                    Peer {
                        name: "hashbrown, foldhash",
                        run: &|| $lookups(&hashbrown, black_box(&$ids)),
                        target: $targets[2],
                    },
                    Peer {
                        name: "frozen-collections",
                        run: &|| $lookups(frozen, black_box(&$ids)),
                        target: $targets[3],
                    },
                ],
            );
        };
    }
    side_by_side!("{} clients, hit, independent", thru, hits, hit);
    side_by_side!("{} clients, hit, dependent chain", chain, hits, latency);
    side_by_side!("{} clients, miss, independent", thru, misses, miss);
}

/// Nothing but lookups beside the preparation, which is the same for every number of rounds.
pub fn instructions(count: usize, hit: bool, rounds: usize) {
    let clients = corpus::clients(count);
    let store = corpus::store(&clients);
    let requests = if hit { Requests::hits(&clients, 1_000) } else { Requests::misses(&clients, 1_000) };
    let ids = requests.ids();
    for _ in 0..rounds {
        black_box(thru(&store, black_box(&ids)));
    }
}
