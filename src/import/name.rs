//! The names of the files of imported reviews.

use std::collections::BTreeSet;

use super::item::Item;
use crate::text::{MAX_ID_LENGTH, SitePath, id_of_file, id_of_title};

/// The greatest length in bytes of the words of a title in a file's name, as in those that `casebook new` writes.
const LONGEST_NAME: usize = 60;

/// The names that were given.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

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
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let is_free = |name: &String| !self.0.contains(&name.to_lowercase());
        let mut names = [stem.clone()].into_iter().chain(with_id).chain(numbered);
        let name = names.find(is_free).unwrap_or_default();
        self.0.insert(name.to_lowercase());
        let path = SitePath::new(&format!("{name}.md")).map_err(|error| format!("its name {error}"))?;
        match path.portability_error() {
            Some(error) => Err(format!("its name {error}")),
            None => Ok(path),
        }
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
