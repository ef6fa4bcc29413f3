//! A text that an editor has open, saved or not.

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::position::{Encoding, Lines};

/// A text as the editor shows it.
#[derive(Clone, Debug)]
pub(super) struct OpenText {
    /// Its address in the words of the editor, which compares addresses letter by letter.
    pub(super) uri: Uri,
    /// The number that the editor gave this state of it.
    pub(super) version: i32,
    pub(super) lines: Lines,
}

impl OpenText {
    /// Makes the changes in order. One without a range is the whole text.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        self.version = version;
        for change in changes {
            let raw = match change.range {
                Some(range) => self.lines.replaced(range, &change.text),
                None => change.text,
            };
            self.lines = Lines::new(raw, encoding);
        }
    }
}
