//! Rules about proof keys for codes.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
