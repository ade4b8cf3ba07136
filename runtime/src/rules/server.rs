//! Rules about the server.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
