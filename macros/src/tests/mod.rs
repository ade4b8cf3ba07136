//! The expansion as a library function.

mod behind_cfg;
mod editor;
mod examples;
mod limits;
mod prefixes;
