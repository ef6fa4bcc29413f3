//! The commands: what they print, and how they end.

mod adoption;
mod bad_input;
mod commands;
mod review_place;
mod scope;
mod settings;
