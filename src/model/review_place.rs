//! Where reviews are, and what holds for those there.

use chrono::NaiveDate;

use crate::document::TimeZone;
use crate::text::{FilePattern, FilePatterns, SitePath};

/// Where reviews are when casebook.toml does not say it.
const USUAL: &str = "content/reviews";

/// Some files that are reviews, and what was decided for all of them: one `[[reviews]]` of casebook.toml.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewPlace {
    /// Which files these are.
    pub files: FilePatterns,
    /// The values of keys that a review there does not have itself.
    pub decisions: Vec<Decision>,
    /// The zone of times that name none.
    pub zone: Option<TimeZone>,
    /// Reviews of incidents before that day are adopted.
    pub adopted_before: Option<NaiveDate>,
}

/// The value that a key of the front matter has where a review does not say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The key, such as `status`.
    pub key: &'static str,
    /// Its value.
    pub value: DecidedValue,
}

/// A value as it would stand in front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecidedValue {
    /// A string.
    Text(String),
    /// A list of strings.
    Texts(Vec<String>),
}

/// All places of reviews, in the order of casebook.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewPlaces(Vec<ReviewPlace>);

impl Default for ReviewPlaces {
    fn default() -> Self {
        let all = FilePattern::new(USUAL).expect("the folder is a pattern");
        let files = FilePatterns { files: vec![all], except: Vec::new() };
        Self(vec![ReviewPlace { files, ..ReviewPlace::default() }])
    }
}

impl ReviewPlaces {
    /// The given places; the usual one when none is given.
    pub fn new(places: Vec<ReviewPlace>) -> Self {
        if places.is_empty() { Self::default() } else { Self(places) }
    }

    /// The place of the review at `path`: the first one that has the file. `None` when it is no review.
    pub fn of(&self, path: &SitePath) -> Option<&ReviewPlace> {
        self.0.iter().find(|place| place.files.matches(path))
    }

    /// The folder that the file of a new review called `name` comes into; none when no pattern would take it.
    pub fn folder_for(&self, name: &str) -> Option<&str> {
        let in_folder = |folder: &str| SitePath::new(format!("{folder}/{name}").trim_start_matches('/'));
        let takes = |folder: &&str| in_folder(folder).is_ok_and(|path| self.of(&path).is_some());
        self.0.iter().flat_map(|place| &place.files.files).map(FilePattern::folder).find(takes)
    }

    /// Every place.
    pub fn all(&self) -> &[ReviewPlace] {
        &self.0
    }

    /// The files of every place.
    pub fn files(&self) -> Vec<FilePatterns> {
        self.0.iter().map(|place| place.files.clone()).collect()
    }
}

impl ReviewPlace {
    /// Whether a key has a value for all reviews there.
    pub fn decides(&self, key: &str) -> bool {
        self.decisions.iter().any(|decision| decision.key == key)
    }

    /// Whether a review of an incident on `day` is adopted. One without a day was there before anybody asked for it.
    pub fn adopts(&self, day: Option<NaiveDate>) -> bool {
        self.adopted_before.is_some_and(|first| day.is_none_or(|day| day < first))
    }
}
