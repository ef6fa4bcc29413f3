//! Places in a text as the protocol counts them, and byte offsets in the text as the reader sees it.

use lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::Span;

/// In what the columns of the protocol are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// What every editor knows.
    Utf16,
    Utf32,
}

/// The distance in bytes between two offsets for which the columns before them are stored, since one line may hold the whole
/// text.
const STEP: usize = 1024;

/// A text as an editor holds it, with its lines. The reader sees it without a byte order mark and with `\n` between lines:
/// all offsets are places in that text.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    raw: String,
    encoding: Encoding,
    /// Where each line starts in the raw text. A lone `\r` ends a line, too.
    starts: Vec<usize>,
    /// Where the raw text has a `\r` that the reader does not see.
    dropped: Vec<usize>,
    /// The length of a byte order mark.
    mark: usize,
    /// How many units of the encoding begin before each multiple of [`STEP`].
    counted: Vec<usize>,
}

impl Encoding {
    /// The first of those that the client offers and that is known; what every client knows when it offers none.
    pub(super) fn choose(offered: &[PositionEncodingKind]) -> Self {
        let known = |kind: &PositionEncodingKind| {
            [Self::Utf8, Self::Utf16, Self::Utf32].into_iter().find(|own| own.kind() == *kind)
        };
        offered.iter().find_map(known).unwrap_or(Self::Utf16)
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How many units begin in a part of a text.
    fn units(self, bytes: &[u8]) -> usize {
        let characters = || bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count();
        match self {
            Self::Utf8 => bytes.len(),
            Self::Utf16 => characters() + bytes.iter().filter(|byte| **byte >= 0xF0).count(),
            Self::Utf32 => characters(),
        }
    }
}

impl Lines {
    /// Scans the text once.
    pub(super) fn new(raw: impl Into<String>, encoding: Encoding) -> Self {
        let raw = raw.into();
        let bytes = raw.as_bytes();
        let (mut starts, mut dropped) = (vec![0], Vec::new());
        for (at, byte) in bytes.iter().enumerate() {
            let is_followed = *byte == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if is_followed {
                dropped.push(at);
            } else if matches!(byte, b'\n' | b'\r') {
                starts.push(at + 1);
            }
        }
        let counted = bytes.chunks(STEP).scan(0, |before, chunk| {
            let counted = *before;
            *before += encoding.units(chunk);
            Some(counted)
        });
        let counted = counted.collect();
        let mark = if raw.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { raw, encoding, starts, dropped, mark, counted }
    }

    /// The text as the editor holds it.
    pub(super) fn raw(&self) -> &str {
        &self.raw
    }

    /// The text with the ends of lines that the editor uses for this file.
    pub(super) fn with_line_ends(&self, text: &str) -> String {
        if self.dropped.is_empty() { text.to_owned() } else { text.replace('\n', "\r\n") }
    }

    /// The place of an offset; one past the end is the end.
    pub(super) fn position(&self, offset: usize) -> Position {
        let at = self.raw_offset(offset);
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        let character = self.count(at) - self.count(self.starts[line]);
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: u32::try_from(character).unwrap_or(u32::MAX),
        }
    }

    /// The place of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The offset of a place; past the end of a line it is the end of the line.
    pub(super) fn offset(&self, position: Position) -> usize {
        let at = self.raw_place(position);
        let dropped = self.dropped.partition_point(|dropped| *dropped < at);
        (at - dropped).saturating_sub(self.mark)
    }

    /// The span of a range; an end before the start gives an empty one.
    pub(super) fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    /// The text after a part of it was replaced by what an editor sent.
    pub(super) fn replaced(&self, range: Range, text: &str) -> String {
        let start = self.raw_place(range.start);
        let end = self.raw_place(range.end).max(start);
        let mut raw = String::with_capacity(self.raw.len() + text.len());
        raw.push_str(&self.raw[..start]);
        raw.push_str(text);
        raw.push_str(&self.raw[end..]);
        raw
    }

