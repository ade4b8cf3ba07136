//! What the rulebook says to what rustc says: findings and unfulfilled expectations at their tokens.

use guestlist_runtime::rules::{Finding, Level, Place as At, Report, Rule};

use super::client::{self, Written};
use super::server;
use crate::report::{Error, Errors, Place, position, with_help};

/// A warning, shown as the use of a deprecated macro of this name.
#[derive(Debug)]
pub struct Warning {
    pub name: &'static str,
    pub place: Place,
    pub text: String,
}

/// The name of a warning that is no rule.
const UNFULFILLED: &str = "unfulfilled_expectation";

/// Errors go to the bag; the warnings are in the order of the source.
pub fn report(report: Report, server: &server::Read, clients: &[Written], errors: &mut Errors) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for finding in report.findings.iter().filter(|finding| !server.hides(finding.rule.name)) {
        let client = finding.client.and_then(|client| clients.get(client)).map(|client| &client.places);
        let places = match finding.place {
            At::Default(_) => server.defaults.places.as_ref(),
            _ => client,
        };
        let place = places.map_or_else(|| server.places.of(finding.place), |places| places.of(finding.place));
        let rule = finding.rule.name;
        let help = finding.help.to_string();
        if finding.level == Level::Error {
            errors.broken(rule, place, message(finding), help);
            if !finding.note.pieces.is_empty() {
                errors.note(&finding.note.to_string());
            }
        } else {
            warnings.extend(warning(rule, place, client, clients, &with_help(message(finding), &help), errors));
        }
    }
    for unfulfilled in report.unfulfilled {
        let client = unfulfilled.client.and_then(|client| clients.get(client));
        let expectations = client.map_or(&server.expectations, |client| &client.expectations);
        let Some(expectation) = expectations.iter().find(|one| one.rule == unfulfilled.rule) else { continue };
        let text = with_help(format!("`{}` has nothing to report here", unfulfilled.rule), "remove the expectation");
        let client = client.map(|client| &client.places);
        warnings.extend(warning(UNFULFILLED, expectation.place, client, clients, &text, errors));
    }
    warnings.sort_by_key(|warning| position(warning.place.first));
    explain(errors, &mut warnings);
    warnings
}

/// Tells once, behind the first finding, where the rules are explained.
fn explain(errors: &mut Errors, warnings: &mut [Warning]) {
    let first = match errors.first_broken() {
        Some(Error { rule: Some(rule), message, .. }) => Some((*rule, message)),
        _ => warnings.iter_mut().find(|one| one.name != UNFULFILLED).map(|one| (one.name, &mut one.text)),
    };
    if let Some((rule, text)) = first.and_then(|(rule, text)| Some((Rule::named(rule)?, text))) {
        text.push_str(&format!("\nnote: on this rule and all others: {}", rule.url()));
    }
}

/// What is wrong, with the byte at which it is if that is not the first.
fn message(finding: &Finding) -> String {
    match finding.bytes.as_ref().map(|bytes| bytes.start) {
        Some(start) if start > 0 => format!("{} (byte {start})", finding.message),
        _ => finding.message.to_string(),
    }
}

/// Places a warning on a line without a secret in clear: rustc quotes the line, and cargo keeps what
/// rustc prints. If the client is written on one line with its secret, that is a line of another
/// block; if there is none, it is an error that says what to do.
fn warning(
    name: &'static str,
    place: Place,
    client: Option<&client::Places>,
    clients: &[Written],
    text: &str,
    errors: &mut Errors,
) -> Option<Warning> {
    let clear = |place: Place| {
        let lines = clients.iter().flat_map(|client| &client.places.clear_lines);
        lines.clone().any(|lines| place.lines().any(|line| lines.contains(&line)))
    };
    let own = client.map(|client| [client.client(), client.name()]).into_iter().flatten();
    let (line, _) = position(place.first);
    if let Some(place) = core::iter::once(place).chain(own).find(|place| !clear(*place)) {
        return Some(Warning { name, place, text: text.to_owned() });
    }
    if let Some(place) = clients.iter().map(|client| client.places.name()).find(|place| !clear(*place)) {
        return Some(Warning { name, place, text: format!("(about the client on line {line}) {text}") });
    }
    errors.push(
        place,
        format!("{text}\n[{name}]"),
        "put the secret on a line of its own first: this is a warning, and with it rustc would copy the line, secret \
         included, into files below `target/`",
    );
    None
}
