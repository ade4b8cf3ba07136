//! The rulings of the decisions, one test each, named as they read. Expected values come from the standards.

mod authenticate;
mod authorize;
mod code;
mod cors;
mod discovery;
mod interaction;
mod introspection;
mod logout;
mod poll;
mod push;
mod refresh;
mod sender;
mod support;
mod token;
