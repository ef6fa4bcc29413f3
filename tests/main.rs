//! What can be tested within seconds. Each folder is named after what it tests; `slow.rs` has the rest.

#![allow(unreachable_pub, reason = "nothing outside uses a test program")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "tests may touch the world"
)]

mod cli;
mod content;
mod contract;
mod export;
mod hostile;
mod numbers;
mod preview;
mod project;
mod publish;
mod support;
