//! What the macros do, on tokens that need not come from rustc: all of it runs in tests as well.

use proc_macro2::TokenStream;
use quote::quote;

use crate::quotable::Quotable;
use crate::report::Errors;
use crate::track::Tracked;
use crate::{cfg, check, clear, editor, expand, parse};

/// The expression that a `clients![ … ]` becomes, for an editor with what it looks names up in.
pub fn expand_clients(krate: &TokenStream, body: TokenStream, for_editor: bool) -> TokenStream {
    let mut errors = Errors::default();
    let mut tracked = Tracked::default();
    let blocks = parse::blocks(body.clone(), &mut errors);
    // An editor's server keeps nothing of what is quoted, and not every one knows lines.
    let secrets = if for_editor { Vec::new() } else { clear::secrets(body) };
    let quotable = Quotable::of(krate, &secrets, &blocks);
    let mirror = for_editor.then(|| editor::mirror(krate, &blocks));
    if cfg::is_needed(&blocks) {
        let carrier = cfg::carrier(krate, &blocks, &secrets, !errors.is_empty(), &mut tracked);
        let tracked = tracked.statements(krate);
        let errors = expand::errors(&quotable.errors(errors));
        return quote!({ #mirror #errors #tracked #carrier __Clients::CLIENTS });
    }
    let expand::Expanded { items, value } = finish(krate, &blocks, &quotable, errors, tracked, false);
    quote!({ #mirror #items #value })
}

/// The items that a carrier's derive adds.
pub fn expand_carrier(carrier: TokenStream) -> TokenStream {
    let cfg::Carried { krate, blocks, broken, secrets } = cfg::carried(carrier);
    let mut errors = Errors::default();
    let blocks = parse::blocks(blocks, &mut errors);
    let quotable = Quotable::of(&krate, &secrets, &blocks);
    // The first pass has reported what cannot be parsed.
    let expand::Expanded { items, value } =
        finish(&krate, &blocks, &quotable, errors.reported(), Tracked::default(), broken);
    quote! {
        #items
        impl __Clients {
            const CLIENTS: #krate::__private::Clients = #value;
        }
    }
}

/// Checks the blocks and expands them, right or wrong: a broken block still is a store.
fn finish(
    krate: &TokenStream,
    blocks: &[parse::Block],
    quotable: &Quotable<'_>,
    mut errors: Errors,
    mut tracked: Tracked,
    broken: bool,
) -> expand::Expanded {
    let checked = check::check(blocks, &mut errors, &mut tracked);
    let broken = broken || !errors.is_empty();
    let expand::Expanded { items, value } = expand::store(krate, &checked, broken);
    let errors = expand::errors(&quotable.errors(errors));
    let warnings = expand::warnings(&quotable.warnings(checked.warnings));
    let tracked = tracked.statements(krate);
    expand::Expanded { items: quote!(#errors #warnings #tracked #items), value }
}
