//! Is somebody guessing at a password or at a device's code?

use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

/// How many guesses there are in a window: more than people need, and too few to find anything.
const MOST: u32 = 20;

/// How long a window is, in seconds.
const WINDOW: u64 = 300;

/// Counts attempts. Who guesses at a user's password keeps that user waiting as well; a real server asks for a second
/// factor, and looks at where the guesses come from.
///
/// There are as many counters as there are, and what is guessed at has one of them by its hash, also a name that nobody
/// has: so no flood of names makes a count be forgotten, and none tells who is a user here. Which of them share one,
/// nobody can know beforehand.
pub struct Guesses {
    counters: Mutex<Vec<Counter>>,
    hasher: RandomState,
}

#[derive(Clone, Default)]
struct Counter {
    attempts: u32,
    until: u64,
}

impl Guesses {
    pub fn new(counters: usize) -> Self {
        Self { counters: Mutex::new(vec![Counter::default(); counters.max(1)]), hasher: RandomState::new() }
    }

    /// Whether one more attempt may be looked at.
    pub fn may_try(&self, what: &str, now: u64) -> bool {
        self.with(what, |counter| {
            if now >= counter.until {
                *counter = Counter { attempts: 0, until: now.saturating_add(WINDOW) };
            }
            counter.attempts = counter.attempts.saturating_add(1);
            counter.attempts <= MOST
        })
    }

    /// Who was right did not guess.
    pub fn forgive(&self, what: &str) {
        self.with(what, |counter| *counter = Counter::default());
    }

    fn with<R>(&self, what: &str, change: impl FnOnce(&mut Counter) -> R) -> R {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let at = self.hasher.hash_one(what) % counters.len() as u64;
        change(&mut counters[at as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_ends_until_the_window_does() {
        let guesses = Guesses::new(100_000);
        for at in 0..u64::from(MOST) {
            assert!(guesses.may_try("alice", at));
        }
        assert!(!guesses.may_try("alice", WINDOW - 1));
        assert!(guesses.may_try("alice", WINDOW), "a new window");
        guesses.forgive("alice");
        assert!((0..MOST).all(|_| guesses.may_try("alice", WINDOW)));
    }

    #[test]
    fn no_flood_of_names_makes_a_count_be_forgotten() {
        let guesses = Guesses::new(100);
        while guesses.may_try("alice", 0) {}
        for name in 0..10_000 {
            guesses.may_try(&format!("nobody {name}"), 0);
        }
        assert!(!guesses.may_try("alice", 0));
    }
}
