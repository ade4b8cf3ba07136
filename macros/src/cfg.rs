//! `#[cfg(…)]` on blocks: rustc strips first, then the rest is expanded.
//!
//! The perfect hash and the search for duplicates need the final set of clients, and only rustc
//! knows which conditions hold. So blocks with a `cfg` become fields of a carrier struct, each with
//! its tokens in a helper attribute, and a derive sees what rustc left. Attributes reach a crate's
//! metadata, so secrets are digests before that.

use guestlist_runtime::Setting;
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};

use crate::check::value::Reader;
use crate::clear::Clear;
use crate::parse::{Attribute, Block, Expr, Field};
use crate::report::{Errors, Place};
use crate::secret::{self, HASHED};
use crate::track::Tracked;

/// The helper attribute of the carrier.
pub const HELPER: &str = "guestlist";

pub fn is_needed(blocks: &[Block]) -> bool {
    blocks.iter().flat_map(|block| &block.attributes).any(is_cfg)
}

fn is_cfg(attribute: &Attribute) -> bool {
    attribute.name == "cfg"
}

/// The carrier, with the blocks as fields.
pub fn carrier(
    krate: &TokenStream,
    blocks: &[Block],
    secrets: &[Clear],
    broken: bool,
    tracked: &mut Tracked,
) -> TokenStream {
    let places = secrets.iter().map(|Clear { place, given }| {
        let word = if *given { "given" } else { "own" };
        let [first, last] = [place.first, place.last].map(|span| Ident::new(word, span));
        quote!(#first #last)
    });
    let fields = blocks.iter().enumerate().map(|(at, block)| {
        let cfgs = block.attributes.iter().filter(|attribute| is_cfg(attribute)).map(|attribute| &attribute.tokens);
        let tokens = self::block(block, tracked);
        let name = format_ident!("_{at}");
        quote!(#(#cfgs)* #[guestlist(block #tokens)] #name: ())
    });
    quote! {
        #[derive(#krate::__private::Resolve)]
        #[guestlist(krate #krate)]
        #[guestlist(broken #broken)]
        #[guestlist(secrets #(#places)*)]
        struct __Clients { #(#fields),* }
    }
}

/// What a carrier holds after rustc has stripped it.
#[derive(Debug, Default)]
pub struct Carried {
    pub krate: TokenStream,
    /// The blocks, as in `clients![ … ]`.
    pub blocks: TokenStream,
    /// Errors were reported before.
    pub broken: bool,
    /// Where secrets in clear stood.
    pub secrets: Vec<Clear>,
}

/// Takes the blocks out of a carrier. It is our own, so nothing else can be in it.
pub fn carried(carrier: TokenStream) -> Carried {
    let mut carried = Carried::default();
    collect(carrier, &mut carried);
    carried
}

fn collect(tokens: TokenStream, carried: &mut Carried) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                if let Some(TokenTree::Group(attribute)) = tokens.peek() {
                    helper(attribute.stream(), carried);
                }
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => collect(group.stream(), carried),
            _ => {}
        }
    }
}

/// Reads `guestlist(kind …)`.
fn helper(attribute: TokenStream, carried: &mut Carried) {
    let mut tokens = attribute.into_iter();
    let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(content))) = (tokens.next(), tokens.next()) else {
        return;
    };
    if name != HELPER {
        return;
    }
    let mut content = content.stream().into_iter();
    let Some(TokenTree::Ident(kind)) = content.next() else { return };
    match kind.to_string().as_str() {
        "krate" => carried.krate = content.collect(),
        "broken" => carried.broken = content.next().is_some_and(|token| token.to_string() == "true"),
        "secrets" => {
            let places: Vec<TokenTree> = content.collect();
            carried.secrets.extend(places.chunks_exact(2).filter_map(|ends| match ends {
                [TokenTree::Ident(first), last] => {
                    Some(Clear { place: Place::from(first).to(last), given: first == "given" })
                }
                _ => None,
            }));
        }
        _ => {
            carried.blocks.extend(content);
            carried.blocks.extend([TokenTree::from(Punct::new(',', Spacing::Alone))]);
        }
    }
}

