//! What does the server remember, and for how long? In memory, bounded, and expiring.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use guestlist::decide::{ErrorCode, Refusal};

use crate::pages::Page;

/// Values by keys that nobody can guess: codes, tokens, sessions. A key is kept as its hash, so that none can be read
/// where they are kept, and as long as somebody likes.
pub struct Expiring<T>(Mutex<Values<T>>);

type Hash = Box<[u8]>;

fn hash(key: &str) -> Hash {
    digest(&SHA256, key.as_bytes()).as_ref().into()
}

/// There is no room for what anybody may ask to be kept: what others wait for does not go for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl From<Full> for Refusal {
    fn from(_: Full) -> Self {
        Self::new(ErrorCode::TemporarilyUnavailable, "too many wait already; try again later")
    }
}

impl IntoResponse for Full {
    fn into_response(self) -> Response {
        let text = "Too many people are signing in. Try again in some minutes.";
        Page::message(StatusCode::SERVICE_UNAVAILABLE, "Not now", text).into_response()
    }
}

/// The values, while nobody else can see them: what belongs together is done under one lock.
pub struct Values<T> {
    values: HashMap<Hash, (T, u64)>,
    by_expiration: BTreeSet<(u64, Hash)>,
    capacity: usize,
}

impl<T> Expiring<T> {
    pub fn new(capacity: usize) -> Self {
        Self(Mutex::new(Values { values: HashMap::new(), by_expiration: BTreeSet::new(), capacity }))
    }

    pub fn lock(&self) -> MutexGuard<'_, Values<T>> {
        // No code that holds the lock can leave it half-changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a value until the Unix time `expires_at`. Where it is full, what expires first has to go.
    pub fn insert(&self, key: &str, value: T, expires_at: u64, now: u64) {
        self.lock().insert(key, value, expires_at, now);
    }

    /// Takes a value out: whoever comes second finds nothing.
    pub fn take(&self, key: &str, now: u64) -> Option<T> {
        self.lock().take(key, now)
    }

    /// Looks at a value, or changes it, while nobody else can.
    pub fn with<R>(&self, key: &str, now: u64, look: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.lock().get_mut(key, now).map(look)
    }
}

impl<T: Clone> Expiring<T> {
    pub fn get(&self, key: &str, now: u64) -> Option<T> {
        self.with(key, now, |value| value.clone())
    }
}

impl<T> Values<T> {
    pub fn insert(&mut self, key: &str, value: T, expires_at: u64, now: u64) {
        let hash = hash(key);
        self.remove(&hash);
        while self.by_expiration.first().is_some_and(|(end, _)| *end <= now || self.is_full()) {
            if let Some((_, first)) = self.by_expiration.pop_first() {
                self.values.remove(&first);
            }
        }
        self.by_expiration.insert((expires_at, hash.clone()));
        self.values.insert(hash, (value, expires_at));
    }

    /// Keeps a value that anybody may ask to be kept, if there is room beside those that have not expired.
    pub fn insert_if_room(&mut self, key: &str, value: T, expires_at: u64, now: u64) -> Result<(), Full> {
        let none_has_expired = self.by_expiration.first().is_none_or(|(end, _)| now < *end);
        if self.is_full() && none_has_expired {
            return Err(Full);
        }
        self.insert(key, value, expires_at, now);
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.values.len() >= self.capacity
    }

    /// Keeps a value where there is none, and says whether there was none.
    pub fn insert_new(&mut self, key: &str, value: T, expires_at: u64, now: u64) -> bool {
        let is_new = !self.values.contains_key(&hash(key));
        if is_new {
            self.insert(key, value, expires_at, now);
        }
        is_new
    }

    pub fn get_mut(&mut self, key: &str, now: u64) -> Option<&mut T> {
        self.values.get_mut(&hash(key)).filter(|(_, expires_at)| now < *expires_at).map(|(value, _)| value)
    }

    pub fn take(&mut self, key: &str, now: u64) -> Option<T> {
        self.remove(&hash(key)).filter(|(_, expires_at)| now < *expires_at).map(|(value, _)| value)
    }

    /// A value by what it is.
    pub fn find_mut(&mut self, now: u64, is: impl Fn(&T) -> bool) -> Option<&mut T> {
        let mut values = self.values.values_mut().filter(|(_, expires_at)| now < *expires_at);
        values.find(|(value, _)| is(value)).map(|(value, _)| value)
    }

    fn remove(&mut self, hash: &Hash) -> Option<(T, u64)> {
        let (value, expires_at) = self.values.remove(hash)?;
        self.by_expiration.remove(&(expires_at, hash.clone()));
        Some((value, expires_at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_there_until_it_expires_or_is_taken() {
        let map = Expiring::new(10);
        map.insert("a", 1, 100, 0);
        assert_eq!(map.get("a", 99), Some(1));
        assert_eq!(map.get("a", 100), None);
        assert_eq!(map.take("a", 99), Some(1));
        assert_eq!(map.take("a", 99), None);
    }

    #[test]
    fn it_never_grows_beyond_its_bound() {
        let map = Expiring::new(3);
        for (key, end) in [("a", 100), ("b", 50), ("c", 70), ("d", 60), ("a", 90)] {
            map.insert(key, key, end, 0);
        }
        let left: Vec<bool> = ["a", "b", "c", "d"].iter().map(|key| map.get(key, 0).is_some()).collect();
        assert_eq!(left, [true, false, true, true], "what expires first has gone");
        assert!(map.lock().insert_new("e", "e", 200, 65));
        assert!(!map.lock().insert_new("e", "f", 200, 65));
        assert_eq!(map.get("d", 0), None, "expired ones go first");
        assert_eq!(map.lock().find_mut(65, |value| *value == "c"), Some(&mut "c"));
        assert_eq!(map.lock().find_mut(70, |value| *value == "c"), None);
    }

    #[test]
    fn what_others_wait_for_does_not_go_for_what_anybody_asks() {
        let map = Expiring::new(2);
        let mut values = map.lock();
        for (key, end, now, expected) in
            [("a", 100, 0, Ok(())), ("b", 50, 0, Ok(())), ("c", 200, 49, Err(Full)), ("d", 200, 50, Ok(()))]
        {
            assert_eq!(values.insert_if_room(key, key, end, now), expected, "{key}");
        }
        assert!(values.get_mut("a", 50).is_some() && values.get_mut("d", 50).is_some());
    }
}
