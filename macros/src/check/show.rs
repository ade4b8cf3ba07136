//! What the rulebook says to what rustc says: findings and unfulfilled expectations at their tokens.

use guestlist_runtime::rules::{Finding, Level, Place as At, Report};

use super::client::Written;
use super::server;
use crate::report::{Errors, Place, position, with_help, with_link};

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
            At::Default(..) => server.defaults.places.as_ref(),
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
            let text = with_link(with_help(message(finding), &help), rule);
            warnings.push(Warning { name: rule, place, text });
        }
    }
    for unfulfilled in report.unfulfilled {
        let client = unfulfilled.client.and_then(|client| clients.get(client));
        let expectations = client.map_or(&server.expectations, |client| &client.expectations);
        let Some(expectation) = expectations.iter().find(|one| one.rule == unfulfilled.rule) else { continue };
        let text = with_help(format!("`{}` has nothing to report here", unfulfilled.rule), "remove the expectation");
        warnings.push(Warning { name: UNFULFILLED, place: expectation.place, text });
    }
    warnings.sort_by_key(|warning| position(warning.place.first));
    warnings
}

/// What is wrong, with the byte at which it is if that is not the first.
fn message(finding: &Finding) -> String {
    match finding.bytes.as_ref().map(|bytes| bytes.start) {
        Some(start) if start > 0 => format!("{} (byte {start})", finding.message),
        _ => finding.message.to_string(),
    }
}
