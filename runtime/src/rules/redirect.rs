//! Rules about redirect URIs.

use super::Rule;
use crate::uri::Uri;

pub(super) static RULES: &[&Rule] = &[];

/// Whether a URI's scheme is an application's own (RFC 8252 §7.1).
pub(super) fn is_private_use(uri: &Uri<'_>) -> bool {
    !uri.scheme_is("http") && !uri.scheme_is("https")
}
