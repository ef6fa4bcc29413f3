//! Source files, spans, lines, safe relative paths, and text that is safe to print.

mod address;
mod composed;
mod escape;
mod file_pattern;
mod id;
mod kebab_case;
mod line;
mod link_status;
mod map;
mod nearest;
mod path;
mod readable_id;
mod source;
mod span;
mod span_set;

pub use address::{LINK_SCHEMES, is_web_address, is_within, scheme, split_fragment};
pub use composed::{composed, is_ignorable};
pub use escape::{
    ColourCodes, Hidden, escape_json, escape_line, escape_sentence, escape_terminal, has_hidden, strip_controls,
    strip_hidden, strip_json_controls, truncate_line,
};
pub use file_pattern::{FilePattern, FilePatterns, PatternError, is_markdown};
pub use id::{IdFault, IdKind};
pub use kebab_case::kebab_case;
pub use line::{LineIndex, Position};
pub use link_status::{LinkStatus, without_fragment};
pub use map::SourceMap;
pub use nearest::{Suggestions, nearest};
pub use path::{MAX_ID_LENGTH, PathError, SitePath, is_windows_device};
pub use readable_id::{id_of_file, id_of_title};
pub use source::{
    Asset, AssetRisk, MANIFEST, MAX_DATASET_LENGTH, Output, ReadProblem, ReadProblemKind, Source, SourceSet,
    with_line_feeds,
};
pub use span::{Edit, Span, Spanned, apply_edits};
pub use span_set::SpanSet;
