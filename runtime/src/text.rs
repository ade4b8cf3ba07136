//! Texts and lists that are compiled in or shared.

use alloc::{string::String, sync::Arc, vec::Vec};
use core::{borrow::Borrow, cmp::Ordering, fmt, hash, ops::Deref};

/// A text of a client record: compiled into the program, or loaded and shared.
///
/// It dereferences to `str` and compares by its bytes, whichever form it has.
/// A clone never copies the text.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::Text;
/// let compiled = Text::Static("api1");
/// let loaded = Text::from(String::from("api1"));
/// assert_eq!(compiled, loaded);
/// assert_eq!(loaded, "api1");
/// assert!(loaded.starts_with("api"));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub enum Text {
    /// Lies in the program's read-only memory.
    Static(&'static str),
    /// Was made at run time.
    Shared(Arc<str>),
}

impl Text {
    /// The empty text.
    pub const EMPTY: Self = Self::Static("");

    /// The text as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Static(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other)
    }
}

impl hash::Hash for Text {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Shared(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Shared(text.into())
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Self {
        Self::Shared(text)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// A list of a client record: compiled into the program, or loaded and shared.
///
/// It dereferences to a slice. A clone never copies the elements.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{List, Text};
/// let scopes: List<Text> = ["openid", "profile"].into();
/// assert_eq!(scopes.len(), 2);
/// assert!(scopes.iter().any(|scope| scope == "openid"));
/// ```
#[non_exhaustive]
pub enum List<T: 'static> {
    /// Lies in the program's read-only memory.
    Static(&'static [T]),
    /// Was made at run time.
    Shared(Arc<[T]>),
}

impl<T> List<T> {
    /// The empty list.
    pub const EMPTY: Self = Self::Static(&[]);

    /// The list as a slice.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::Static(list) => list,
            Self::Shared(list) => list,
        }
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Static(list) => Self::Static(list),
            Self::Shared(list) => Self::Shared(Arc::clone(list)),
        }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> AsRef<[T]> for List<T> {
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_slice(), f)
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl<T: Eq> Eq for List<T> {}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T, U: Into<T>, const N: usize> From<[U; N]> for List<T> {
    fn from(list: [U; N]) -> Self {
        list.into_iter().collect()
    }
}

impl<T, U: Into<T>> From<Vec<U>> for List<T> {
    fn from(list: Vec<U>) -> Self {
        list.into_iter().collect()
    }
}

impl<T, U: Into<T>> FromIterator<U> for List<T> {
    fn from_iter<I: IntoIterator<Item = U>>(list: I) -> Self {
        Self::Shared(list.into_iter().map(Into::into).collect())
    }
}

#[cfg(feature = "serde")]
impl<T: serde::Serialize> serde::Serialize for List<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}
