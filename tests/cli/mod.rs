//! The commands: what they print, and how they end.

mod bad_input;
mod commands;
