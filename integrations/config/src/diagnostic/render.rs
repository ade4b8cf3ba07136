//! Diagnostics as rustc shows its own.

use annotate_snippets::{AnnotationKind, Element, Group, Level as Shown, Origin, Renderer, Snippet};
use guestlist_runtime::rules::Level;

use super::source::Excerpt;
use super::{Diagnostic, Diagnostics, Span};

/// All of them, with an empty line between two.
pub(super) fn render(diagnostics: &Diagnostics, in_colour: bool) -> String {
    let renderer = if in_colour { Renderer::styled() } else { Renderer::plain() };
    let shown: Vec<String> = diagnostics.iter().map(|one| renderer.render(&[group(one, diagnostics.file())])).collect();
    shown.join("\n\n")
}

fn group<'a>(diagnostic: &'a Diagnostic, file: &'a str) -> Group<'a> {
    let level = if diagnostic.level == Level::Error { Shown::ERROR } else { Shown::WARNING };
    let title = level.primary_title(diagnostic.message.as_str());
    let title = match diagnostic.rule {
        Some(rule) => title.id(rule),
        None => title,
    };
    // Terminals open it by the rule's name.
    let title = match diagnostic.url() {
        Some(url) => title.id_url(url),
        None => title,
    };
    let place = match &diagnostic.span {
        Some(span) => place(span, file, AnnotationKind::Primary, None),
        None => Origin::path(file).into(),
    };
    let other = diagnostic.other.as_ref();
    let other = other.map(|(span, label)| place_of_other(span, file, label));
    let said = [(Shown::HELP, &diagnostic.help), (Shown::NOTE, &diagnostic.note)].into_iter();
    let said = said.filter(|(_, text)| !text.is_empty()).map(|(level, text)| level.message(text.as_str()).into());
    title.element(place).elements(other).elements(said.collect::<Vec<Element<'a>>>())
}

fn place<'a>(span: &'a Span, file: &'a str, kind: AnnotationKind, label: Option<&'a str>) -> Element<'a> {
    match &span.excerpt {
        Some(Excerpt { line, marked }) => Snippet::source(line.as_str())
            .path(file)
            .line_start(span.line)
            .annotation(kind.span(marked.clone()).label(label))
            .into(),
        None => Origin::path(file).line(span.line).char_column(span.column).into(),
    }
}

fn place_of_other<'a>(span: &'a Span, file: &'a str, label: &'a str) -> Element<'a> {
    place(span, file, AnnotationKind::Context, Some(label))
}
