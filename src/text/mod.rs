//! Source files, spans, the line index, safe relative paths, and text that may leave: what every other layer stands on.

mod address;
mod id;
mod label;
mod line;
mod map;
mod nearest;
mod path;
mod region;
mod reply;
mod source;
mod span;
mod visible;

pub use address::{is_web, is_within};
pub use id::{IdFault, IdKind};
pub use label::label_of;
pub use line::{LineIndex, Position};
pub use map::SourceMap;
pub use nearest::{Suggestions, nearest};
pub use path::{LONGEST_ID, PathError, SitePath, is_device};
pub use region::Regions;
pub use reply::{Reply, page_of};
pub use source::{Asset, Concern, LONGEST_DATASET, MANIFEST, Output, ReadProblem, ReadProblemKind, Source, SourceSet};
pub use span::{Edit, Span, Spanned, apply};
pub use visible::{
    Colours, Hidden, as_printed, as_sentence, in_brief, in_json, on_one_line, without_controls, without_hidden,
};
