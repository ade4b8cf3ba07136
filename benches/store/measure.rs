//! Methods side by side.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// A peer, and the largest ratio of our time to its time that is good, if that is a target.
pub struct Peer<'a> {
    pub name: &'a str,
    pub run: &'a dyn Fn() -> u64,
    pub target: Option<f64>,
}

const ROUNDS: usize = 31;

/// Measures `ours` and each peer in every round, where one run is `count` operations, and prints
/// the median of the rounds' ratios. All must return the same, so that all do the same work.
pub fn compare(title: &str, count: usize, ours: &dyn Fn() -> u64, peers: &[Peer]) {
    let runs: Vec<&dyn Fn() -> u64> = core::iter::once(ours).chain(peers.iter().map(|peer| peer.run)).collect();
    for run in &runs {
        assert_eq!(run(), ours(), "{title}: a method does other work");
    }
    let mut rounds = Vec::new();
    for round in 0..ROUNDS {
        let mut times = vec![Duration::ZERO; runs.len()];
        // Each round starts with another method: what runs first finds other data in the caches.
        for at in 0..runs.len() {
            let at = (at + round) % runs.len();
            let start = Instant::now();
            black_box(runs[at]());
            times[at] = start.elapsed();
        }
        rounds.push(times);
    }
    let nanoseconds = |at: usize| median(rounds.iter().map(|times| times[at].as_secs_f64() * 1e9 / count as f64));
    println!("\n{title}: {:.1} ns", nanoseconds(0));
    for (peer, at) in peers.iter().zip(1..) {
        let ratio = median(rounds.iter().map(|times| times[0].as_secs_f64() / times[at].as_secs_f64()));
        let verdict = match peer.target {
            Some(target) if ratio <= target => format!("<= {target:.2}  ok"),
            Some(target) => format!("<= {target:.2}  MISS"),
            None => String::new(),
        };
        println!("  {ratio:5.2}x {:<32} {:8.1} ns  {verdict}", peer.name, nanoseconds(at));
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
