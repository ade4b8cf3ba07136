//! Single values: what was written to what the record holds.

use core::fmt;

use guestlist_runtime::Setting;
use guestlist_runtime::rules::nearest;
use proc_macro2::{Ident, Span};
use syn::Lit;

use super::client::named_grant;
use crate::parse::{COMPUTED, Expr};
use crate::report::{Errors, Place};
use crate::secret;
use crate::track::Tracked;

/// What a value is for, as messages say it: a setting, or an entry of its list.
#[derive(Clone, Copy)]
pub struct Name<'a> {
    name: &'a str,
    role: Role,
}

#[derive(Clone, Copy)]
enum Role {
    /// The value of a setting.
    Setting,
    /// An entry of a setting's list.
    Entry,
    /// What a call such as `sha256(…)` is given.
    Argument,
}

impl<'a> Name<'a> {
    pub fn of(setting: &'a str) -> Self {
        Self { name: setting, role: Role::Setting }
    }

    pub fn of_call(call: &'a str) -> Self {
        Self { name: call, role: Role::Argument }
    }

    pub fn entry(self) -> Self {
        Self { role: Role::Entry, ..self }
    }

    /// The value as it is to be written.
    fn with(self, value: &str) -> String {
        match self.role {
            Role::Setting => format!("`{}: {value}`", self.name),
            Role::Entry => format!("`{value}`"),
            Role::Argument => format!("`{}({value})`", self.name),
        }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if matches!(self.role, Role::Entry) { "an entry of " } else { "" };
        write!(f, "{prefix}`{}`", self.name)
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
            Expr::Call(call, arguments, _) if call == "Some" => {
                let inner = match arguments.as_slice() {
                    [Expr::Path(path)] => path.last().map(ToString::to_string),
                    _ => None,
                };
                let value = inner.as_deref().unwrap_or(example);
                (format!("{name} is written bare, without `Some`"), format!("write {}", name.with(value)))
            }
            Expr::Path(path) if path.last().is_some_and(|last| last == "None") => {
                (format!("`None` is not written: {name} is left out"), "remove the line".to_owned())
            }
            Expr::Path(path) if is_constant(path) => (
                format!("{name} takes {expected}, found a name"),
                format!("a macro cannot read constants: write the value itself, {}", name.with(example)),
            ),
            _ => (format!("{name} takes {expected}, found {found}"), format!("write {}", name.with(example))),
        };
        self.errors.push(expr.place(), message, help);
    }

    pub fn flag(&mut self, name: Name<'_>, expr: &Expr) -> Option<bool> {
        match flag(expr) {
            Some(flag) => Some(flag),
            None => {
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
                let help = match name.role {
                    Role::Argument => format!("write {}", name.with("\"…\"")),
                    _ => format!("write {} or {}", name.with("\"…\""), name.with("env(\"NAME\")")),
                };
                self.errors.push(call, format!("`{call}(…)` is not a text"), help);
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
                    if call == "env" {
                        let help = "write it here; where it differs, write two blocks that exclude each other, `#[cfg(a)]` and \
                                    `#[cfg(not(a))]`";
                        self.errors.push(place, "a time cannot come from an environment variable", help);
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
            Expr::Sum(_) => {
                self.errors.push(number.place(), "nothing is computed in a block", COMPUTED);
                return None;
            }
            _ => {
                self.wrong_kind(name, number, "a time in seconds", "3600");
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
                    _ if is_option(other) => {
                        self.wrong_kind(name, other, "a list", "[…]");
                        return &[];
                    }
                    Expr::Tuple(..) if PAIRS.contains(&name.name) => "(\"…\", \"…\")".to_owned(),
                    Expr::Literal(_) if name.name == Setting::AllowedGrantTypes.as_str() => {
                        let variant =
                            literal_text(other).and_then(|text| named_grant(&text)).map(|(_, variant)| variant);
                        variant.map_or_else(|| as_example(other), ToOwned::to_owned)
                    }
                    Expr::Tuple(parts, _) => parts.iter().map(as_example).collect::<Vec<_>>().join(", "),
                    _ => as_example(other),
                };
                self.errors.push(
                    other.place(),
                    format!("{name} takes a list, found {}", kind_of(other)),
                    format!("write {}", name.with(&format!("[{example}]"))),
                );
                let is_entry = match other {
                    Expr::Call(call, ..) if name.name == Setting::ClientSecrets.as_str() => secret::is_form(call),
                    Expr::Call(call, ..) => call == "env",
                    _ => true,
                };
                if is_entry { core::slice::from_ref(other) } else { &[] }
            }
        }
    }

    /// The last segment of a variant's path, if its type is the right one.
    pub fn variant<'e>(&mut self, name: Name<'_>, type_name: &str, expr: &'e Expr, all: &[&str]) -> Option<&'e Ident> {
        let path = match expr {
            Expr::Path(path) if kind_of(expr) == A_NAME && !is_option(expr) => path,
            _ if is_option(expr) => {
                self.wrong_kind(name, expr, "a name", all.first().unwrap_or(&"…"));
                return None;
            }
            // It has its error already.
            _ if expr.is_bad() || self.errors.has(expr.place()) => return None,
            _ => {
                let article = if type_name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
                let message = format!("{name} takes {article} {}, found {}", spaced(type_name), kind_of(expr));
                self.errors.push(expr.place(), message, format!("write {}", alternatives(all.iter().copied())));
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
        let variants: Vec<&str> = all.iter().map(|one| names(one).0).collect();
        if let Some(text) = literal_text(expr) {
            // The registered name as a text is as clear.
            let known = all.iter().find(|one| names(one).1 == text || names(one).0 == text);
            let near = || {
                let near = nearest(&text, all.iter().flat_map(|one| <[_; 2]>::from(names(one))))?;
                all.iter().find(|one| names(one).0 == near || names(one).1 == near)
            };
            let help = match known.or_else(near) {
                Some(one) => format!("write `{}`", names(one).0),
                None => format!("write {}", alternatives(variants.into_iter())),
            };
            self.errors.push(expr.place(), format!("{name} takes a name, not a text"), help);
            return known.copied();
        }
        let variant = self.variant(name, type_name, expr, &variants)?;
        if let Some(known) = all.iter().find(|one| variant == names(one).0) {
            return Some(*known);
        }
        let written = variant.to_string();
        let help = match nearest(&written, variants.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of {}", alternatives(variants.into_iter())),
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

/// `true` or `false`
pub fn flag(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Path(path) => match path.as_slice() {
            [word] if word == "true" => Some(true),
            [word] if word == "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
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

/// The lists whose entries are tuples.
const PAIRS: [&str; 3] = ["claims", "properties", "api_scopes"];

const A_NAME: &str = "a name";

/// Whether it is written as an `Option`, as in the record.
fn is_option(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.last().is_some_and(|last| last == "None"),
        Expr::Call(call, ..) => call == "Some",
        _ => false,
    }
}

/// A value as help shows it: names as they are, texts without their content.
fn as_example(expr: &Expr) -> String {
    match expr {
        Expr::Path(path) => path.last().map_or_else(String::new, ToString::to_string),
        Expr::Literal(_) | Expr::Sum(_) => "\"…\"".to_owned(),
        Expr::Call(call, arguments, _) if secret::was_text(call, arguments) => "\"…\"".to_owned(),
        _ => "…".to_owned(),
    }
}

/// Whether a path looks like a constant: a macro sees names, not values.
fn is_constant(path: &[Ident]) -> bool {
    let shouts = |name: &str| name.len() > 1 && !name.contains(|character: char| character.is_ascii_lowercase());
    path.last().is_some_and(|last| shouts(&last.to_string()))
}

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
