//! Is somebody guessing at a password or at a device's code?

use crate::expiring::Expiring;
use crate::resource;

/// How many guesses there are in a window: more than people need, and too few to find anything.
const MOST: u32 = 20;

/// How long a window is, in seconds.
const WINDOW: u64 = 300;

/// Counts attempts. Who guesses at a user's password keeps that user waiting as well; a real server asks for a second
/// factor, and looks at where the guesses come from.
pub struct Guesses(Expiring<u32>);

impl Guesses {
    pub fn new(capacity: usize) -> Self {
        Self(Expiring::new(capacity))
    }

    /// Whether one more attempt may be looked at.
    pub fn may_try(&self, what: &str, now: u64) -> bool {
        // By its hash, since it is as long as somebody likes.
        let what = resource::key(what);
        let mut counts = self.0.lock();
        if let Some(count) = counts.get_mut(&what, now) {
            *count = count.saturating_add(1);
            return *count <= MOST;
        }
        counts.insert(what, 1, now.saturating_add(WINDOW), now);
        true
    }

    /// Who was right did not guess.
    pub fn forgive(&self, what: &str, now: u64) {
        self.0.take(&resource::key(what), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_ends_until_the_window_does() {
        let guesses = Guesses::new(10);
        for at in 0..u64::from(MOST) {
            assert!(guesses.may_try("alice", at));
        }
        assert!(!guesses.may_try("alice", WINDOW - 1));
        assert!(guesses.may_try("bob", WINDOW - 1));
        assert!(guesses.may_try("alice", WINDOW), "a new window");
        guesses.forgive("alice", WINDOW);
        assert!((0..MOST).all(|_| guesses.may_try("alice", WINDOW)));
    }
}
