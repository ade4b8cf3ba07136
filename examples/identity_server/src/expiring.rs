//! What does the server remember, and for how long? In memory, bounded, and expiring.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values by keys that nobody can guess. When it is full, what expires first has to go.
pub struct Expiring<T>(Mutex<Values<T>>);

/// The values, while nobody else can see them: what belongs together is done under one lock.
pub struct Values<T> {
    values: HashMap<String, (T, u64)>,
    by_expiration: BTreeSet<(u64, String)>,
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

    /// Keeps a value until the Unix time `expires_at`.
    pub fn insert(&self, key: String, value: T, expires_at: u64, now: u64) {
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
    pub fn insert(&mut self, key: String, value: T, expires_at: u64, now: u64) {
        self.remove(&key);
        while let Some((end, _)) = self.by_expiration.first()
            && (*end <= now || self.values.len() >= self.capacity)
        {
            if let Some((_, first)) = self.by_expiration.pop_first() {
                self.values.remove(&first);
            }
        }
        self.by_expiration.insert((expires_at, key.clone()));
        self.values.insert(key, (value, expires_at));
    }

    /// Keeps a value where there is none, and says whether there was none.
    pub fn insert_new(&mut self, key: String, value: T, expires_at: u64, now: u64) -> bool {
        let is_new = !self.values.contains_key(&key);
        if is_new {
            self.insert(key, value, expires_at, now);
        }
        is_new
    }

    pub fn get_mut(&mut self, key: &str, now: u64) -> Option<&mut T> {
        self.values.get_mut(key).filter(|(_, expires_at)| now < *expires_at).map(|(value, _)| value)
    }

    pub fn take(&mut self, key: &str, now: u64) -> Option<T> {
        self.remove(key).filter(|(_, expires_at)| now < *expires_at).map(|(value, _)| value)
    }

    /// A value and its key, by the value.
    pub fn find(&self, now: u64, is: impl Fn(&T) -> bool) -> Option<(&str, &T)> {
        let mut values = self.values.iter().filter(|(_, (_, expires_at))| now < *expires_at);
        values.find(|(_, (value, _))| is(value)).map(|(key, (value, _))| (key.as_str(), value))
    }

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
        assert!(map.lock().insert_new("e".into(), "e", 200, 65));
        assert!(!map.lock().insert_new("e".into(), "f", 200, 65));
        assert_eq!(map.get("d", 0), None, "expired ones go first");
        assert_eq!(map.lock().find(65, |value| *value == "c"), Some(("c", &"c")));
        assert_eq!(map.lock().find(70, |value| *value == "c"), None);
    }
}
