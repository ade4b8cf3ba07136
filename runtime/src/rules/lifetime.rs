//! Rules about lifetimes.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