/// A block as tokens again, without its `cfg` and with its secrets hashed.
fn block(block: &Block, tracked: &mut Tracked) -> TokenStream {
    let attributes = block.attributes.iter().filter(|attribute| !is_cfg(attribute)).map(|attribute| &attribute.tokens);
    let body = body(block, tracked, block.name == "Client");
    let name = &block.name;
    quote!(#(#attributes)* #name #body)
}

fn body(block: &Block, tracked: &mut Tracked, is_client: bool) -> TokenTree {
    let mut fields = TokenStream::new();
    for Field { name, value, tokens, .. } in &block.fields {
        let secrets = is_client && name == Setting::ClientSecrets.as_str();
        let value = match value {
            Some(value) if secrets => hashed(value, tracked),
            _ => tokens.clone(),
        };
        let colon = (!value.is_empty()).then(|| quote_spanned!(name.span()=> :));
        fields.extend(quote!(#name #colon #value,));
    }
    let mut group = Group::new(Delimiter::Brace, fields);
    group.set_span(block.end);
    group.into()
}

/// The secrets of a list, each as `__hashed(…)` where it could be read. What could not is left
/// as it is, unless it is a text: the second pass reports it if the block is still there.
fn hashed(expr: &Expr, tracked: &mut Tracked) -> TokenStream {
    match expr {
        Expr::List(entries, span) => {
            let entries = entries.iter().map(|entry| hashed_entry(entry, tracked));
            let mut list = Group::new(Delimiter::Bracket, quote!(#(#entries),*));
            list.set_span(*span);
            TokenTree::from(list).into()
        }
        other => hashed_entry(other, tracked),
    }
}

fn hashed_entry(expr: &Expr, tracked: &mut Tracked) -> TokenStream {
    if let Expr::Block(block) = expr {
        let fields = block.fields.iter().map(|Field { name, value, tokens, .. }| match value {
            Some(value) if name == "value" => {
                let value = hashed_entry(value, tracked);
                quote!(#name: #value)
            }
            Some(_) => quote!(#name: #tokens),
            None => quote!(#name),
        });
        let name = &block.name;
        let mut group = Group::new(Delimiter::Brace, quote!(#(#fields),*));
        group.set_span(block.end);
        return quote!(#name #group);
    }
    let Place { first, .. } = expr.place();
    let is_clear = match expr {
        Expr::Literal(_) | Expr::Sum(_) => true,
        Expr::Call(name, ..) => name == "file",
        _ => false,
    };
    if is_clear {
        let mut errors = Errors::default();
        let mut reader = Reader { errors: &mut errors, tracked: &mut *tracked, entries: Vec::new() };
        if let Some(read) = reader.secret_quietly(expr) {
            let texts = secret::encode(&read).into_iter().map(|text| quote_spanned!(first=> #text));
            let name = Ident::new(HASHED, first);
            return quote_spanned!(first=> #name(#(#texts),*));
        }
    }
    as_written(expr)
}

/// An expression as tokens again.
fn as_written(expr: &Expr) -> TokenStream {
    let group = |delimiter, entries: &[Expr], span: Span| {
        let entries = entries.iter().map(as_written);
        let mut group = Group::new(delimiter, quote!(#(#entries),*));
        group.set_span(span);
        group
    };
    match expr {
        Expr::Literal(literal) => quote!(#literal),
        Expr::Negative(place, literal) => quote_spanned!(place.first=> -#literal),
        Expr::Path(path) => quote!(#(#path)::*),
        Expr::List(entries, span) => TokenTree::from(group(Delimiter::Bracket, entries, *span)).into(),
        Expr::Tuple(entries, span) => TokenTree::from(group(Delimiter::Parenthesis, entries, *span)).into(),
        Expr::Call(name, arguments, span) => {
            let arguments = group(Delimiter::Parenthesis, arguments, *span);
            quote!(#name #arguments)
        }
        Expr::Block(block) => {
            let fields = block.fields.iter().map(|Field { name, tokens, .. }| quote!(#name: #tokens));
            let name = &block.name;
            quote!(#name { #(#fields),* })
        }
        Expr::Sum(parts) => {
            let parts = parts.iter().map(as_written);
            quote!(#(#parts)+*)
        }
        // Reported already; `_` is no value either, and nobody complains twice.
        Expr::Bad(place) => quote_spanned!(place.first=> _),
    }
}
