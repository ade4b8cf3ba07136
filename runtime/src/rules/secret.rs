//! Rules about shared secrets.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
