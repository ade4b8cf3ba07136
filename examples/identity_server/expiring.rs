//! What does the server remember, and for how long? In memory, bounded, and expiring.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values by keys that nobody can guess. When it is full, what expires first has to go.
pub struct Expiring<T> {
    inner: Mutex<Inner<T>>,
    capacity: usize,
}

struct Inner<T> {
    values: HashMap<String, (T, u64)>,
    by_expiration: BTreeSet<(u64, String)>,
}

impl<T> Expiring<T> {
    pub fn new(capacity: usize) -> Self {
        Self { inner: Mutex::new(Inner { values: HashMap::new(), by_expiration: BTreeSet::new() }), capacity }
    }

    fn lock(&self) -> MutexGuard<'_, Inner<T>> {
        // No code that holds the lock can leave it half-changed.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a value until the Unix time `expires_at`.
    pub fn insert(&self, key: String, value: T, expires_at: u64, now: u64) {
        let mut inner = self.lock();
        inner.remove(&key);
        while let Some((end, _)) = inner.by_expiration.first()
            && (*end <= now || inner.values.len() >= self.capacity)
        {
            if let Some((_, first)) = inner.by_expiration.pop_first() {
                inner.values.remove(&first);
            }
        }
        inner.by_expiration.insert((expires_at, key.clone()));
        inner.values.insert(key, (value, expires_at));
    }

    /// Takes a value out: whoever comes second finds nothing.
    pub fn take(&self, key: &str, now: u64) -> Option<T> {
        self.lock().remove(key).filter(|(_, expires_at)| now < *expires_at).map(|(value, _)| value)
    }

    /// Looks at a value, or changes it, while nobody else can.
    pub fn with<R>(&self, key: &str, now: u64, look: impl FnOnce(&mut T) -> R) -> Option<R> {
        let mut inner = self.lock();
        inner.values.get_mut(key).filter(|(_, expires_at)| now < *expires_at).map(|(value, _)| look(value))
    }

    /// The key of a value, by the value.
    pub fn find(&self, now: u64, is: impl Fn(&T) -> bool) -> Option<String> {
        let inner = self.lock();
        inner.values.iter().find(|(_, (value, end))| now < *end && is(value)).map(|(key, _)| key.clone())
    }

    /// Forgets the values for which the question holds.
    pub fn forget(&self, is: impl Fn(&T) -> bool) {
        let mut inner = self.lock();
        let gone: Vec<String> =
            inner.values.iter().filter(|(_, (value, _))| is(value)).map(|(key, _)| key.clone()).collect();
        for key in gone {
            inner.remove(&key);
        }
    }
}

impl<T: Clone> Expiring<T> {
    pub fn get(&self, key: &str, now: u64) -> Option<T> {
        self.with(key, now, |value| value.clone())
    }
}

impl<T> Inner<T> {
    fn remove(&mut self, key: &str) -> Option<(T, u64)> {
        let (value, expires_at) = self.values.remove(key)?;
        self.by_expiration.remove(&(expires_at, key.to_owned()));
        Some((value, expires_at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_there_until_it_expires_or_is_taken() {
        let map = Expiring::new(10);
        map.insert("a".into(), 1, 100, 0);
        assert_eq!(map.get("a", 99), Some(1));
        assert_eq!(map.get("a", 100), None);
        assert_eq!(map.take("a", 99), Some(1));
        assert_eq!(map.take("a", 99), None);
    }

    #[test]
    fn it_never_grows_beyond_its_bound() {
        let map = Expiring::new(3);
        for (key, end) in [("a", 100), ("b", 50), ("c", 70), ("d", 60), ("a", 90)] {
            map.insert(key.into(), key, end, 0);
        }
        let left: Vec<bool> = ["a", "b", "c", "d"].iter().map(|key| map.get(key, 0).is_some()).collect();
        assert_eq!(left, [true, false, true, true], "what expires first has gone");
        map.insert("e".into(), "e", 200, 65);
        assert_eq!(map.get("d", 0), None, "expired ones go first");
        map.forget(|value| *value == "a");
        assert_eq!(map.find(65, |value| *value == "a"), None);
        assert_eq!(map.find(65, |value| *value == "c").as_deref(), Some("c"));
    }
}
