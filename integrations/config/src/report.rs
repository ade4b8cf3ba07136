//! What the rulebook says of a file, at its places and in its words.

use core::ops::Range;
use std::collections::BTreeSet;

use guestlist_runtime::rules::{Finding, Level, Message, Place, Report};
use guestlist_runtime::{Client, Value};

use crate::read::{Problem, Read};
use crate::tree::narrow;

/// The findings and the expectations that nothing fulfilled, as problems of the file.
pub(crate) fn problems(report: &Report, read: &Read, text: &str) -> Vec<Problem> {
    let findings = report.findings.iter().map(|finding| problem(finding, read, text));
    let findings = without_mirrored(findings);
    let unfulfilled = report.unfulfilled.iter().map(|unfulfilled| {
        let places = unfulfilled.client.and_then(|client| read.places.get(client));
        let place = places.and_then(|places| places.expectations.iter().find(|(rule, _)| *rule == unfulfilled.rule));
        Problem {
            level: Level::Warning,
            rule: Some("unfulfilled_expectation"),
            message: format!("`{}` has nothing to report here", unfulfilled.rule),
            help: String::from("remove the expectation"),
            note: String::new(),
            range: place.map(|(_, range)| range.clone()),
            other: None,
        }
    });
    findings.into_iter().chain(unfulfilled).collect()
}

/// Where the rulebook names two places twice, each as the other of the other, the two are shown together once.
fn without_mirrored(problems: impl Iterator<Item = Problem>) -> Vec<Problem> {
    let mut shown = BTreeSet::new();
    let is_first = |problem: &Problem| {
        let Some(((other, _), range)) = problem.other.as_ref().zip(problem.range.as_ref()) else { return true };
        let key = |one: &Range<usize>, other: &Range<usize>| {
            (problem.rule, problem.level == Level::Error, [one.start, one.end, other.start, other.end])
        };
        shown.insert(key(range, other));
        !shown.contains(&key(other, range))
    };
    problems.filter(is_first).collect()
}

fn problem(finding: &Finding, read: &Read, text: &str) -> Problem {
    let say = |message: &Message| read.dialect.say(message);
    let place = |client: Option<usize>, place: Place| -> Option<Range<usize>> {
        // What is wrong with the server is not in the file.
        Some(read.places.get(client?)?.of(place))
    };
    let range = place(finding.client, finding.place);
    let narrowed = range.as_ref().and_then(|range| {
        let client = &read.definitions.get(finding.client?)?.client;
        narrow(text, range, &written(client, finding.place)?, finding.bytes.as_ref()?)
    });
    let message = say(&finding.message);
    let message = match &finding.bytes {
        Some(bytes) if narrowed.is_none() && bytes.start > 0 => format!("{message} (byte {})", bytes.start),
        _ => message,
    };
    let note = match finding.place {
        Place::Default(..) => "it is a default of the server",
        Place::Server(..) => "it is a setting of the server, which is not in this file",
        _ => "",
    };
    let other = finding.other.and_then(|(client, other)| place(client, other));
    Problem {
        level: finding.level,
        rule: Some(finding.rule.name),
        message,
        help: say(&finding.help),
        note: if finding.note.pieces.is_empty() { String::from(note) } else { say(&finding.note) },
        other: other.filter(|other| Some(other) != range.as_ref()).map(|other| (other, "the other is here")),
        range: narrowed.or(range),
    }
}

/// The text at a place.
fn written(client: &Client, place: Place) -> Option<String> {
    let value = client.value(place.setting()?);
    match (place, value) {
        (Place::Value(_), Value::Text(text) | Value::OptionalText(Some(text))) => Some(text.to_string()),
        (Place::Item(_, at), Value::Texts(texts)) => texts.get(at).map(ToString::to_string),
        (Place::Item(_, at), Value::GrantTypes(grants)) => grants.get(at).map(ToString::to_string),
        _ => None,
    }
}
