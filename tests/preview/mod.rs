//! The preview: what it answers, and what it shows after edits.

mod editors;
mod edits;
mod server;
