//! The static store: the clients that were compiled in.

use core::fmt;

use crate::index::{EXACT, Words, bucket, displaced, position};
use crate::{Client, GrantType, Server, Text};

/// The clients that a `clients!` block declares, in read-only memory.
///
/// Nothing is loaded and nothing starts: a lookup reads one entry of a perfect hash that was found
/// while compiling. It takes no lock and allocates nothing.
pub struct Clients {
    parts: Parts,
}

/// What `clients!` fills in.
#[doc(hidden)]
pub struct Parts {
    /// The seed under which no two ids meet.
    pub seed: u64,
    /// One for each bucket.
    pub displacements: &'static [u32],
    /// In the order of their slots.
    pub entries: &'static [Entry],
    /// In the order of the source.
    pub clients: &'static [&'static Client],
    /// The server that the clients belong to.
    pub server: &'static Server,
    /// The scopes of the enabled clients, sorted.
    pub scopes: &'static [Text],
    /// The grants of the enabled clients.
    pub grant_types: &'static [GrantType],
    /// The origins of the enabled clients, sorted.
    pub origins: &'static [Text],
    /// The block did not compile, so an id that is not here may still be right.
    pub broken: bool,
}

/// One slot: the id as words beside the client, so that a miss never touches the record.
#[doc(hidden)]
#[repr(align(64))]
pub struct Entry {
    /// The client's id.
    pub id: Words,
    /// The client.
    pub client: &'static Client,
}

impl Clients {
    /// What `clients!` expands to.
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(parts: Parts) -> Self {
        Self { parts }
    }

    /// The client with this id, by equal bytes. It may be [disabled](Client::enabled).
    ///
    /// It is a `const fn`, so it also answers while compiling; see [`require`](Self::require).
    #[must_use]
    // A server has few places that ask, and half of the call is saving registers.
    #[inline(always)]
    pub const fn get(&self, client_id: &str) -> Option<&'static Client> {
        if client_id.len() > EXACT {
            return self.get_long(client_id);
        }
        self.find(&Words::of(client_id))
    }

    /// [`get`](Self::get) for an id that its words do not tell apart from every other; on its own,
    /// so that the usual case stays small enough to be inlined.
    #[cold]
    const fn get_long(&self, client_id: &str) -> Option<&'static Client> {
        match self.find(&Words::of(client_id)) {
            Some(client) if same(client.client_id.bytes(), client_id.as_bytes()) => Some(client),
            _ => None,
        }
    }

    /// The client whose id has these words.
    #[inline]
    const fn find(&self, id: &Words) -> Option<&'static Client> {
        let Parts { entries, displacements, seed, .. } = &self.parts;
        let hash = id.hash(*seed);
        let bucket = bucket(hash, displacements.len());
        if bucket >= displacements.len() {
            return None;
        }
        let slot = displaced(position(hash, entries.len()), displacements[bucket], entries.len());
        if slot < entries.len() && entries[slot].id.equals(id) { Some(entries[slot].client) } else { None }
    }

    /// The client with this id, which must exist. In a `static` or `const`, an unknown id does not
    /// compile.
    ///
    /// # Panics
    ///
    /// If no client has this id; in a `static` or `const` that is a compile error.
    #[must_use]
    pub const fn require(&self, client_id: &str) -> &'static Client {
        match self.get(client_id) {
            Some(client) => client,
            // The block's own errors are enough.
            None if self.parts.broken => &FALLBACK,
            None => unknown(client_id, self.parts.clients),
        }
    }

    /// The clients, in the order of the source.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'static Client> + DoubleEndedIterator + Clone + use<> {
        self.parts.clients.iter().copied()
    }

    /// How many clients there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.parts.clients.len()
    }

    /// Whether there is no client.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.parts.clients.is_empty()
    }

    /// The server that the clients belong to: what the leading `Server { … }` block says.
    #[must_use]
    pub const fn server(&self) -> &'static Server {
        self.parts.server
    }

    /// Whether scripts of this origin may call the server for any enabled client, by equal bytes.
    ///
    /// A CORS preflight carries no client id, so this is what answers it.
    #[must_use]
    pub fn allows_origin(&self, origin: &str) -> bool {
        self.parts.origins.binary_search_by(|known| known.as_str().cmp(origin)).is_ok()
    }

    /// Every origin that an enabled client allows, sorted.
    #[must_use]
    pub const fn origins(&self) -> &'static [Text] {
        self.parts.origins
    }

    /// Every scope that an enabled client may ask for, sorted: what discovery calls
    /// `scopes_supported` (RFC 8414 §2). It has `offline_access` if a client may ask for that.
    #[must_use]
    pub const fn scopes(&self) -> &'static [Text] {
        self.parts.scopes
    }

    /// Every grant that an enabled client may use, for discovery. `Hybrid` is IdentityServer's word:
    /// on the wire it is `authorization_code` and `implicit`.
    #[must_use]
    pub const fn grant_types(&self) -> &'static [GrantType] {
        self.parts.grant_types
    }
}

