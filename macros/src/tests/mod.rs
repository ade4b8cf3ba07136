//! The expansion as a library function.

mod examples;
mod prefixes;
