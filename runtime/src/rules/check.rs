//! Runs the rulebook on definitions.

use alloc::{collections::BTreeSet, string::ToString, vec::Vec};

use super::{Case, Check, Definition, Finding, Level, Message, Place, Rule, all, follow, levels, scope};
use crate::{Profile, Server, Text};

/// Where a rule puts its findings.
#[derive(Debug)]
pub(super) struct Found<'a> {
    rule: &'static Rule,
    profile: Profile,
    findings: &'a mut Vec<Finding>,
}

impl Found<'_> {
    /// Reports a finding on a client.
    pub(super) fn report(&mut self, case: &Case<'_>, place: Place, message: Message, help: Message) -> &mut Finding {
        self.push(Some(case.index), case.visible(place), message, help)
    }

    /// Reports a finding on the server.
    pub(super) fn report_server(&mut self, place: Place, message: Message, help: Message) -> &mut Finding {
        self.push(None, place, message, help)
    }

    fn push(&mut self, client: Option<usize>, place: Place, message: Message, help: Message) -> &mut Finding {
        let level = self.rule.level(self.profile);
        // `Vec::push_mut` is newer than our `rust-version`.
        let at = self.findings.len();
        self.findings.push(Finding { level, ..self.rule.finding(client, place, message, help) });
        &mut self.findings[at]
    }
}

/// What the rulebook says of definitions.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// Every finding that is not silent: those of the server, then by client and in the order of the catalogue.
    pub findings: Vec<Finding>,
    /// Every `expect` whose rule has nothing to report.
    pub unfulfilled: Vec<Unfulfilled>,
}

impl Report {
    /// Whether a finding is an error, so that the definitions are refused.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }
}

/// An `expect` whose rule has nothing to report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unfulfilled {
    /// The index of the definition, or none where the server expects.
    pub client: Option<usize>,
    /// The rule's name.
    pub rule: Text,
}

/// Checks definitions against the whole rulebook, but for the rules that depend on the time.
///
/// `found` are findings that were made while the definitions were read, of what cannot be typed; they are treated as
/// the others.
#[must_use]
pub fn check(server: &Server, definitions: &[Definition], found: Vec<Finding>) -> Report {
    run(server, definitions, found, None)
}

/// As [`check`], with the rules that depend on the time: `now` is the Unix time, in seconds.
#[must_use]
pub fn check_at(server: &Server, definitions: &[Definition], found: Vec<Finding>, now: u64) -> Report {
    run(server, definitions, found, Some(now))
}

/// Checks one record about which nothing else is known.
#[must_use]
pub fn check_client(server: &Server, client: impl Into<Definition>) -> Vec<Finding> {
    check(server, &[client.into()], Vec::new()).findings
}

fn run(server: &Server, definitions: &[Definition], mut findings: Vec<Finding>, now: Option<u64>) -> Report {
    let scopes: BTreeSet<&str> = scope::known(server).collect();
    let case = |(index, definition)| Case::new(index, definition, server, &scopes);
    let cases: Vec<Case<'_>> = definitions.iter().enumerate().map(case).collect();
    for rule in all() {
        let mut found = Found { rule, profile: server.profile, findings: &mut findings };
        let mut each = |check: &dyn Fn(&Case<'_>, &mut Found<'_>)| {
            cases.iter().filter(|case| case.can_judge(rule)).for_each(|case| check(case, &mut found));
        };
        match (rule.check, now) {
            (Check::Client(check), _) => each(&check),
            (Check::Timed(check), Some(now)) => each(&|case, found| check(case, now, found)),
            (Check::Set(check), _) => check(&cases, &mut found),
            (Check::Server(check), _) => check(server, &cases, &mut found),
            (Check::Timed(_), None) | (Check::Reading, _) => {}
        }
    }
    let unfulfilled = levels::expectations(server, &cases, now.is_some());
    let mut report = levels::apply(server, definitions, findings, unfulfilled);
    follow::silence(server.profile, definitions, &mut report.findings);
    report.findings.sort_by_key(|finding| finding.client);
    defaults_once(&mut report.findings);
    report
}

/// A mistake in the server's defaults is one mistake, however many clients have it.
fn defaults_once(findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    findings.retain(|finding| {
        let Place::Default(..) = finding.place else { return true };
        seen.insert((finding.rule.name, finding.place, finding.level, finding.message.to_string()))
    });
}
