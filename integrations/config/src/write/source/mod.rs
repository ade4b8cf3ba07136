//! Clients as `clients![ … ]` source.

mod layout;
mod server;

use guestlist_runtime::rules::{self, Definition, Finding, Level, PEDANTIC, Rule, SecretFacts, SecretForm};
use guestlist_runtime::source::Expr;
use guestlist_runtime::{Client, ClientRef, Secret, Server, Setting, Settings, Text, Value};

use super::{Exported, secret};
use layout::{TAB, lay, spaces};

const START: &str = "pub static CLIENTS: Clients = clients!";

/// The import, and a static with the blocks.
pub(super) fn source(server: &Server, clients: &[ClientRef]) -> Exported {
    let defaults = server::defaults(server, clients);
    let mut definitions: Vec<Definition> = clients.iter().map(|client| definition(client, &defaults)).collect();
    let findings = rules::check(server, &definitions, Vec::new()).findings;
    for finding in findings.iter().filter(|finding| is_denied(finding, server)) {
        finding.clients().for_each(|at| expect(&mut definitions, at, finding.rule));
    }
    let mut lost = Vec::new();
    let of_server = server::block(server, &defaults).map(|block| Block {
        comments: comments(&findings, None, &[]),
        attributes: Vec::new(),
        block,
    });
    let of_clients = definitions.iter().enumerate().map(|(at, definition)| {
        let expected = &definition.levels.expect;
        let mut comments = comments(&findings, Some(at), expected);
        for unsaid in secret::unsaid(&definition.client) {
            comments.push(format!("not written: {}", unsaid.what()));
            lost.push(unsaid);
        }
        let attributes = expected.iter().map(|rule| format!("#[expect({rule})]")).collect();
        Block { comments, attributes, block: Expr::Block("Client", fields(&definition.client, definition.written)) }
    });
    let blocks = of_server.into_iter().chain(of_clients).collect();
    let text = format!("use guestlist::{{Clients, clients}};\n\n{START}{};\n", list(blocks));
    Exported { text, lost }
}

/// The client as it will be read: what differs from the defaults is written, and secrets as digests and keys.
fn definition(client: &Client, defaults: &Client) -> Definition {
    let facts = |secret: &Secret| {
        SecretFacts::of_form(if secret.value.is_shared() { SecretForm::Digest } else { SecretForm::Key })
    };
    Definition {
        written: Settings::differing(client, defaults),
        secrets: client.client_secrets.iter().map(facts).collect(),
        ..Definition::from(client.clone())
    }
}

/// Whether it is an error only because the server denies the rule: such a client stood beside an attribute that allows
/// it, which its record does not tell.
fn is_denied(finding: &Finding, server: &Server) -> bool {
    let Finding { rule, level, .. } = finding;
    let is_named = |name: &Text| *name == rule.name || (rule.pedantic && *name == PEDANTIC);
    let by_profile = if rule.pedantic { Level::Silent } else { rule.level(server.profile) };
    *level == Level::Error && by_profile != Level::Error && server.levels.deny.iter().any(is_named)
}

fn expect(definitions: &mut [Definition], at: usize, rule: &Rule) {
    if let Some(Definition { levels, .. }) = definitions.get_mut(at)
        && !levels.expect.iter().any(|expected| expected == rule.name)
    {
        levels.expect = levels.expect.iter().cloned().chain([rule.name.into()]).collect();
    }
}

/// What the compiler will say of a block, each with the place where the rule is explained.
fn comments(findings: &[Finding], client: Option<usize>, expected: &[Text]) -> Vec<String> {
    let lines = |finding: &Finding| {
        let level = match finding.level {
            _ if expected.iter().any(|rule| rule == finding.rule.name) => "expected",
            Level::Error => "error",
            _ => "warning",
        };
        [format!("{level}: {finding}"), finding.rule.url()]
    };
    findings.iter().filter(|finding| finding.client == client).flat_map(lines).collect()
}

/// The settings in the order of the record.
fn fields(client: &Client, written: Settings) -> Vec<(&'static str, Expr)> {
    let written = Setting::ALL.iter().copied().filter(|setting| written.contains(*setting));
    written.filter_map(|setting| Some((setting.as_str(), expr(&client.value(setting))?))).collect()
}

fn expr(value: &Value) -> Option<Expr> {
    match value {
        Value::Seconds(seconds) | Value::OptionalSeconds(Some(seconds)) => Some(Expr::time(*seconds)),
        _ => Expr::of(value),
    }
}

/// A block, and what stands above it.
struct Block {
    comments: Vec<String>,
    attributes: Vec<String>,
    block: Expr,
}

impl Block {
    fn is_bare(&self) -> bool {
        self.comments.is_empty() && self.attributes.is_empty()
    }

    fn lines(&self) -> String {
        let comments = self.comments.iter().map(|line| format!("// {line}"));
        let above = comments.chain(self.attributes.iter().cloned());
        let above: String = above.map(|line| format!("{}{line}\n", spaces(TAB))).collect();
        format!("{above}{}{},\n", spaces(TAB), lay(&self.block, TAB, TAB, 1))
    }
}

/// The blocks in brackets.
fn list(blocks: Vec<Block>) -> String {
    if blocks.len() < 2 && blocks.iter().all(Block::is_bare) {
        let blocks = blocks.into_iter().map(|Block { block, .. }| block).collect();
        return lay(&Expr::List(blocks), 0, START.len(), ";".len());
    }
    format!("[\n{}]", blocks.iter().map(Block::lines).collect::<String>())
}
