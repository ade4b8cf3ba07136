//! Rules about settings as a whole.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
