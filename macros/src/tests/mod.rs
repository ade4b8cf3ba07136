//! The expansion as a library function.

mod editor;
mod examples;
mod limits;
mod prefixes;
