//! rust-analyzer puts a name in at the cursor, and looks for what is around it at the same offset of
//! the mirror without that name. `scripts/editor` asks rust-analyzer itself.

use proc_macro2::{Group, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

use super::prefixes::BLOCK;
use crate::report::Errors;
use crate::{editor, parse};

const NAME: &str = "put_in";

/// The mirror as rust-analyzer writes it.
fn mirror(blocks: TokenStream) -> String {
    let blocks = parse::blocks(blocks, &mut Errors::default());
    let mut text = String::new();
    write(editor::mirror(&quote!(guestlist), &blocks), &mut text);
    text
}

/// Without spaces, but for one behind punctuation that stands alone before other punctuation.
fn write(tokens: TokenStream, text: &mut String) {
    let mut alone = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Brace => ("{", "}"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
                alone = false;
            }
            TokenTree::Punct(punct) => {
                if alone {
                    text.push(' ');
                }
                text.push(punct.as_char());
                alone = punct.spacing() == Spacing::Alone && punct.as_char() != ';';
            }
            other => {
                text.push_str(&other.to_string());
                alone = false;
            }
        }
    }
}

/// The tokens with the name put in, once for each place where an entry may begin.
fn with_name(tokens: TokenStream) -> Vec<TokenStream> {
    let name = || TokenTree::from(Ident::new(NAME, Span::call_site()));
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut all = Vec::new();
    for at in 0..=tokens.len() {
        let (before, rest) = tokens.split_at(at);
        let joined = |middle: TokenTree, rest: &[TokenTree]| {
            before.iter().cloned().chain([middle]).chain(rest.iter().cloned()).collect()
        };
        match before.last() {
            None => all.push(joined(name(), rest)),
            Some(TokenTree::Punct(punct)) if punct.as_char() == ',' => all.push(joined(name(), rest)),
            Some(_) => {}
        }
        if let Some((TokenTree::Group(group), rest)) = rest.split_first() {
            for inner in with_name(group.stream()) {
                all.push(joined(Group::new(group.delimiter(), inner).into(), rest));
            }
        }
    }
    all
}

#[test]
fn what_is_around_a_name_stands_where_it_stands_without_it() {
    let mut found = 0;
    for source in [BLOCK, "Client {}", "Server { defaults: Client {}, warn: [] }", "Client { client_id: \"a\", half }"]
    {
        let tokens: TokenStream = source.parse().unwrap();
        let without = mirror(tokens.clone());
        for tokens in with_name(tokens) {
            let shown = tokens.to_string();
            let with = mirror(tokens);
            let Some((before, behind)) = with.split_once(NAME) else { continue };
            found += 1;
            let rest = without.strip_prefix(before).unwrap_or_else(|| panic!("{shown}\n{with}\n{without}"));
            // A literal's name; without any other the outer literal is found, which ends one later.
            if !before.ends_with("::") {
                let slack = usize::from(before.ends_with('{'));
                assert!(behind.find('}') <= rest.find('}').map(|end| end + slack), "{shown}\n{with}\n{without}");
            }
        }
    }
    assert!(found > 20, "{found}");
}
