//! `#[allow(rule)]` and its kin on a block, and the lists of the same names in `Server`.

use guestlist_runtime::rules::{self, nearest};
use guestlist_runtime::{Levels, Text};
use proc_macro2::{Ident, TokenStream, TokenTree};

use crate::parse::{Attribute, Expr};
use crate::report::{Errors, Place};

/// The words by which rules are treated.
pub const WORDS: [&str; 4] = ["allow", "expect", "warn", "deny"];

/// A rule that is expected to fire.
#[derive(Debug)]
pub struct Expectation {
    pub rule: Text,
    pub place: Place,
}

/// The levels that a block's attributes set.
pub fn of_block(attributes: &[Attribute], errors: &mut Errors) -> (Levels, Vec<Expectation>) {
    let mut lists = Lists::default();
    for attribute in attributes {
        let name = attribute.name.to_string();
        match WORDS.iter().position(|word| *word == name) {
            Some(word) => {
                for rule in rule_names(attribute, errors) {
                    if rules::all().any(|known| known.needs_time() && rule == known.name) {
                        errors.push(
                            &rule,
                            format!("`{rule}` depends on the time, so that it says nothing while compiling"),
                            format!("name it in `Server {{ {name}: [{rule}] }}`, for where clients are loaded"),
                        );
                    } else {
                        lists.add(word, &rule, errors);
                    }
                }
            }
            // Stripped by rustc before the block comes here.
            None if name == "cfg" => {}
            None if name == "doc" => {
                errors.push(&attribute.name, "a doc comment has no place in the list", "write `//` instead of `///`")
            }
            None => {
                let help = match nearest(&name, WORDS.into_iter().chain(["cfg"])) {
                    Some(near) => format!("did you mean `#[{near}(…)]`?"),
                    None => "a block takes `#[cfg(…)]`, `#[allow(rule)]`, `#[warn(rule)]`, `#[deny(rule)]` and `#[expect(rule)]`"
                        .to_owned(),
                };
                errors.push(&attribute.name, format!("unknown attribute `{name}`"), help);
            }
        }
    }
    lists.finish()
}

/// The levels that fields of the `Server` block set.
#[derive(Default)]
pub struct Lists {
    names: [Vec<(Text, Place)>; 4],
    expectations: Vec<Expectation>,
}

impl Lists {
    /// Adds the rules of a list such as `warn: [pedantic]`.
    pub fn add_entries(&mut self, word: usize, entries: &[Expr], errors: &mut Errors) {
        for entry in entries {
            match entry {
                Expr::Path(path) => match path.as_slice() {
                    [rule] => self.add(word, rule, errors),
                    _ => errors.push(entry.place(), "expected the name of a rule", "write its name alone"),
                },
                Expr::Bad(_) => {}
                _ => errors.push(
                    entry.place(),
                    "expected the name of a rule",
                    "write it without quotes, as in `[pedantic]`",
                ),
            }
        }
    }

    fn add(&mut self, word: usize, rule: &Ident, errors: &mut Errors) {
        let name = rule.to_string();
        let Some(known) = rules::all().map(|rule| rule.name).chain(["pedantic"]).find(|known| *known == name) else {
            let help = match nearest(&name, rules::all().map(|rule| rule.name).chain(["pedantic"])) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "the names of the rules stand in brackets behind their messages".to_owned(),
            };
            errors.push(rule, format!("unknown rule `{name}`"), help);
            return;
        };
        if let Some((_, first)) = self.names.iter().flatten().find(|(other, _)| other == known) {
            errors.push(*first, format!("`{known}` is named twice: first here"), "");
            let help = "name a rule once, under the one level it should have";
            errors.push(rule, format!("`{known}` is named twice: again here"), help);
            return;
        }
        if WORDS.get(word) == Some(&"expect") {
            self.expectations.push(Expectation { rule: Text::Static(known), place: rule.into() });
        }
        if let Some(names) = self.names.get_mut(word) {
            names.push((Text::Static(known), rule.into()));
        }
    }

    pub fn finish(self) -> (Levels, Vec<Expectation>) {
        let [allow, expect, warn, deny] =
            self.names.map(|names| names.into_iter().map(|(name, _)| name).collect::<Vec<_>>());
        let mut levels = Levels::EMPTY;
        levels.allow = allow.into();
        levels.expect = expect.into();
        levels.warn = warn.into();
        levels.deny = deny.into();
        (levels, self.expectations)
    }
}

/// The names in `#[allow(a, b, reason = "…")]`.
fn rule_names(attribute: &Attribute, errors: &mut Errors) -> Vec<Ident> {
    let mut names = Vec::new();
    let errors_before = errors.len();
    let usage = format!("write `#[{}(rule)]`, perhaps with `, reason = \"…\"`", attribute.name);
    for part in split(attribute.content.clone()) {
        match part.as_slice() {
            [TokenTree::Ident(rule)] => names.push(rule.clone()),
            [TokenTree::Ident(reason), TokenTree::Punct(equals), TokenTree::Literal(text)]
                if reason == "reason" && equals.as_char() == '=' =>
            {
                if !matches!(syn::Lit::new(text.clone()), syn::Lit::Str(_)) {
                    errors.push(text.span(), "`reason` takes a text", "write `reason = \"…\"`");
                }
            }
            [TokenTree::Literal(literal)] => errors.push(
                literal.span(),
                "expected the name of a rule, found a text",
                format!("write `#[{}({})]`", attribute.name, literal.to_string().trim_matches('"')),
            ),
            [first, ..] => errors.push(first, "expected the name of a rule", &usage),
            [] => {}
        }
    }
    if names.is_empty() && errors.len() == errors_before {
        errors.push(&attribute.name, format!("`{}` names no rule", attribute.name), usage);
    }
    names
}

fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => parts.push(Vec::new()),
            token => {
                if let Some(part) = parts.last_mut() {
                    part.push(token);
                }
            }
        }
    }
    parts
}
