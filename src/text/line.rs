//! Byte offsets as lines and columns, and back.

/// A line and a column, as people and editors count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The distance in bytes between two offsets for which [`LineIndex`] stores the number of characters.
const STEP: usize = 1024;

/// Where each line of one text starts.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// How many characters begin before each multiple of [`STEP`], since one line may hold the whole text and thousands
    /// of findings.
    counted: Vec<usize>,
}

impl LineIndex {
    /// Scans `text` once; later look-ups cost the logarithm of its length.
    pub fn new(text: &str) -> Self {
        let after_newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let counts = text.as_bytes().chunks(STEP).scan(0, |before, chunk| {
            let counted = *before;
            *before += characters(chunk);
            Some(counted)
        });
        Self { starts: std::iter::once(0).chain(after_newlines).collect(), counted: counts.collect() }
    }

    /// The position of `offset` in `text`, the text that the index was made from.
    /// An offset past the end, or inside a character, counts as the nearest one before it.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor_char_boundary(text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        Position { line, column: self.count(text, offset) - self.count(text, start) + 1 }
    }

    /// How many characters begin before `offset`.
    fn count(&self, text: &str, offset: usize) -> usize {
        let step = (offset / STEP).min(self.counted.len().saturating_sub(1));
        self.counted.get(step).map_or(0, |counted| counted + characters(&text.as_bytes()[step * STEP..offset]))
    }

    /// The byte offset of a line and a column, both from 1; past the end of a line it is the line's end.
    pub fn offset(&self, text: &str, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line.saturating_sub(1)) else { return text.len() };
        let end = self.starts.get(position.line).copied().unwrap_or(text.len());
        let line = text[*start..end].trim_end_matches(['\n', '\r']);
        let within = line.char_indices().nth(position.column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
        start + within
    }
}

/// How many characters begin in a part of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count()
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Position, STEP};

    #[test]
    fn columns_count_characters_and_offsets_come_back() {
        let text = "aé\nzwölf\n";
        let index = LineIndex::new(text);
        let position = index.position(text, text.find("lf").unwrap());
        assert_eq!(position, Position { line: 2, column: 4 });
        assert_eq!(index.offset(text, position), text.find("lf").unwrap());
        assert_eq!(index.position(text, 999), Position { line: 3, column: 1 });
    }

    #[test]
    fn columns_of_long_lines_are_those_of_counting() {
        let line = "aé本😀".repeat(STEP);
        let text = format!("{line}\n\n{line}");
        let index = LineIndex::new(&text);
        for offset in (0..=text.len()).step_by(97).chain([STEP, 2 * STEP, text.len()]) {
            let before = &text[..super::floor_char_boundary(&text, offset)];
            let line = before.rsplit('\n').next().unwrap();
            assert_eq!(index.position(&text, offset).column, line.chars().count() + 1, "{offset}");
        }
    }
}
