//! What needs the machine to itself: how work and memory grow with a text, and where the system allows no more watching.

#![allow(unreachable_pub, reason = "nothing outside uses a test program")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "tests may touch the world"
)]

#[allow(dead_code, reason = "it is a program of its own, too")]
#[path = "../../bench/content.rs"]
mod content;
mod growth;
mod instructions;
mod kind;
#[path = "../support/mod.rs"]
mod support;
mod watches;
mod worst;
