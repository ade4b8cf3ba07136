//! The mirror for editors: the names in a block, once more, where rust-analyzer finds what they are.
//!
//! rust-analyzer follows a token into the expansion. A setting's name that stands there as the
//! field of a literal has that field's documentation and completes to the fields left; a variant
//! behind its type completes to the variants. It is emitted whether the block is right or broken,
//! in the same form, since completion happens in broken ones; rustc never sees it.

use guestlist_runtime::{Kind, Setting};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::parse::{Block, Expr};

/// The mirror of all blocks.
pub fn mirror(krate: &TokenStream, blocks: &[Block]) -> TokenStream {
    let literals = blocks.iter().map(|block| literal(krate, block));
    quote! {
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(rust_analyzer)]
            {
                fn __any<T>() -> T {
                    loop {}
                }
                fn __mirror() {
                    #(#literals)*
                }
            }
        };
    }
}

fn literal(krate: &TokenStream, block: &Block) -> TokenStream {
    let name = &block.name;
    let keys = block.fields.iter().map(|field| &field.name).filter(|name| is_name(name));
    let nested = block.fields.iter().filter_map(|field| match field.value.as_ref()? {
        Expr::Block(block) if is_name(&block.name) => Some(literal(krate, block)),
        _ => None,
    });
    let variants = block.fields.iter().flat_map(|field| variants(krate, &field.name, field.value.as_ref()));
    quote! {
        let _ = #krate::__private::editor::#name { #(#keys: __any(),)* ..__any() };
        #(#variants)*
        #(#nested)*
    }
}

/// Whether it may stand where Rust wants a name: rustc parses even what a `cfg` strips.
fn is_name(ident: &Ident) -> bool {
    syn::parse2::<Ident>(ident.to_token_stream()).is_ok()
}

/// The names of variants in a setting's value, each behind its type.
fn variants(krate: &TokenStream, setting: &Ident, value: Option<&Expr>) -> Vec<TokenStream> {
    let setting = setting.to_string();
    let type_name = match Setting::from_name(&setting).map(Setting::kind) {
        Some(Kind::GrantTypes) => "GrantType",
        Some(Kind::SigningAlgorithms) => "SigningAlgorithm",
        Some(Kind::DpopValidationModes) => "DpopValidationMode",
        Some(Kind::RefreshTokenUsage) => "RefreshTokenUsage",
        Some(Kind::RefreshTokenExpiration) => "RefreshTokenExpiration",
        Some(Kind::AccessTokenType) => "AccessTokenType",
        Some(Kind::ApplicationType) => "ApplicationType",
        None if setting == "profile" => "Profile",
        _ => return Vec::new(),
    };
    let type_name = format_ident!("{type_name}");
    let entries = match value {
        Some(Expr::List(entries, _)) => entries.as_slice(),
        Some(other) => core::slice::from_ref(other),
        None => &[],
    };
    entries
        .iter()
        .filter_map(|entry| match entry {
            Expr::Path(path) => path.last().filter(|variant| is_name(variant)),
            _ => None,
        })
        .map(|variant| quote!(let _ = #krate::__private::#type_name::#variant;))
        .collect()
}
