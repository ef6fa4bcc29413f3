//! Requests to other servers: the only outbound network access, and only in commands that ask for it.

#![allow(clippy::disallowed_methods, reason = "this module is where the network comes in")]

mod allowed_hosts;
mod check_links;
mod client;

pub use allowed_hosts::AllowedHosts;
pub use check_links::check_links;
pub use client::{Client, Settings};
