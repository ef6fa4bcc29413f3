//! Finds and removes what is never published: internal blocks and comments, in Markdown, in strings and in TOML.

mod comment;
mod link_definition;
mod marker;
mod passage;
mod report;
mod secret_word;
mod text;

pub(crate) use marker::is_internal_label;
pub(crate) use passage::{Withheld, WithheldKind};
pub(crate) use passage::{find_withheld, internal_blocks, redact_string};
pub(crate) use report::{InternalBlock, report_lookalike, report_multiline_comments};
pub(crate) use text::{blank_out, cut_out};
