//! Answers to one kind of question, each kept for its time and asked for once.

use std::future::Future;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use guestlist_runtime::StoreError;
use quick_cache::sync::Cache;

use crate::Settings;

type Answer<T> = Result<Option<T>, StoreError>;

/// The greatest length of a key, in bytes, as in guestlist-sqlx: who invents a longer one fills no memory.
const MAX_KEY: usize = 1024;

/// What was answered, and until when that counts.
#[derive(Clone)]
struct Kept<T> {
    answer: T,
    until: Duration,
}

/// Answers by what was asked for. What does not exist takes no room from what does.
pub struct Answers<T> {
    known: Cache<String, Kept<T>>,
    unknown: Cache<String, Kept<()>>,
    /// Questions that are on their way to the store: who asks first leads, the others wait for what is put there.
    asked: Cache<String, Answer<T>>,
    /// How often something was forgotten. Who keeps an answer holds it, and who forgets one changes it.
    forgotten: RwLock<u64>,
    settings: Settings,
}

impl<T: Clone> Answers<T> {
    pub fn new(settings: &Settings) -> Self {
        let room = settings.capacity;
        // An answer is taken away as soon as those who wait have it.
        Self {
            known: Cache::new(room),
            unknown: Cache::new(room),
            asked: Cache::new(1),
            forgotten: RwLock::new(0),
            settings: settings.clone(),
        }
    }

    /// An answer that still counts.
    pub fn at_hand(&self, key: &str) -> Option<Option<T>> {
        let now = (self.settings.clock)();
        match self.known.get(key) {
            Some(kept) if now < kept.until => Some(Some(kept.answer)),
            _ => self.unknown.get(key).filter(|kept| now < kept.until).map(|_| None),
        }
    }

    /// Asks, unless somebody has asked already: then waits for that answer. Of a key that is too long, nothing is kept.
    pub async fn ask<W>(&self, key: &str, ask: impl FnOnce() -> W) -> Answer<T>
    where
        W: Future<Output = Answer<T>>,
    {
        if key.len() > MAX_KEY {
            return ask().await;
        }
        let place = match self.asked.get_value_or_guard_async(key).await {
            Ok(answer) => return answer,
            Err(place) => place,
        };
        // Somebody may have asked and been answered before the place was taken.
        let answer = match self.at_hand(key) {
            Some(answer) => Ok(answer),
            None => {
                let before = *self.forgotten.read().unwrap_or_else(PoisonError::into_inner);
                let answer = ask().await;
                self.keep(key, &answer, before);
                answer
            }
        };
        // Who has forgotten the key meanwhile has taken the place away, and whoever asks since then has another.
        if place.insert(answer.clone()).is_ok() {
            self.asked.remove(key);
        }
        answer
    }

    /// Keeps an answer, if nothing was forgotten since before it was asked for: it may tell of what is no more.
    fn keep(&self, key: &str, answer: &Answer<T>, before: u64) {
        let forgotten = self.forgotten.read().unwrap_or_else(PoisonError::into_inner);
        if *forgotten != before {
            return;
        }
        let (time_to_live, unknown_time_to_live) = (self.settings.time_to_live, self.settings.unknown_time_to_live());
        let now = (self.settings.clock)();
        match answer {
            Ok(Some(answer)) => {
                self.unknown.remove(key);
                self.known
                    .insert(key.to_owned(), Kept { answer: answer.clone(), until: now.saturating_add(time_to_live) });
            }
            Ok(None) => {
                self.known.remove(key);
                self.unknown
                    .insert(key.to_owned(), Kept { answer: (), until: now.saturating_add(unknown_time_to_live) });
            }
            Err(_) => {}
        }
    }

    /// Forgets an answer, and keeps none that is on its way.
    pub fn forget(&self, key: &str) {
        let mut forgotten = self.forgotten.write().unwrap_or_else(PoisonError::into_inner);
        *forgotten = forgotten.wrapping_add(1);
        self.asked.remove(key);
        self.known.remove(key);
        self.unknown.remove(key);
    }

    /// Forgets all answers, and keeps none that is on its way.
    pub fn forget_all(&self) {
        let mut forgotten = self.forgotten.write().unwrap_or_else(PoisonError::into_inner);
        *forgotten = forgotten.wrapping_add(1);
        self.asked.clear();
        self.known.clear();
        self.unknown.clear();
    }
}
