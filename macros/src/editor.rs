//! The mirror for editors: the names in a block once more, where rust-analyzer finds what they are.
//!
//! rust-analyzer follows a token into the expansion. A setting's name that stands there as the
//! field of a literal has that field's documentation and completes to the fields left; a variant
//! in a `use` from its enum completes to the variants. rustc gets none of it.
//!
//! To complete, rust-analyzer expands a second time with a name put in at the cursor, and looks for
//! what surrounds that name at the same offset of the first expansion. So the mirror comes first,
//! has one form whether a block is right, broken or empty, and nothing in it moves for a name that
//! is not yet there.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::OnceLock;

use guestlist_runtime::rules::{self, PEDANTIC};
use guestlist_runtime::{Kind, Setting};
use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};

use crate::parse::{Block, Expr};

/// Whether rust-analyzer expands, which runs macros in a process of its own: told by its name, or, for one of another
/// name, by the variable `GUESTLIST_EDITOR`. A `#[cfg(rust_analyzer)]` in the expansion would need an `allow` that a
/// crate with `#![forbid(warnings)]` refuses.
pub fn is_asking() -> bool {
    static ASKING: OnceLock<bool> = OnceLock::new();
    *ASKING.get_or_init(|| {
        let program = std::env::current_exe().ok();
        let name = program.as_deref().and_then(Path::file_name).map(OsStr::to_string_lossy);
        name.is_some_and(|name| name.starts_with("rust-analyzer")) || std::env::var_os("GUESTLIST_EDITOR").is_some()
    })
}

/// The mirror of all blocks.
pub fn mirror(krate: &TokenStream, blocks: &[Block]) -> TokenStream {
    let blocks = blocks.iter().map(block);
    // In the length of an array's type rust-analyzer resolves names, and reports none that it does
    // not find: that is said already.
    quote! {
        const _: () = {
            type __Mirror = [(); {
                use #krate::__private::editor as __editor;
                #(#blocks)*
                0
            }];
        };
    }
}

/// The names of a block's settings, in its attributes and in its values.
fn block(block: &Block) -> TokenStream {
    let rules = block.attributes.iter().filter_map(|attribute| {
        let names = attribute.content.clone().into_iter().filter_map(|token| match token {
            TokenTree::Ident(name) if name != "reason" => Some(name),
            _ => None,
        });
        Some(uses(home(&attribute.name)?, names))
    });
    let fields = block.fields.iter().filter(|field| is_name(&field.name));
    let (whole, half): (Vec<_>, Vec<_>) = fields.partition(|field| field.colon);
    let names: Vec<&Ident> = whole.iter().map(|field| &field.name).collect();
    // A half-typed name stands last in a literal of its own, before the literal without one, which
    // is at the same offset while the name is not yet there.
    let literals = half.iter().map(|field| Some(&field.name)).chain([None]);
    let literals = literals.map(|half| literal(&block.name, &names, half));
    let values = whole.iter().map(|field| value(&field.name, field.value.as_ref()));
    quote!(#(#rules)* #(#literals)* #(#values)*)
}

/// The names as fields of the block's type, and at most one that is half typed.
fn literal(name: &Ident, fields: &[&Ident], half: Option<&Ident>) -> TokenStream {
    // rust-analyzer writes a space between a comma and `..`, unless the comma is joint. So this one
    // takes that space's room, and the literal is as long as the one without the half-typed name.
    let comma = half.map(|_| Punct::new(',', Spacing::Joint));
    // In a block without any other name there is no such space, and the outer literal is found.
    let mut outer = name.clone();
    outer.set_span(Span::call_site());
    quote! {
        let _ = __editor::#outer { ..__editor::#name { #(#fields,)* #half #comma ..loop {} } };
    }
}

/// The names in a value.
fn value(setting: &Ident, value: Option<&Expr>) -> TokenStream {
    let entries = match value {
        Some(Expr::List(entries, _)) => entries.as_slice(),
        Some(other) => core::slice::from_ref(other),
        None => &[],
    };
    let names = home(setting).map(|home| {
        let names = entries.iter().filter_map(|entry| match entry {
            Expr::Path(path) => path.last().cloned(),
            Expr::Call(name, ..) => Some(name.clone()),
            _ => None,
        });
        uses(home, names)
    });
    let blocks = entries.iter().filter_map(|entry| match entry {
        Expr::Block(block) if is_name(&block.name) => Some(self::block(block)),
        _ => None,
    });
    quote!(#names #(#blocks)*)
}

/// Names from an enum or a module. The last `use` is for a name that is not yet there.
fn uses(home: &str, names: impl Iterator<Item = Ident>) -> TokenStream {
    let home = format_ident!("{home}");
    let names = names.filter(is_name);
    quote!(#(use __editor::#home::#names;)* use __editor::#home::{};)
}

/// Where the names live that may stand in an attribute or in a setting's value.
fn home(name: &Ident) -> Option<&'static str> {
    let name = name.to_string();
    Some(match Setting::from_name(&name).map(Setting::kind) {
        Some(Kind::GrantTypes) => "GrantType",
        Some(Kind::SigningAlgorithms) => "SigningAlgorithm",
        Some(Kind::DpopValidationModes) => "DpopValidationMode",
        Some(Kind::RefreshTokenUsage) => "RefreshTokenUsage",
        Some(Kind::RefreshTokenExpiration) => "RefreshTokenExpiration",
        Some(Kind::AccessTokenType) => "AccessTokenType",
        Some(Kind::ApplicationType) => "ApplicationType",
        Some(Kind::Secrets) => "secrets",
        Some(Kind::Seconds | Kind::OptionalSeconds) => "lifetimes",
        Some(_) => return None,
        None => match name.as_str() {
            "profile" => "Profile",
            "value" => "secrets",
            "allow" | "expect" | "warn" | "deny" => "rules",
            _ => return None,
        },
    })
}

/// Whether it may stand where Rust wants a name: rustc parses even what a `cfg` strips.
fn is_name(ident: &Ident) -> bool {
    syn::parse2::<Ident>(ident.to_token_stream()).is_ok()
}

/// An item for each rule, with what it protects against, and one for the group.
pub fn rules() -> TokenStream {
    let rules = rules::all().map(|rule| (rule.name, rule.protects)).chain([(PEDANTIC, "All pedantic rules.")]);
    rules
        .map(|(name, protects)| {
            let name = format_ident!("{name}");
            quote!(#[doc = #protects] pub mod #name {})
        })
        .collect()
}
