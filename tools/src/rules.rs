//! The page of rules, made from the catalogue.

use std::fmt::Write;
use std::fs;

use guestlist::rules::{self, Level, Rule};

use crate::{repository, standards};

const PAGE: &str = "docs/rules.md";

/// Writes the page.
pub(crate) fn write() -> Result<(), String> {
    fs::create_dir_all(repository("docs")).map_err(|error| format!("cannot make docs: {error}"))?;
    fs::write(repository(PAGE), page()).map_err(|error| format!("cannot write {PAGE}: {error}"))?;
    println!("wrote {PAGE}");
    Ok(())
}

/// Fails if the page is not what the catalogue makes.
pub(crate) fn check() -> Result<(), String> {
    let written = fs::read_to_string(repository(PAGE)).unwrap_or_default();
    if written == page() {
        return Ok(());
    }
    Err(format!("{PAGE} is not up to date: run `cargo run -p guestlist-tools -- rules`"))
}

fn page() -> String {
    let mut page = String::from(
        "# The rules\n\n\
         Every rule that a client definition is held to, with its level under the profiles `Default`, `OAuth21` and \
         `Fapi20`.\nA finding that is an error refuses the definition; a warning can be silenced on the block with \
         `#[allow(rule)]`, for all\nclients with `allow: [rule]` in the `Server` block. Pedantic rules are silent \
         unless `warn: [pedantic]` or their own name\nswitches them on.\n\n\
         Made by `cargo run -p guestlist-tools -- rules`.\n\n",
    );
    for subject in rules::CATALOGUE {
        let anchor = subject.title.to_lowercase().replace([','], "").replace(' ', "-");
        let _ = writeln!(page, "- [{}](#{anchor})", subject.title);
    }
    for subject in rules::CATALOGUE {
        let _ = write!(page, "\n## {}\n", subject.title);
        for rule in subject.rules {
            page.push_str(&entry(rule));
        }
    }
    page
}

fn entry(rule: &Rule) -> String {
    let [default, oauth21, fapi20] = rule.levels.map(Level::as_str);
    let levels = if rule.pedantic {
        "pedantic".to_owned()
    } else if default == oauth21 && oauth21 == fapi20 {
        default.to_owned()
    } else {
        format!("{default} / {oauth21} / {fapi20}")
    };
    let warns_at_times =
        rule.levels.contains(&Level::Warning) || rule.exceptions.iter().any(|(level, _)| *level == Level::Warning);
    let silence = match rule.levels {
        _ if rule.needs_time() => {
            "It depends on the time: it says nothing while compiling, and is checked by `rules::check_at`. Silenced by `allow: […]` in the `Server` block."
        }
        _ if rule.pedantic => "Switched on by `warn: [pedantic]`, off again by `#[allow(…)]`.",
        levels if levels.contains(&Level::Error) && !warns_at_times => "It cannot be silenced.",
        levels if levels.contains(&Level::Error) => "Where it is a warning: `#[allow(…)]`.",
        _ => "Silenced by `#[allow(…)]`.",
    };
    let silence = silence.replace('…', rule.name);
    let exceptions: String =
        rule.exceptions.iter().map(|(level, case)| format!("\n\nFor {case}: {}.", level.as_str())).collect();
    format!(
        "\n### {}\n\n{levels} · {}\n\n{}{exceptions}\n\nWrong:\n\n```rust,ignore\n{}\n```\n\nAllowed:\n\n```rust,ignore\n{}\n```\n\n{silence}\n",
        rule.name,
        standards::linked(rule.standard),
        rule.protects,
        rule.wrong.trim(),
        rule.right.trim(),
    )
}
