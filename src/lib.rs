//! Casebook turns a folder of Markdown post-incident reviews into a searchable site of lessons learned.

pub mod analysis;
mod check;
pub mod cli;
mod config;
pub mod dataset;
pub mod diagnostic;
pub mod disk;
pub mod document;
pub mod import;
pub mod language;
pub mod lower;
pub mod lsp;
mod markdown;
pub mod model;
pub mod network;
pub mod pipeline;
mod preview;
mod redact;
pub mod render;
pub mod report;
pub mod rules;
mod scaffold;
pub mod search;
mod site;
pub mod table;
pub mod text;
