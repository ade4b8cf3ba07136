//! The perfect hash of the static store: known ids, so no two of them meet in a slot.
//!
//! An id is read as five words without a branch on its length (except below eight bytes and above
//! forty), since a branch per length costs more than the loads it saves. The words serve twice:
//! they are hashed, and they are compared with the words of the entry in the slot. A set of keys
//! that is known cannot be flooded with collisions, so the hash needs no secret.

/// The words of an id and its length: up to `EXACT` bytes they are the id, beyond that a digest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Overlapping words of the id.
    pub words: [u64; 5],
    /// The id's length in bytes.
    pub len: usize,
}

/// The longest id that its words tell apart from every other.
pub const EXACT: usize = 40;

const MIX: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f];

impl Words {
    /// Reads an id.
    #[must_use]
    #[inline]
    pub const fn of(id: &str) -> Self {
        let bytes = id.as_bytes();
        let len = bytes.len();
        let words = match bytes.last_chunk::<8>() {
            Some(last) => {
                let end = len - 8;
                let third = word(bytes, min(24, end));
                let third = if len > EXACT { digest(bytes, third) } else { third };
                [word(bytes, 0), word(bytes, min(8, end)), word(bytes, min(16, end)), third, u64::from_le_bytes(*last)]
            }
            None => [short(bytes), 0, 0, 0, 0],
        };
        Self { words, len }
    }

    /// Whether the words and lengths are equal, without a branch on the first difference.
    #[must_use]
    #[inline]
    pub const fn equals(&self, other: &Self) -> bool {
        let [a0, a1, a2, a3, a4] = self.words;
        let [b0, b1, b2, b3, b4] = other.words;
        let difference = (a0 ^ b0) | (a1 ^ b1) | (a2 ^ b2) | (a3 ^ b3) | (a4 ^ b4);
        difference | (self.len ^ other.len) as u64 == 0
    }

    /// The hash under a seed.
    #[must_use]
    #[inline]
    pub const fn hash(&self, seed: u64) -> u64 {
        let [a, b, c, d, e] = self.words;
        let ends = fold(a ^ seed, e ^ MIX[0] ^ self.len as u64);
        // Two words meet before they are multiplied; turned by the seed, no two ids meet under every seed.
        let middle = fold(b ^ c.rotate_left(seed as u32), d ^ seed);
        ends ^ middle
    }
}

/// The bucket of a hash, of `buckets`: its upper bits, scaled without a division.
#[must_use]
#[inline]
pub const fn bucket(hash: u64, buckets: usize) -> usize {
    ((hash as u128 * buckets as u128) >> 64) as usize
}

/// The slot of a hash before its bucket's displacement, of `slots`: its lower bits, scaled likewise.
#[must_use]
#[inline]
pub const fn position(hash: u64, slots: usize) -> usize {
    ((hash as u32 as u64 * slots as u64) >> 32) as usize
}

/// The slot of a position after its bucket's displacement; both are below `slots`.
#[must_use]
#[inline]
pub const fn displaced(position: usize, displacement: u32, slots: usize) -> usize {
    let slot = position + displacement as usize;
    match slot.checked_sub(slots) {
        Some(wrapped) => wrapped,
        None => slot,
    }
}

/// Multiplies to 128 bits and folds the halves.
#[inline]
const fn fold(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    product as u64 ^ (product >> 64) as u64
}

#[inline]
const fn min(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

/// The eight bytes at an offset, little-endian on every host.
#[inline]
const fn word(bytes: &[u8], offset: usize) -> u64 {
    match bytes.split_at(offset).1.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => 0,
    }
}

/// Up to seven bytes as one word.
#[inline]
const fn short(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return u32::from_le_bytes(*first) as u64 | (u32::from_le_bytes(*last) as u64) << 32;
    }
    match bytes {
        [a, b, c] => *a as u64 | (*b as u64) << 8 | (*c as u64) << 16,
        [a, b] => *a as u64 | (*b as u64) << 8,
        [a] => *a as u64,
        _ => 0,
    }
}

/// Digests the words between the third and the last of an id that is longer than [`EXACT`].
#[cold]
const fn digest(bytes: &[u8], mut digest: u64) -> u64 {
    let mut offset = 32;
    while offset < bytes.len() - 8 {
        digest = fold(digest ^ MIX[0], word(bytes, min(offset, bytes.len() - 8)) ^ MIX[1]);
        offset += 8;
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    #[test]
    fn words_tell_ids_apart_by_every_byte_and_by_length() {
        for len in 0..=96 {
            let id: String = "abcdefghijklmnopqrstuvwxyz".chars().cycle().take(len).collect();
            let words = Words::of(&id);
            assert!(words.equals(&Words::of(&id.clone())));
            assert!(!words.equals(&Words::of(&(id.clone() + "x"))), "{len}");
            for place in 0..len {
                let changed: String =
                    id.char_indices().map(|(at, byte)| if at == place { '~' } else { byte }).collect();
                assert!(!words.equals(&Words::of(&changed)), "byte {place} of {len}");
                assert_ne!(words.hash(7), Words::of(&changed).hash(7), "byte {place} of {len}");
            }
        }
    }

    #[test]
    fn a_nul_is_a_byte_like_any_other() {
        assert!(!Words::of("a").equals(&Words::of("a\0")));
        assert!(!Words::of("").equals(&Words::of("\0")));
    }
}
