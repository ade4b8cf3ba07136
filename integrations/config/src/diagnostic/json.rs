//! Diagnostics for other programs.

use guestlist_runtime::rules::Level;
use serde_json::{Value as Json, json};

use super::{Diagnostic, Diagnostics, Span};

pub(super) fn array(diagnostics: &Diagnostics) -> Json {
    diagnostics.iter().map(|one| object(one, diagnostics.file())).collect()
}

fn object(diagnostic: &Diagnostic, file: &str) -> Json {
    let Diagnostic { level, rule, message, help, note, span, other } = diagnostic;
    let text = |text: &String| if text.is_empty() { Json::Null } else { json!(text) };
    let mut object = place(span.as_ref());
    object["file"] = json!(file);
    object["level"] = json!(if *level == Level::Error { "error" } else { "warning" });
    object["rule"] = json!(rule);
    object["url"] = json!(diagnostic.url());
    object["message"] = json!(message);
    object["help"] = text(help);
    object["note"] = text(note);
    object["other"] = other.as_ref().map_or(Json::Null, |(span, label)| {
        let mut other = place(Some(span));
        other["label"] = json!(label);
        other
    });
    object
}

fn place(span: Option<&Span>) -> Json {
    json!({
        "pointer": span.map(|span| &span.pointer),
        "line": span.map(|span| span.line),
        "column": span.map(|span| span.column),
        "end_line": span.map(|span| span.end_line),
        "end_column": span.map(|span| span.end_column),
    })
}
