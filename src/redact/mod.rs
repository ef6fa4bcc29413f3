//! What is never published, found and cut out: internal blocks and comments, in Markdown, in strings and in TOML.

mod cut;
mod definition;
mod marker;
mod passage;

pub(crate) use cut::{cut, mask};
pub(crate) use marker::comment_labels;
pub use passage::{Withheld, WithheldKind};
pub(crate) use passage::{blocks, cut_string, find, report_open_comments, resembling};
