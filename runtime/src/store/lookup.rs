//! What a store answers with: a future that may be there already.

use alloc::boxed::Box;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::StoreError;

/// An answer of a store: there already, or to be awaited.
///
/// A store whose answer is at hand allocates nothing, as a boxed future would.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, Lookup, StoreError};
/// fn answer<'a>(known: bool) -> Lookup<'a, bool> {
///     if known { Lookup::ready(Ok(true)) } else { Lookup::pending(async { Err(StoreError::unavailable("no network")) }) }
/// }
/// ```
#[must_use = "a future does nothing until it is awaited"]
#[non_exhaustive]
pub enum Lookup<'a, T> {
    /// The answer; nothing, once it was taken.
    Ready(Option<Result<T, StoreError>>),
    /// The work that leads to it.
    Pending(Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>),
}

impl<'a, T> Lookup<'a, T> {
    /// An answer that is at hand.
    pub const fn ready(answer: Result<T, StoreError>) -> Self {
        Self::Ready(Some(answer))
    }

    /// The answer, made into another.
    pub fn map<U>(self, change: impl FnOnce(T) -> U + Send + 'a) -> Lookup<'a, U>
    where
        T: 'a,
    {
        match self {
            Self::Ready(answer) => Lookup::Ready(answer.map(|answer| answer.map(change))),
            Self::Pending(work) => Lookup::pending(async move { work.await.map(change) }),
        }
    }

    /// An answer that needs work.
    pub fn pending(work: impl Future<Output = Result<T, StoreError>> + Send + 'a) -> Self {
        Self::Pending(Box::pin(work))
    }
}

// Nothing in it is pinned in place: the future has a box of its own.
impl<T> Unpin for Lookup<'_, T> {}

impl<T> Future for Lookup<'_, T> {
    type Output = Result<T, StoreError>;

    /// Polled again after its end, it never ends.
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Self::Ready(answer) => answer.take().map_or(Poll::Pending, Poll::Ready),
            Self::Pending(work) => work.as_mut().poll(context),
        }
    }
}

impl<T> fmt::Debug for Lookup<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready(_) => "Ready",
            Self::Pending(_) => "Pending",
        })
    }
}

#[cfg(test)]
mod tests {
    use core::pin::pin;
    use core::task::Waker;

    use super::*;

    fn polled<T>(work: impl Future<Output = T>) -> Option<T> {
        match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        }
    }

    #[test]
    fn an_answer_at_hand_is_there_at_once_and_once() {
        let mut lookup = Lookup::ready(Ok(7));
        assert_eq!(polled(&mut lookup), Some(Ok(7)));
        assert_eq!(polled(&mut lookup), None);
        let error = StoreError::unavailable("no network");
        assert_eq!(polled(Lookup::<u8>::pending(core::future::ready(Err(error.clone())))), Some(Err(error)));
    }
}
