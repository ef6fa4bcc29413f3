//! What needs the machine to itself: how work and memory grow with a text, and where the system allows no more watching.

#![allow(unreachable_pub, reason = "nothing outside uses a test program")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "tests may touch the world"
)]

mod growth;
#[path = "../support/mod.rs"]
mod support;
mod watches;
