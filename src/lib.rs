//! Casebook turns a folder of Markdown post-incident reviews into a searchable site of lessons learned.

pub mod analysis;
pub mod check;
pub mod cli;
pub mod config;
pub mod dataset;
pub mod diagnostic;
pub mod disk;
pub mod document;
pub mod language;
pub mod lower;
pub mod markdown;
pub mod model;
pub mod network;
pub mod pipeline;
pub mod preview;
pub mod redact;
pub mod render;
pub mod report;
pub mod rules;
pub mod scaffold;
pub mod search;
pub mod site;
pub mod table;
pub mod text;
