//! What takes minutes, or needs the machine to itself: pages in a browser, growth, and limits of the system.

#![allow(unreachable_pub, reason = "nothing outside uses a test program")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "tests may touch the world"
)]

mod browser;
mod limits;
mod support;
