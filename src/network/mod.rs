//! Asking other servers, politely: the only outbound access. Nothing here runs unless a command is told to.

#![allow(clippy::disallowed_methods, reason = "this module is where the network comes in")]

mod client;
mod link;
mod reach;

pub use client::{Client, Settings};
pub use link::ask_all;
pub use reach::Reach;
