//! The search for the perfect hash of the static store. The hash itself is the runtime's.

use guestlist_runtime::__private::{Words, bucket, displaced, position};

/// A seed under which no two ids meet, and what follows from it.
#[derive(Debug, Default)]
pub struct Index {
    pub seed: u64,
    /// One for each bucket.
    pub displacements: Vec<u32>,
    /// For each slot, the id that lies there.
    pub slots: Vec<usize>,
}

/// Finds the index of different ids. A seed fails now and then; that none of many works does not
/// happen with different ids, and equal ones are an error before.
pub fn search(ids: &[Words]) -> Option<Index> {
    (1..=1000_u64).find_map(|attempt| try_seed(ids, attempt.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
}

/// Gives each bucket, the fullest first, the smallest displacement that moves all its ids to free slots.
fn try_seed(ids: &[Words], seed: u64) -> Option<Index> {
    let slots = ids.len();
    let mut displacements = vec![0_u32; slots.div_ceil(3)];
    let mut buckets: Vec<Vec<(usize, usize)>> = vec![Vec::new(); displacements.len()];
    for (id, words) in ids.iter().enumerate() {
        let hash = words.hash(seed);
        buckets.get_mut(bucket(hash, displacements.len()))?.push((id, position(hash, slots)));
    }
    let mut order: Vec<usize> = (0..buckets.len()).collect();
    order.sort_by_key(|bucket| core::cmp::Reverse(buckets.get(*bucket).map_or(0, Vec::len)));
    let mut taken = vec![None; slots];
    for at in order {
        let bucket = buckets.get(at)?;
        let displacement = (0..u32::try_from(slots).ok()?).find(|displacement| {
            let slot = |position| displaced(position, *displacement, slots);
            let free = bucket.iter().all(|(_, position)| taken.get(slot(*position)) == Some(&None));
            free && bucket
                .iter()
                .enumerate()
                .all(|(nth, (_, position))| bucket.iter().take(nth).all(|(_, other)| position != other))
        })?;
        for (id, position) in bucket {
            *taken.get_mut(displaced(*position, displacement, slots))? = Some(*id);
        }
        *displacements.get_mut(at)? = displacement;
    }
    Some(Index { seed, displacements, slots: taken.into_iter().flatten().collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_has_a_slot_of_its_own() {
        for count in [0, 1, 2, 3, 5, 30, 300, 3000] {
            let ids: Vec<Words> = (0..count).map(|n| Words::of(&format!("client-{n}"))).collect();
            let Some(index) = search(&ids) else { panic!("no seed for {count} ids") };
            let mut slots = index.slots.clone();
            slots.sort_unstable();
            assert_eq!(slots, (0..count).collect::<Vec<_>>());
            for (slot, id) in index.slots.iter().enumerate() {
                let hash = ids[*id].hash(index.seed);
                let displacement = index.displacements[bucket(hash, index.displacements.len())];
                assert_eq!(displaced(position(hash, count), displacement, count), slot);
            }
        }
    }
}