    /// The offset in the raw text of an offset in the text as the reader sees it.
    fn raw_offset(&self, offset: usize) -> usize {
        let offset = offset + self.mark;
        // The number of ends of lines before it; the end of a line itself is before its `\r`.
        let (mut low, mut high) = (0, self.dropped.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.dropped[middle] - middle < offset { low = middle + 1 } else { high = middle }
        }
        let mut at = (offset + low).min(self.raw.len());
        while !self.raw.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn raw_place(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else { return self.raw.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.raw.len());
        let text = self.raw[start..end].trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        for (at, c) in text.char_indices() {
            if left == 0 {
                return start + at;
            }
            // A place inside a character is its beginning.
            let Some(after) = left.checked_sub(self.encoding.units(c.encode_utf8(&mut [0; 4]).as_bytes())) else {
                return start + at;
            };
            left = after;
        }
        start + text.len()
    }

    /// How many units begin before an offset of the raw text.
    fn count(&self, at: usize) -> usize {
        let step = (at / STEP).min(self.counted.len().saturating_sub(1));
        let before = self.counted.get(step).copied().unwrap_or(0);
        before + self.encoding.units(&self.raw.as_bytes()[step * STEP..at])
    }
}

#[cfg(test)]
mod tests {
    use lsp_types::{Position, Range};

    use super::{Encoding, Lines, STEP};
    use crate::text::{SitePath, Source};

    const TEXT: &str = "\u{feff}a😀é\r\n日本\r語 x\n\r\n😀";

    fn seen(raw: &str) -> String {
        Source::new(SitePath::new("a.md").unwrap(), raw).text.to_string()
    }

    #[test]
    fn every_character_comes_back_in_every_encoding() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for raw in [TEXT, &format!("{}\r\n{TEXT}", "é😀".repeat(STEP)), ""] {
                let lines = Lines::new(raw, encoding);
                let text = seen(raw);
                for (offset, c) in text.char_indices().chain([(text.len(), '.')]) {
                    let position = lines.position(offset);
                    assert_eq!(lines.offset(position), offset, "{encoding:?} {c:?} at {offset}: {position:?}");
                }
            }
        }
    }

    #[test]
    fn columns_are_those_of_the_protocol() {
        let check = |encoding, word: &str, expected: (u32, u32)| {
            let place = Lines::new(TEXT, encoding).position(seen(TEXT).find(word).unwrap());
            assert_eq!((place.line, place.character), expected, "{encoding:?} {word}");
        };
        // The mark counts where the client keeps it in the text.
        check(Encoding::Utf16, "é", (0, 4));
        check(Encoding::Utf8, "é", (0, 8));
        check(Encoding::Utf32, "é", (0, 3));
        check(Encoding::Utf16, "本", (1, 1));
        check(Encoding::Utf8, "本", (1, 3));
        check(Encoding::Utf16, "x", (2, 2));
        let end = Lines::new(TEXT, Encoding::Utf16).position(999);
        assert_eq!((end.line, end.character), (4, 2));
    }

    #[test]
    fn edits_change_what_the_editor_holds() {
        let lines = Lines::new("a😀b\r\nc\r\n", Encoding::Utf16);
        let place = |line, character| Position { line, character };
        let replaced = |start, end, text| lines.replaced(Range { start, end }, text);
        assert_eq!(replaced(place(0, 1), place(0, 3), "x"), "axb\r\nc\r\n");
        assert_eq!(replaced(place(0, 99), place(1, 0), ""), "a😀bc\r\n");
        assert_eq!(replaced(place(9, 0), place(0, 0), "z"), "a😀b\r\nc\r\nz");
        // A place inside a character is its beginning.
        assert_eq!(replaced(place(0, 2), place(0, 3), "x"), "axb\r\nc\r\n");
    }
}
