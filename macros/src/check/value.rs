//! Single values: what was written to what the record holds.

use core::fmt;

use guestlist_runtime::rules::nearest;
use proc_macro2::{Ident, Span};
use syn::Lit;

use crate::parse::Expr;
use crate::report::{Errors, Place};
use crate::secret;
use crate::track::Tracked;

/// What a value is for, as messages say it: a setting, or an entry of its list.
#[derive(Clone, Copy)]
pub struct Name<'a> {
    setting: &'a str,
    is_entry: bool,
}

impl<'a> Name<'a> {
    pub fn of(setting: &'a str) -> Self {
        Self { setting, is_entry: false }
    }

    pub fn entry(self) -> Self {
        Self { is_entry: true, ..self }
    }

    /// `` `name: value` ``, or the value alone for an entry.
    fn with(self, value: &str) -> String {
        if self.is_entry { format!("`{value}`") } else { format!("`{}: {value}`", self.setting) }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if self.is_entry { "an entry of " } else { "" };
        write!(f, "{prefix}`{}`", self.setting)
    }
}

/// Reads values, and notes what is wrong with them.
pub struct Reader<'a> {
    pub errors: &'a mut Errors,
    pub tracked: &'a mut Tracked,
    /// Where the entries stand that were read of the list that is read.
    pub entries: Vec<Place>,
}

