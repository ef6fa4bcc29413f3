//! Everything that can be tested beside something else. Each folder is named after what it tests.

#![allow(unreachable_pub, reason = "nothing outside uses a test program")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "tests may touch the world"
)]

mod browser;
mod cli;
mod content;
mod contract;
mod export;
mod fault;
mod fuzz;
mod hostile;
mod import;
mod lsp;
mod numbers;
mod preview;
mod project;
mod publish;
mod support;
