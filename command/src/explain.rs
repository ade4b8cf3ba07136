//! What a rule protects against.

use std::process::ExitCode;

use anstream::println;
use guestlist_runtime::Profile;
use guestlist_runtime::rules::{self, CATALOGUE, Level, Rule};
use serde_json::{Value, json};

use crate::args::{Explain, Format};
use crate::rule::named;
use crate::terminal::BOLD;

pub fn run(args: &Explain) -> Result<ExitCode, String> {
    let rule = args.rule.as_deref().map(named).transpose()?;
    match (rule, args.format) {
        (Some(rule), Format::Text) => show(rule),
        (Some(rule), Format::Json) => println!("{}", as_json(rule)),
        (None, Format::Text) => list(),
        (None, Format::Json) => println!("{}", rules::all().map(as_json).collect::<Value>()),
    }
    Ok(ExitCode::SUCCESS)
}

fn list() {
    let width = rules::all().map(|rule| rule.name.len()).max().unwrap_or_default();
    for subject in CATALOGUE {
        println!("{BOLD}{}{BOLD:#}", subject.title);
        for rule in subject.rules {
            println!("  {:width$}  {}", rule.name, levels(rule));
        }
    }
}

fn show(rule: &Rule) {
    println!("{BOLD}{}{BOLD:#}: {}", rule.name, levels(rule));
    println!("{}", rule.standard);
    println!("\n{}", rule.protects);
    for (level, case) in rule.exceptions {
        println!("\nFor {case}: {}.", level.as_str());
    }
    println!("\n{BOLD}Wrong:{BOLD:#}\n\n{}", indented(rule.wrong));
    println!("\n{BOLD}Allowed:{BOLD:#}\n\n{}", indented(rule.right));
    println!("\n{}", rule.url());
}

fn indented(source: &str) -> String {
    source.trim().lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// The level under each profile.
fn levels(rule: &Rule) -> String {
    let levels = rule.levels.map(Level::as_str);
    let by_profile = match levels {
        [one, two, three] if one == two && two == three => one.to_owned(),
        [default, oauth21, fapi20] => format!("{default}; under OAuth 2.1 {oauth21}, under FAPI 2.0 {fapi20}"),
    };
    if rule.pedantic { format!("{by_profile}, if switched on by `pedantic`") } else { by_profile }
}

fn as_json(rule: &Rule) -> Value {
    let level = |profile| rule.level(profile).as_str();
    json!({
        "rule": rule.name,
        "levels": {
            Profile::Default.as_str(): level(Profile::Default),
            Profile::OAuth21.as_str(): level(Profile::OAuth21),
            Profile::Fapi20.as_str(): level(Profile::Fapi20),
        },
        "pedantic": rule.pedantic,
        "exceptions": rule.exceptions.iter().map(|(level, case)| json!({ "case": case, "level": level.as_str() })).collect::<Value>(),
        "standard": rule.standard,
        "protects": rule.protects,
        "wrong": rule.wrong,
        "allowed": rule.right,
        "url": rule.url(),
    })
}