impl Reader<'_> {
    /// Notes that a value is of another kind than the setting's.
    fn wrong_kind(&mut self, name: Name<'_>, expr: &Expr, expected: &str, example: &str) {
        let found = kind_of(expr);
        // A value that stands where a list belongs has its error already.
        if matches!(expr, Expr::Bad(_)) || self.errors.has(expr.place()) {
            return;
        }
        let (message, help) = match expr {
            Expr::Call(call, ..) if call == "Some" => {
                (format!("{name} is written bare, without `Some`"), format!("write {}", name.with(example)))
            }
            Expr::Path(path) if path.last().is_some_and(|last| last == "None") => {
                (format!("`None` is not written: {name} is left out"), "remove the line".to_owned())
            }
            _ => (format!("{name} takes {expected}, found {found}"), format!("write {}", name.with(example))),
        };
        self.errors.push(expr.place(), message, help);
    }

    pub fn flag(&mut self, name: Name<'_>, expr: &Expr) -> Option<bool> {
        match expr {
            Expr::Path(path) if path.len() == 1 && path.iter().any(|word| word == "true") => Some(true),
            Expr::Path(path) if path.len() == 1 && path.iter().any(|word| word == "false") => Some(false),
            _ => {
                let written = match expr {
                    Expr::Path(path) => path.last().map(ToString::to_string),
                    other => literal_text(other),
                };
                let example = match written.as_deref() {
                    Some("no" | "off" | "No" | "Off" | "0") => "false",
                    Some(written) => nearest(written, ["true", "false"].into_iter()).unwrap_or("true"),
                    None => "true",
                };
                self.wrong_kind(name, expr, "`true` or `false`", example);
                None
            }
        }
    }

    /// A text: a literal, or literals and `env(…)` joined with `+`.
    pub fn text(&mut self, name: Name<'_>, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Literal(literal) => match Lit::new(literal.clone()) {
                Lit::Str(text) => Some(text.value()),
                _ => {
                    self.wrong_kind(name, expr, "a text", "\"…\"");
                    None
                }
            },
            Expr::Call(call, arguments, span) if call == "env" => self.env(arguments, *span),
            Expr::Sum(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.text(name, part)).collect();
                parts.into_iter().collect()
            }
            Expr::Call(call, ..) if call != "Some" => {
                self.errors.push(
                    call,
                    format!("`{call}(…)` is not a text"),
                    format!("write {} or {}", name.with("\"…\""), name.with("env(\"NAME\")")),
                );
                None
            }
            _ => {
                self.wrong_kind(name, expr, "a text", "\"…\"");
                None
            }
        }
    }

    /// `env("NAME")` or `env("NAME", "default")`: the variable's value while compiling.
    fn env(&mut self, arguments: &[Expr], span: Span) -> Option<String> {
        let usage = "write `env(\"NAME\")` or `env(\"NAME\", \"default\")`";
        let literals: Option<Vec<String>> = arguments.iter().map(literal_text).collect();
        let (place, name, default) = match (arguments, literals.as_deref()) {
            ([first], Some([name])) => (first.place(), name, None),
            ([first, _], Some([name, default])) => (first.place(), name, Some(default)),
            _ => {
                self.errors.push(span, "`env` takes the name of a variable and perhaps a default, as texts", usage);
                return None;
            }
        };
        if name.is_empty() || name.contains(['=', '\0']) {
            self.errors.push(place, format!("{name:?} is not the name of an environment variable"), usage);
            return None;
        }
        self.tracked.variable(name);
        match (std::env::var(name), default) {
            (Ok(value), _) => Some(value),
            (Err(std::env::VarError::NotPresent), Some(default)) => Some(default.clone()),
            (Err(std::env::VarError::NotPresent), None) => {
                self.errors.push(
                    place,
                    format!("the environment variable `{name}` is not set"),
                    format!("set it for the build, or write `env(\"{name}\", \"default\")`"),
                );
                None
            }
            (Err(std::env::VarError::NotUnicode(_)), _) => {
                self.errors.push(place, format!("the environment variable `{name}` is not UTF-8"), "give it a text");
                None
            }
        }
    }

    /// A time in seconds: a number, or `minutes(5)`, `hours(1)`, `days(30)`.
    pub fn seconds(&mut self, name: Name<'_>, expr: &Expr) -> Option<u32> {
        let place = expr.place();
        let (number, unit, unit_name) = match expr {
            Expr::Call(call, arguments, span) => {
                let units = [("seconds", 1), ("minutes", 60), ("hours", 3600), ("days", 86_400)];
                let Some((unit_name, unit)) = units.into_iter().find(|(unit, _)| call == unit) else {
                    if call == "Some" {
                        self.wrong_kind(name, expr, "a time", "3600");
                        return None;
                    }
                    let help = match nearest(&call.to_string(), units.iter().map(|(unit, _)| *unit)) {
                        Some(meant) => format!("did you mean `{meant}(…)`?"),
                        None => "write seconds, or `minutes(…)`, `hours(…)`, `days(…)`".to_owned(),
                    };
                    self.errors.push(call, format!("unknown unit `{call}`"), help);
                    return None;
                };
                let [argument] = arguments.as_slice() else {
                    self.errors.push(*span, format!("`{call}` takes one number"), format!("write `{call}(5)`"));
                    return None;
                };
                (argument, unit, unit_name)
            }
            other => (other, 1, "seconds"),
        };
        let (literal, negative) = match number {
            Expr::Literal(literal) => (literal, false),
            Expr::Negative(_, literal) => (literal, true),
            _ => {
                self.wrong_kind(name, expr, "a time in seconds", "3600");
                return None;
            }
        };
        let Lit::Int(number) = Lit::new(literal.clone()) else {
            let message = match Lit::new(literal.clone()) {
                Lit::Str(_) => format!("{name} takes a number of seconds, found a text"),
                _ => format!("{name} takes a whole number of seconds"),
            };
            self.errors.push(place, message, format!("write {} or {}", name.with("3600"), name.with("minutes(60)")));
            return None;
        };
        if !matches!(number.suffix(), "" | "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64") {
            let suffix = number.suffix().to_owned();
            self.errors.push(
                place,
                format!("unknown suffix `{suffix}`"),
                "write seconds, or `minutes(5)`, `hours(1)`, `days(30)`",
            );
            return None;
        }
        let value = number.base10_parse::<u64>().ok().and_then(|value| value.checked_mul(unit));
        match value {
            Some(0) if negative => Some(0),
            Some(value) if !negative && value <= u64::from(i32::MAX.unsigned_abs()) => u32::try_from(value).ok(),
            _ => {
                let sign = if negative { "-" } else { "" };
                let digits = number.base10_digits();
                let written =
                    if unit == 1 { format!("{sign}{digits}") } else { format!("{unit_name}({sign}{digits})") };
                self.errors.broken(
                    "lifetime_not_positive",
                    place,
                    format!("{} is not a usable lifetime", name.with(&written)),
                    "give seconds from 1 to 2147483647",
                );
                None
            }
        }
    }

    /// The entries of a list. A single value is taken as a list of one, after the error.
    pub fn list<'e>(&mut self, name: Name<'_>, expr: &'e Expr) -> &'e [Expr] {
        match expr {
            Expr::List(entries, _) => entries,
            Expr::Bad(_) => &[],
            other => {
                let example = match other {
                    Expr::Path(path) if path.last().is_some_and(|last| last == "None") => {
                        self.wrong_kind(name, other, "a list", "[…]");
                        return &[];
                    }
                    Expr::Path(path) => path.last().map_or_else(String::new, ToString::to_string),
                    Expr::Literal(_) | Expr::Sum(_) => "\"…\"".to_owned(),
                    Expr::Call(call, arguments, _) if secret::was_text(call, arguments) => "\"…\"".to_owned(),
                    Expr::Tuple(..) => "(\"…\", \"…\")".to_owned(),
                    _ => "…".to_owned(),
                };
                self.errors.push(
                    other.place(),
                    format!("{name} takes a list, found {}", kind_of(other)),
                    format!("write {}", name.with(&format!("[{example}]"))),
                );
                core::slice::from_ref(other)
            }
        }
    }

    /// The last segment of a variant's path, if its type is the right one.
    pub fn variant<'e>(&mut self, name: Name<'_>, type_name: &str, expr: &'e Expr, example: &str) -> Option<&'e Ident> {
        let path = match expr {
            Expr::Path(path) if kind_of(expr) == A_NAME => path,
            _ => {
                let article = if type_name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
                self.wrong_kind(name, expr, &format!("{article} {}", spaced(type_name)), example);
                return None;
            }
        };
        match path.as_slice() {
            [variant] => Some(variant),
            [.., of, variant] if of == type_name => Some(variant),
            [.., of, variant] => {
                self.errors.push(
                    of,
                    format!("`{of}` is not `{type_name}`"),
                    format!("write the variant alone: `{variant}`"),
                );
                None
            }
            [] => None,
        }
    }

    /// One of an enum's variants.
    pub fn one_of<T: Copy>(
        &mut self,
        name: Name<'_>,
        type_name: &str,
        expr: &Expr,
        all: &[T],
        names: fn(&T) -> (&'static str, &'static str),
    ) -> Option<T> {
        let example = all.first().map_or("", |first| names(first).0);
        // The registered name as a text is as clear.
        if let Some(text) = literal_text(expr)
            && let Some(known) = all.iter().find(|one| names(one).1 == text)
        {
            let variant = names(known).0;
            self.errors.push(expr.place(), format!("{name} takes a name, not a text"), format!("write `{variant}`"));
            return Some(*known);
        }
        let variant = self.variant(name, type_name, expr, example)?;
        if let Some(known) = all.iter().find(|one| variant == names(one).0) {
            return Some(*known);
        }
        let written = variant.to_string();
        let help = match nearest(&written, all.iter().map(|one| names(one).0)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of {}", alternatives(all.iter().map(|one| names(one).0))),
        };
        self.errors.push(variant, format!("unknown {} `{written}`", spaced(type_name)), help);
        None
    }
}

