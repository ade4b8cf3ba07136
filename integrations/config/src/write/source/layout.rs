//! Expressions of `clients!` over lines, exactly as rustfmt sets them with its default settings.

use guestlist_runtime::source::Expr;
use unicode_width::UnicodeWidthStr;

/// `max_width`
const LINE: usize = 100;
/// `array_width` and `fn_call_width`: what stands in brackets on one line.
const BRACKETS: usize = 60;
/// `struct_lit_width`: what stands in braces on one line.
const BRACES: usize = 18;
/// `short_array_element_width_threshold`: a list of nothing longer fills its lines.
const SHORT: usize = 10;
/// `tab_spaces`
pub(super) const TAB: usize = 4;

/// An expression whose first line begins at a column and whose other lines stand at an indentation. Behind its end come
/// some more characters.
pub(super) fn lay(expr: &Expr, indent: usize, column: usize, behind: usize) -> String {
    let fits = |flat: &str| column + flat.width() + behind <= LINE;
    let raw = expr.to_string();
    // Around a raw literal that is too long for its line, rustfmt leaves everything as it is.
    let flat = if fits(&raw) { raw } else { escaped(expr) };
    match expr {
        Expr::Word(_) | Expr::Text(_) => flat,
        expr if is_flat(expr) && fits(&flat) => flat,
        expr => broken(expr, indent, column),
    }
}

/// On one line, a single text with escapes.
fn escaped(expr: &Expr) -> String {
    match expr {
        Expr::Text(text) => format!("{:?}", text.as_str()),
        Expr::Call(name, argument) => format!("{name}({})", escaped(argument)),
        expr => expr.to_string(),
    }
}

/// An expression over several lines.
fn broken(expr: &Expr, indent: usize, column: usize) -> String {
    match expr {
        Expr::List(entries) => match entries.as_slice() {
            // It opens on the line of the bracket.
            [entry @ Expr::Tuple(_)] => format!("[{}]", lay(entry, indent, column + 1, 2)),
            [entry @ (Expr::Call(..) | Expr::Block(..))] => format!("[{}]", broken(entry, indent, column + 1)),
            entries if entries.iter().all(is_short) => filled(entries, indent),
            entries => lines("[", entries, "]", indent),
        },
        Expr::Tuple(parts) => lines("(", parts, ")", indent),
        Expr::Call(name, argument) => lines(&format!("{name}("), core::slice::from_ref(argument), ")", indent),
        Expr::Block(name, fields) => {
            let fields = fields.iter().map(|(name, value)| field(name, value, indent + TAB));
            format!("{name} {{\n{}{}}}", fields.collect::<String>(), spaces(indent))
        }
        _ => expr.to_string(),
    }
}

fn field(name: &str, value: &Expr, indent: usize) -> String {
    let value = lay(value, indent, indent + name.len() + 2, 1);
    format!("{}{name}: {value},\n", spaces(indent))
}

/// Whether it may stand on one line that is long enough.
fn is_flat(expr: &Expr) -> bool {
    let inner = |parts: &[Expr]| parts.iter().map(|part| part.to_string().width() + 2).sum::<usize>();
    match expr {
        Expr::List(entries) if matches!(entries.as_slice(), [Expr::Word(_) | Expr::Text(_)]) => true,
        Expr::List(parts) | Expr::Tuple(parts) => inner(parts) <= BRACKETS + 2 && parts.iter().all(is_flat),
        Expr::Block(name, _) => expr.to_string().width() <= name.len() + " {  }".len() + BRACES,
        _ => true,
    }
}

/// Each entry on a line of its own.
fn lines(open: &str, entries: &[Expr], close: &str, indent: usize) -> String {
    let inner = indent + TAB;
    let entries = entries.iter().map(|entry| format!("{}{},\n", spaces(inner), lay(entry, inner, inner, 1)));
    format!("{open}\n{}{}{close}", entries.collect::<String>(), spaces(indent))
}

fn is_short(entry: &Expr) -> bool {
    matches!(entry, Expr::Word(_) | Expr::Text(_)) && entry.to_string().width() <= SHORT
}

/// As many entries on a line as there is place for; rustfmt leaves the last column free.
fn filled(entries: &[Expr], indent: usize) -> String {
    let mut text = String::from("[");
    let mut column = LINE;
    for entry in entries {
        let entry = format!("{entry},");
        if column + 1 + entry.width() >= LINE {
            text += "\n";
            text += &spaces(indent + TAB);
            column = indent + TAB;
        } else {
            text += " ";
            column += 1;
        }
        text += &entry;
        column += entry.width();
    }
    format!("{text}\n{}]", spaces(indent))
}

pub(super) fn spaces(count: usize) -> String {
    " ".repeat(count)
}
