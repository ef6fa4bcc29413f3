//! Texts of an editor that are not saved yet, in the place of what the site folder holds.

use std::fs;

use super::asset::read_asset;
use super::picture;
use super::read::{FileKind, Reader};
use crate::text::{ReadProblem, ReadProblemKind, SitePath, Source, SourceSet};

impl Reader {
    /// Puts `text` into `sources`, which this reader read, as if it were the content of the file at `path`. A file that the
    /// site leaves out stays left out.
    pub fn lay_over(&self, sources: &mut SourceSet, path: &SitePath, text: &str) {
        let kind = FileKind::of(path, &self.reviews);
        let is_read = sources.texts.contains_key(path)
            || sources.problems.iter().any(|problem| problem.path == path.as_str())
            || fs::symlink_metadata(self.root.join(path.as_str())).is_err();
        let Some(limit) = kind.limit().filter(|_| is_read) else { return };
        sources.problems.retain(|problem| problem.path != path.as_str());
        let length = text.len() as u64;
        if length > limit {
            sources.texts.remove(path);
            let kind = ReadProblemKind::TooLarge { length, limit };
            sources.problems.push(ReadProblem { path: path.as_str().to_owned(), kind });
            sources.problems.sort_by(|a, b| a.path.cmp(&b.path));
            return;
        }
        let source = Source::new(path.clone(), text);
        if self.reviews.iter().any(|place| place.matches(path)) {
            self.add_pictures(sources, &source);
        }
        sources.texts.insert(path.clone(), source);
    }

    /// The pictures that a text shows from elsewhere in the site folder are read with it.
    fn add_pictures(&self, sources: &mut SourceSet, source: &Source) {
        let Ok(root) = fs::canonicalize(&self.root) else { return };
        for (path, at) in picture::shown_by(std::iter::once(source), &root) {
            if !sources.assets.contains_key(&path)
                && !sources.texts.contains_key(&path)
                && let Ok(asset) = fs::metadata(&at).and_then(|metadata| read_asset(&at, &path, metadata.len()))
            {
                sources.assets.insert(path, asset);
            }
        }
    }
}
