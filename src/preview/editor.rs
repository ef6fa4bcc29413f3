//! The address by which a browser opens a file in an editor.

use percent_encoding::{AsciiSet, CONTROLS};

use super::state::State;

/// The characters that are percent-encoded in an address.
pub(super) const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

impl State {
    /// The address by which an editor opens a place of a file; empty when there is no editor.
    pub(super) fn editor(&self, file: &str, line: usize, column: usize) -> String {
        let path = self.root.join(file).to_string_lossy().replace('\\', "/");
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        let path = percent_encoding::utf8_percent_encode(&path, UNSAFE).to_string();
        let place = [("{path}", path), ("{line}", line.to_string()), ("{column}", column.to_string())];
        place.into_iter().fold(self.show.editor.clone(), |address, (name, value)| address.replace(name, &value))
    }
}
