//! Rules about scopes.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
