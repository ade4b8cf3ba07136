//! Rules about tokens, request objects and sender constraints.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
