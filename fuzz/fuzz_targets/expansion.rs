//! The macro on any tokens: what it makes of them is Rust, always the same, and the same with one pass as with the two
//! that `#[cfg]` takes.
#![no_main]

use guestlist_fuzz::{expand_carrier, expand_clients};
use libfuzzer_sys::{Corpus, fuzz_target};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Expr, Item, ItemMacro, ItemStruct, Stmt, StmtMacro, parse::Parse};

fuzz_target!(|text: &str| -> Corpus {
    let Ok(tokens) = text.parse::<TokenStream>() else { return Corpus::Reject };
    if opens_files(tokens.clone()) {
        return Corpus::Reject;
    }
    let tokens = with_invisible_groups(tokens);
    let first = clients(tokens.clone());
    if let Some(carrier) = carrier(&first) {
        let second = second_pass(stripped(carrier.clone(), 1));
        second_pass(stripped(carrier, 2));
        // What cannot be parsed is reported by the first pass, and read in another way without `#[cfg(…)]`.
        if messages(&first).is_empty() {
            let single = clients(without_cfg(tokens));
            assert_eq!(messages(&second), messages(&single));
            assert_eq!(statics(&second), statics(&single));
        }
    }
    // Otherwise each source stays in memory.
    proc_macro2::extra::invalidate_current_thread_spans();
    Corpus::Keep
});

/// What `clients!` makes, as far as it consists of items.
fn clients(tokens: TokenStream) -> Vec<Item> {
    let expression = rust::<Expr>(|| expand_clients(&quote!(guestlist), tokens.clone(), true));
    let Expr::Block(block) = expression else { panic!("not a block") };
    let items = block.block.stmts.into_iter().filter_map(|statement| match statement {
        Stmt::Item(item) => Some(item),
        Stmt::Macro(StmtMacro { attrs, mac, semi_token }) => {
            Some(Item::Macro(ItemMacro { attrs, ident: None, mac, semi_token }))
        }
        _ => None,
    });
    items.collect()
}

/// What the derive makes of a carrier.
fn second_pass(carrier: ItemStruct) -> Vec<Item> {
    rust::<syn::File>(|| expand_carrier(carrier.to_token_stream())).items
}

/// An expansion as Rust.
fn rust<T: Parse>(expand: impl Fn() -> TokenStream) -> T {
    let expansion = expand();
    let shown = expansion.to_string();
    assert_eq!(shown, expand().to_string());
    syn::parse2(expansion).unwrap_or_else(|error| panic!("{error}: {shown}"))
}

/// The struct with a field for each block, if there is one.
fn carrier(items: &[Item]) -> Option<ItemStruct> {
    items.iter().find_map(|item| match item {
        Item::Struct(item) => Some(item.clone()),
        _ => None,
    })
}

/// As the derive sees it if the conditions of every first, second, … block hold.
fn stripped(mut carrier: ItemStruct, every: usize) -> ItemStruct {
    carrier.attrs.retain(|attribute| !attribute.path().is_ident("derive"));
    if let syn::Fields::Named(fields) = &mut carrier.fields {
        let all = std::mem::take(&mut fields.named);
        fields.named = all.into_iter().step_by(every).collect();
        for field in &mut fields.named {
            field.attrs.retain(|attribute| !attribute.path().is_ident("cfg"));
        }
    }
    carrier
}

/// The errors and warnings.
fn messages(items: &[Item]) -> Vec<String> {
    let shown = items.iter().filter(|item| matches!(item, Item::Macro(_) | Item::Const(_))).map(shown);
    shown.filter(|item| item.contains("compile_error") || item.contains("deprecated")).collect()
}

/// What the store is made of.
fn statics(items: &[Item]) -> Vec<String> {
    items.iter().filter(|item| matches!(item, Item::Static(_))).map(shown).collect()
}

fn shown(item: &Item) -> String {
    item.to_token_stream().to_string()
}

/// Without the `#[cfg(…)]` of the blocks.
fn without_cfg(tokens: TokenStream) -> TokenStream {
    let is_cfg = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.stream().into_iter().next().is_some_and(|first| first.to_string() == "cfg"),
        _ => false,
    };
    let is_mark = |token: &mut TokenTree| token.to_string() == "#";
    let mut left: Vec<TokenTree> = Vec::new();
    for token in tokens {
        if !(is_cfg(&token) && left.pop_if(is_mark).is_some()) {
            left.push(token);
        }
    }
    left.into_iter().collect()
}

/// `$(…)` as the invisible group in which rustc hands on what a user's `macro_rules!` has matched.
fn with_invisible_groups(tokens: TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut replaced = TokenStream::new();
    while let Some(token) = tokens.next() {
        let is_mark = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '$');
        let (token, delimiter) = match tokens.next_if(|next| is_mark && matches!(next, TokenTree::Group(_))) {
            Some(group) => (group, Some(Delimiter::None)),
            None => (token, None),
        };
        replaced.extend([match token {
            TokenTree::Group(group) => {
                let delimiter = delimiter.unwrap_or(group.delimiter());
                let mut inner = Group::new(delimiter, with_invisible_groups(group.stream()));
                inner.set_span(group.span());
                inner.into()
            }
            other => other,
        }]);
    }
    replaced
}

/// Whether a `file("…")` may lead out of this folder, to `/dev/zero` for instance.
fn opens_files(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let leads_out = |pair: &[TokenTree]| match pair {
        [TokenTree::Ident(name), TokenTree::Group(path)] => name == "file" && path.to_string().contains(['/', '\\']),
        _ => false,
    };
    tokens.windows(2).any(leads_out)
        || tokens.iter().any(|token| matches!(token, TokenTree::Group(group) if opens_files(group.stream())))
}
