//! What a rule protects against.

use std::process::ExitCode;

use guestlist_runtime::Profile;
use guestlist_runtime::rules::{self, CATALOGUE, Level, Rule, Subject};
use serde_json::{Value, json};

use crate::args::{Explain, Format};
use crate::rule::named;
use crate::terminal::{BOLD, print};

pub fn run(args: &Explain) -> Result<ExitCode, String> {
    let rule = args.rule.as_deref().map(named).transpose()?;
    print(match (rule, args.format) {
        (Some(rule), Format::Text) => page(rule),
        (Some(rule), Format::Json) => format!("{}\n", as_json(rule)),
        (None, Format::Text) => list(),
        (None, Format::Json) => format!("{}\n", rules::all().map(as_json).collect::<Value>()),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn list() -> String {
    let width = rules::all().map(|rule| rule.name.len()).max().unwrap_or_default();
    let line = |rule: &&Rule| format!("  {:width$}  {}\n", rule.name, levels(rule));
    let part = |subject: &Subject| {
        format!("{BOLD}{}{BOLD:#}\n{}", subject.title, subject.rules.iter().map(line).collect::<String>())
    };
    CATALOGUE.iter().map(part).collect()
}

fn page(rule: &Rule) -> String {
    let exception = |(level, case): &(Level, &str)| format!("\n\nFor {case}: {}.", level.as_str());
    let parts = [
        format!("{BOLD}{}{BOLD:#}: {}\n{}", rule.name, levels(rule), rule.standard),
        format!("{}{}", rule.protects, rule.exceptions.iter().map(exception).collect::<String>()),
        format!("{BOLD}Wrong:{BOLD:#}\n\n{}", indented(rule.wrong)),
        format!("{BOLD}Allowed:{BOLD:#}\n\n{}", indented(rule.right)),
        rule.url(),
    ];
    parts.join("\n\n") + "\n"
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
