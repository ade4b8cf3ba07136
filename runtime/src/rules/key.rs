//! Rules about keys and certificates.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