/// `` `A`, `B` or `C` ``
pub fn alternatives<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// `RefreshTokenUsage` as `refresh token usage`.
fn spaced(type_name: &str) -> String {
    let mut words = String::new();
    for character in type_name.chars() {
        if character.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(character.to_ascii_lowercase());
    }
    words.replace("dpop", "DPoP")
}

pub fn literal_text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Literal(literal) => match Lit::new(literal.clone()) {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

const A_NAME: &str = "a name";

/// What a value is, in words. Never the value: it may be a secret in the wrong place.
pub fn kind_of(expr: &Expr) -> &'static str {
    match expr {
        Expr::Literal(literal) => match Lit::new(literal.clone()) {
            Lit::Str(_) => "a text",
            Lit::Int(_) => "a number",
            Lit::Float(_) => "a number with a fraction",
            Lit::Char(_) => "a character in single quotes",
            Lit::ByteStr(_) | Lit::CStr(_) => "bytes",
            _ => "another literal",
        },
        Expr::Negative(..) => "a number",
        Expr::Path(path) if path.iter().any(|word| word == "true" || word == "false") => "`true` or `false`",
        Expr::Path(_) => A_NAME,
        Expr::List(..) => "a list",
        Expr::Tuple(..) => "a tuple",
        Expr::Call(call, arguments, _) if secret::was_text(call, arguments) => "a text",
        Expr::Call(..) => "a call",
        Expr::Block(_) => "a block",
        Expr::Sum(parts) if parts.iter().any(|part| literal_text(part).is_some()) => "a text",
        Expr::Sum(_) => "a sum",
        Expr::Bad(_) => "something else",
    }
}
