//! Source files, spans, the line index and safe relative paths: what every other layer stands on.

mod line;
mod path;
mod reply;
mod source;
mod span;

pub use line::{LineIndex, Position};
pub use path::{LONGEST_ID, PathError, SitePath, is_device};
pub use reply::{Reply, page_of};
pub use source::{Asset, LONGEST_DATASET, MANIFEST, Output, ReadProblem, ReadProblemKind, Source, SourceSet};
pub use span::{Edit, Span, Spanned, apply};
