//! Clients, and requests for them.

use std::collections::HashSet;

use guestlist::__private::{Entry, Parts, Words};
use guestlist::{Client, Clients, Server, Text};

use crate::index;

/// SplitMix64, so that every run is the same.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Like "service.client" in 6 to 24 bytes (60 %), or a UUID.
    fn id(&mut self) -> String {
        if self.below(10) < 4 {
            let (a, b) = (self.next(), self.next());
            let groups = (a >> 32, (a >> 16) & 0xffff, a & 0xffff, b >> 48, b & 0xffff_ffff_ffff);
            return format!("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", groups.0, groups.1, groups.2, groups.3, groups.4);
        }
        let len = 6 + self.below(19);
        let dot = 2 + self.below(len - 4);
        let letter = |at| if at == dot { '.' } else { char::from(b'a' + self.below(26) as u8) };
        (0..len).map(letter).collect()
    }
}

/// Clients with different ids, for the life of the program.
pub fn clients(count: usize) -> Vec<&'static Client> {
    let mut random = Random(1);
    let mut seen = HashSet::new();
    let ids = core::iter::repeat_with(|| random.id()).filter(|id| seen.insert(id.clone()));
    let clients: Vec<Client> =
        ids.take(count).map(|id| Client { client_id: Text::Static(id.leak()), ..Client::default() }).collect();
    clients.leak().iter().collect()
}

/// The store that the macro would have made of them.
pub fn store(clients: &[&'static Client]) -> Clients {
    static SERVER: Server = Server::DEFAULT;
    let words: Vec<Words> = clients.iter().map(|client| Words::of(&client.client_id)).collect();
    let index = index::search(&words).expect("a seed");
    let entries: Vec<Entry> = index.slots.iter().map(|at| Entry { id: words[*at], client: clients[*at] }).collect();
    Clients::__new(Parts {
        seed: index.seed,
        displacements: index.displacements.leak(),
        entries: entries.leak(),
        clients: clients.to_vec().leak(),
        server: &SERVER,
        scopes: &[],
        grant_types: &[],
        origins: &[],
        broken: false,
    })
}

/// Ids as they stand in requests: in random order in one buffer, none of them the client's own bytes.
pub struct Requests {
    buffer: String,
    ends: Vec<usize>,
}

impl Requests {
    /// Each asks for a client.
    pub fn hits(clients: &[&Client], count: usize) -> Self {
        let mut random = Random(2);
        Self::new((0..count).map(|_| clients[random.below(clients.len())].client_id.to_string()))
    }

    /// Each has an id of the same kinds that no client has.
    pub fn misses(clients: &[&Client], count: usize) -> Self {
        let known: HashSet<&str> = clients.iter().map(|client| client.client_id.as_str()).collect();
        let mut random = Random(3);
        let ids = core::iter::repeat_with(|| random.id()).filter(|id| !known.contains(id.as_str()));
        Self::new(ids.take(count))
    }

    fn new(ids: impl Iterator<Item = String>) -> Self {
        let mut requests = Self { buffer: String::new(), ends: Vec::new() };
        for id in ids {
            requests.buffer += &id;
            requests.ends.push(requests.buffer.len());
        }
        requests
    }

    pub fn ids(&self) -> Vec<&str> {
        let starts = core::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.buffer[start..*end]).collect()
    }
}
