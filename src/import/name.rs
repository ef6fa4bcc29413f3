//! The names of the files of imported reviews.

use std::collections::{BTreeMap, BTreeSet};

use super::item::Item;
use crate::text::{MAX_ID_LENGTH, SitePath, id_of_file, id_of_title};

/// The greatest length in bytes of the words of a title in a file's name, as in those that `casebook new` writes.
const LONGEST_NAME: usize = 60;

/// The greatest number behind a name.
const MOST_NUMBERS: usize = 100_000;

/// The names that were given.
#[derive(Debug, Default)]
pub(crate) struct Names {
    given: BTreeSet<String>,
    /// The next number behind each name that several items have.
    next: BTreeMap<String, usize>,
}

impl Names {
    /// The path of an item: the name of its own file, else its day and the words of its title. Where another item has
    /// the same, its id is added.
    ///
    /// # Errors
    ///
    /// Nothing in it makes a name.
    pub(super) fn of(&mut self, item: &Item) -> Result<SitePath, String> {
        let title = || {
            let words = Some(file_stem(&item.title)).filter(|words| !words.is_empty());
            let words = words.or_else(|| item.id.as_deref().map(id_of_file))?;
            Some(item.date.map_or_else(|| words.clone(), |date| format!("{date}-{words}")))
        };
        let stem = item.name.as_deref().map(id_of_file).or_else(title).filter(|stem| !stem.is_empty());
        let stem = stem.ok_or("it has no title, and nothing else to name a file after")?;
        let with_id = item.id.as_ref().map(|id| shortened(&format!("{stem}-{}", id_of_file(id))));
        let first = self.next.get(&stem).copied().unwrap_or(2);
        let numbered = (first..).map(|number| format!("{stem}-{number}"));
        let path = |name: &str| SitePath::new(&format!("{name}.md")).map_err(|error| format!("its name {error}"));
        // Not every system can hold each name: another one behind it makes `con` one that all can.
        let is_free = |name: &String| {
            let is_portable = path(name).is_ok_and(|path| path.portability_error().is_none());
            is_portable && !self.given.contains(&name.to_lowercase())
        };
        let mut names = [stem.clone()].into_iter().chain(with_id).chain(numbered.take(MOST_NUMBERS));
        let name = names.find(is_free).ok_or("nothing makes a name that every system can hold")?;
        self.given.insert(name.to_lowercase());
        if let Some(number) = name.strip_prefix(&format!("{stem}-")).and_then(|number| number.parse::<usize>().ok()) {
            self.next.insert(stem, number.saturating_add(1));
        }
        path(&name)
    }
}

fn shortened(id: &str) -> String {
    id.chars().take(MAX_ID_LENGTH).collect()
}

/// The words of a title as a file's name has them.
pub(super) fn file_stem(title: &str) -> String {
    id_of_title(title, LONGEST_NAME)
}

/// The name of the picture that stands at `place` among those of its review, safe on every file system.
pub(super) fn picture_name(name: &str, place: usize) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "png"));
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(5).collect();
    format!("{}-{}.{}", place + 1, id_of_title(stem, LONGEST_NAME), ending.to_lowercase()).replace("-.", ".")
}
