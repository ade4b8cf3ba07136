//! Rules about what users are shown.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
