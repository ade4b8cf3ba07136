//! What does the rulebook say of a row, or of what is to become one?

use std::time::{SystemTime, UNIX_EPOCH};

use guestlist_runtime::rules::{self, Definition, Finding};
use guestlist_runtime::{Client, Server, Settings};

use crate::Refused;
use crate::record::{Record, Row};

/// Judges a row by itself: the definition with its warnings, unless it is refused.
pub fn row(server: &Server, row: Row) -> Result<(Definition, Vec<Finding>), Refused> {
    let definitions = [row.definition];
    let report = rules::check_at(server, &definitions, Vec::new(), now());
    let [definition] = definitions;
    if row.misfits.is_empty() && !report.refuses() {
        return Ok((definition, of_client(report.findings)));
    }
    Err(Refused { client_id: definition.client.client_id, misfits: row.misfits, report })
}

/// The rows of a definition, and the definition as it is to be judged: as it will be when it is read, when what is not
/// as by default counts as written, but with what is known of its secrets, which is judged now or never.
pub fn draft(server: &Server, definition: Definition) -> Result<(Record, Definition), Refused> {
    let written = Settings::differing(&definition.client, &Client::DEFAULT);
    let definition = Definition { written, unread: Settings::NONE, ..definition };
    let client = definition.clone().into_client();
    match Record::of(&client, &definition.levels) {
        Ok(record) => Ok((record, definition)),
        Err(misfits) => Err(Refused {
            client_id: definition.client.client_id.clone(),
            misfits,
            report: rules::check_at(server, &[definition], Vec::new(), now()),
        }),
    }
}

/// Judges a draft beside some of the other clients: its warnings, unless it is refused.
pub fn among(server: &Server, draft: Definition, others: Vec<Row>) -> Result<Vec<Finding>, Refused> {
    let client_id = draft.client.client_id.clone();
    let others = others.into_iter().map(|row| row.definition);
    let definitions: Vec<Definition> = std::iter::once(draft).chain(others).collect();
    let mut report = rules::check_at(server, &definitions, Vec::new(), now());
    // What is wrong with the others alone is not this writer's business.
    let concerns = |client: Option<usize>| client.is_none_or(|client| client == 0);
    report.findings.retain(|finding| concerns(finding.client));
    report.unfulfilled.retain(|expectation| concerns(expectation.client));
    if report.refuses() {
        Err(Refused { client_id, misfits: Vec::new(), report })
    } else {
        Ok(of_client(report.findings))
    }
}

/// What is said of the client, which is the first. What is said of the server is no news with each client.
fn of_client(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(|finding| finding.client == Some(0));
    findings
}

/// A clock that is before 1970 is wrong, and then nothing that can expire counts.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(u64::MAX, |time| time.as_secs())
}
