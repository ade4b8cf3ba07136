//! How findings are treated: the most specific word wins, that of the block before that of the
//! server before that of the profile. An error of the profile cannot be lowered.

use alloc::{collections::BTreeSet, format, vec::Vec};

use super::{Case, Check, Definition, Finding, Level, PEDANTIC, Report, Rule, Unfulfilled, all, message};
use crate::{Levels, Server};

/// Gives every finding the level that is in force, and drops the silent ones. Of the expectations
/// those are left that nothing fulfilled.
pub(super) fn apply(
    server: &Server,
    definitions: &[Definition],
    findings: Vec<Finding>,
    mut unfulfilled: Vec<Unfulfilled>,
) -> Report {
    let mut reported = Vec::new();
    let mut fulfilled = BTreeSet::new();
    for mut finding in findings {
        let rule = finding.rule;
        // A case that is an error is one in every group.
        let is_silent = rule.pedantic && finding.level != Level::Error;
        let by_profile = if is_silent { Level::Silent } else { finding.level };
        let lowest = if by_profile == Level::Error { Level::Error } else { Level::Silent };
        let by_server = server.levels.wanted(rule).unwrap_or(by_profile);
        let names = [Some(rule.name), rule.pedantic.then_some(PEDANTIC)].into_iter().flatten();
        let expecting = finding.clients().map(Some).filter(|_| by_server.max(lowest) > Level::Silent);
        for client in expecting.chain((by_profile > Level::Silent).then_some(None)) {
            fulfilled.extend(names.clone().map(|name| (client, name)));
        }
        // A finding across clients is silent only where each block concerned allows it.
        let wanted = finding
            .clients()
            .filter_map(|client| definitions.get(client))
            .map(|definition| definition.levels.wanted(rule).unwrap_or(by_server))
            .max()
            .unwrap_or(by_server);
        if rule.pedantic && wanted == Level::Warning {
            // It is switched on, and the finding has the level of its own for the case.
        } else if wanted < lowest {
            let name = format!("`{}` is an error under ", rule.name);
            finding.note = message![name, server.profile, " and cannot be lowered"];
            finding.level = by_profile;
        } else {
            finding.level = wanted;
        }
        if finding.level > Level::Silent {
            reported.push(finding);
        }
    }
    unfulfilled.retain(|expectation| !fulfilled.contains(&(expectation.client, expectation.rule.as_str())));
    Report { findings: reported, unfulfilled }
}

/// Every `expect` of the server and of the blocks that could be fulfilled: not of a rule that needs
/// a clock where there is none, nor of one that stays silent because something could not be read.
pub(super) fn expectations(server: &Server, cases: &[Case<'_>], has_clock: bool) -> Vec<Unfulfilled> {
    let speaks = |name: &str, cases: &[Case<'_>]| {
        let mut rules = all().filter(|rule| rule.name == name || (rule.pedantic && name == PEDANTIC));
        rules.all(|rule| match rule.check {
            Check::Timed(_) if !has_clock => name == PEDANTIC,
            _ => cases.iter().all(|case| case.can_judge(rule)),
        })
    };
    let of_server = server.levels.expect.iter().filter(|rule| speaks(rule, cases));
    let of_server = of_server.map(|rule| Unfulfilled { client: None, rule: rule.clone() });
    let of_blocks = cases.iter().flat_map(|case| {
        let expected = &case.definition.levels.expect;
        let expected = expected.iter().filter(|rule| speaks(rule, core::slice::from_ref(case)));
        expected.map(|rule| Unfulfilled { client: Some(case.index), rule: rule.clone() })
    });
    of_server.chain(of_blocks).collect()
}

impl Levels {
    /// What these lists say of a rule: by its name, otherwise by its group. If several lists name
    /// it, the strictest wins.
    pub(super) fn wanted(&self, rule: &Rule) -> Option<Level> {
        let by = |name: &str| {
            let named = |list: &[crate::Text]| list.iter().any(|entry| entry == name);
            if named(&self.deny) {
                Some(Level::Error)
            } else if named(&self.warn) {
                Some(Level::Warning)
            } else if named(&self.allow) || named(&self.expect) {
                Some(Level::Silent)
            } else {
                None
            }
        };
        by(rule.name).or_else(|| if rule.pedantic { by(PEDANTIC) } else { None })
    }
}
