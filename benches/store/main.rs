//! What the static store costs beside its peers: `cargo bench`.
//!
//! Absolute times hold for one machine and hour only, so only ratios have targets. Every method is
//! measured in every round of one run, and the median counts. Nothing fails: it prints.
//!
//! `store instructions <clients> <hit|miss> <rounds>` is the program that `scripts/instructions`
//! counts under valgrind.
#![allow(clippy::expect_used, clippy::type_complexity, reason = "a program for developers")]

mod corpus;
// The very search of the macro, whose crate can export nothing else. Its tests run there.
#[allow(unused_imports)]
#[path = "../../macros/src/index.rs"]
mod index;
mod lookup;
mod measure;
mod redirect;
mod verify;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    if let ["instructions", clients, kind, rounds] = args[..] {
        let number = |text: &str| text.parse().expect("a number");
        return lookup::instructions(number(clients), kind == "hit", number(rounds));
    }
    for clients in [3, 30, 300, 3_000, 30_000] {
        lookup::compare(clients);
    }
    verify::compare();
    redirect::compare();
}