/// What a broken block has instead of any client.
static FALLBACK: Client = Client::DEFAULT;

impl fmt::Debug for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.parts.clients.iter().map(|client| &client.client_id)).finish()
    }
}

impl IntoIterator for &Clients {
    type Item = &'static Client;
    type IntoIter = core::iter::Copied<core::slice::Iter<'static, &'static Client>>;

    fn into_iter(self) -> Self::IntoIter {
        self.parts.clients.iter().copied()
    }
}

impl Text {
    /// The bytes of a text that is compiled in.
    const fn bytes(&self) -> &[u8] {
        match self {
            Self::Static(text) => text.as_bytes(),
            Self::Shared(_) => &[],
        }
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Ends with a message that names the nearest id. It is written into a buffer, since nothing
/// allocates while compiling.
#[cold]
#[track_caller]
#[allow(clippy::panic, reason = "a compile error where it is used as documented")]
const fn unknown(client_id: &str, clients: &[&Client]) -> ! {
    let mut message = Message { bytes: [0; 400], len: 0 };
    message.push("no client has the id `");
    message.push(client_id);
    message.push("`");
    if let Some(nearest) = nearest(client_id.as_bytes(), clients) {
        message.push("; did you mean `");
        message.push(nearest);
        message.push("`?");
    }
    panic!("{}", message.as_str())
}

/// The id within two edits, if there is one.
const fn nearest<'a>(id: &[u8], clients: &[&'a Client]) -> Option<&'a str> {
    let mut best = None;
    let mut best_distance = 3;
    let mut at = 0;
    while at < clients.len() {
        if let Text::Static(candidate) = &clients[at].client_id {
            let distance = distance(id, candidate.as_bytes());
            if distance < best_distance && distance * 3 <= candidate.len() {
                best_distance = distance;
                best = Some(*candidate);
            }
        }
        at += 1;
    }
    best
}

/// The Levenshtein distance of two short ids; large for long ones.
const fn distance(a: &[u8], b: &[u8]) -> usize {
    const MAX: usize = 64;
    if a.len() >= MAX || b.len() >= MAX {
        return usize::MAX / 8;
    }
    let mut row = [0; MAX];
    let mut column = 0;
    while column <= b.len() {
        row[column] = column;
        column += 1;
    }
    let mut line = 0;
    while line < a.len() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        let mut column = 0;
        while column < b.len() {
            let mut best = if a[line] == b[column] { diagonal } else { diagonal + 1 };
            diagonal = row[column + 1];
            if diagonal + 1 < best {
                best = diagonal + 1;
            }
            if row[column] + 1 < best {
                best = row[column] + 1;
            }
            row[column + 1] = best;
            column += 1;
        }
        line += 1;
    }
    row[b.len()]
}

/// A message that grows in place; what does not fit is dropped whole.
struct Message {
    bytes: [u8; 400],
    len: usize,
}

impl Message {
    const fn push(&mut self, text: &str) {
        let text = text.as_bytes();
        if text.len() > self.bytes.len() - self.len {
            return;
        }
        let mut at = 0;
        while at < text.len() {
            self.bytes[self.len] = text[at];
            self.len += 1;
            at += 1;
        }
    }

    const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "no client has this id",
        }
    }
}
