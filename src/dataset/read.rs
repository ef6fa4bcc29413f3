//! From a text to a dataset: what is not of the shape is refused with the place.

use std::collections::BTreeSet;
use std::fmt;

use super::casebook_json::Dataset;
use super::untrusted::line;
use crate::text::{PathError, SitePath, truncate_line};

/// More reviews than this are refused: no organisation has written so many.
const MOST_REVIEWS: usize = 20_000;

/// Why a text is no dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no JSON, or not of the shape; what and where.
    Shape(String),
    /// It is of a version that this program does not know.
    Version(String),
    /// It holds more reviews than are read.
    TooMany(usize),
    /// Two of its reviews have this id, or ids that differ from it in case only.
    Twice(String),
    /// A review has this id, which can be no name of a file on every system; why.
    Name(String, PathError),
    /// The review with this id has no title.
    Untitled(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(why) => f.write_str(why),
            Self::Version(version) => {
                write!(f, "its `schema_version` is `{version}`, and this program reads 1.0 and what follows up to 2.0")
            }
            Self::TooMany(count) => write!(f, "it holds {count} reviews, and no more than {MOST_REVIEWS} are read"),
            Self::Twice(id) => write!(f, "two of its reviews have the id `{id}`, in whatever case"),
            Self::Name(id, why) => write!(f, "a page cannot have the name of its id `{id}`, which {why}"),
            Self::Untitled(id) => write!(f, "its review `{id}` has no title"),
        }
    }
}

/// Reads a casebook.json. The types are those that the JSON Schema is made from.
///
/// # Errors
///
/// The text is not of that shape.
pub fn read(text: &str) -> Result<Dataset, Refusal> {
    let dataset: Dataset = serde_json::from_str(text).map_err(|error| Refusal::Shape(shape(&error)))?;
    if !dataset.schema_version.starts_with("1.") {
        return Err(Refusal::Version(truncate_line(&dataset.schema_version, 40)));
    }
    if dataset.reviews.len() > MOST_REVIEWS {
        return Err(Refusal::TooMany(dataset.reviews.len()));
    }
    let mut ids = BTreeSet::new();
    for review in &dataset.reviews {
        let id = &review.id.0;
        if !ids.insert(id.to_lowercase()) {
            return Err(Refusal::Twice(id.clone()));
        }
        let name = SitePath::new(&format!("{id}.html")).and_then(|path| path.portability_error().map_or(Ok(()), Err));
        if let Err(why) = name {
            return Err(Refusal::Name(id.clone(), why));
        }
        if line(&review.title).is_empty() {
            return Err(Refusal::Untitled(id.clone()));
        }
    }
    Ok(dataset)
}

/// What is wrong with the shape, and where. A text of theirs may stand in it, whole and as it is.
fn shape(error: &serde_json::Error) -> String {
    let why = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match why.strip_suffix(&place) {
        Some(what) => truncate_line(what, 200) + &place,
        None => truncate_line(&why, 200),
    }
}

/// What tells a dataset from every other: the BLAKE3 hash of its text. Line ends do not count, since version control
/// may change them.
pub fn fingerprint(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    format!("blake3:{}", blake3::hash(text.as_bytes()).to_hex())
}
