//! Rules about CORS origins.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
