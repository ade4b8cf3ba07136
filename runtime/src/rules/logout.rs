//! Rules about logout URIs.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
