//! Places in a text as the protocol of language servers counts them, in the plainest way.

use serde_json::Value;

/// In what columns are counted.
#[derive(Clone, Copy)]
pub enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

/// The lines of a text.
pub struct Lines<'a> {
    text: &'a str,
    encoding: Encoding,
    /// Where each begins and ends, without what ends it.
    lines: Vec<(usize, usize)>,
}

impl<'a> Lines<'a> {
    /// A line ends at `\n`, `\r\n` or a lone `\r`.
    pub fn new(text: &'a str, encoding: Encoding) -> Self {
        let (mut lines, mut start) = (Vec::new(), 0);
        while let Some(length) = text[start..].find(['\n', '\r']) {
            let end = start + length;
            lines.push((start, end));
            start = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
        }
        lines.push((start, text.len()));
        Self { text, encoding, lines }
    }

    /// The offset of a place. Past the end of a line it is that end, past the last line the end of the text, and within a
    /// character its beginning.
    pub fn offset(&self, line: u32, column: u32) -> usize {
        let Some((start, end)) = self.lines.get(line as usize).copied() else { return self.text.len() };
        let (mut at, mut units) = (start, 0);
        for c in self.text[start..end].chars() {
            units += self.units(c);
            if units > column as usize {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    /// Asserts that the ranges and lines of a part of an answer exist, and that no two edits overlap.
    pub fn check(&self, part: &Value) {
        for range in ["range", "selectionRange"].iter().filter_map(|key| part.get(key)) {
            self.check_range(range);
        }
        for line in ["startLine", "endLine"].iter().filter_map(|key| part.get(key)?.as_u64()) {
            assert!((line as usize) < self.lines.len(), "there is no line {line}: {part}");
        }
        if let Some(parts) = part.as_array() {
            self.check_edits(parts);
        }
    }

    /// Asserts that a range begins and ends between two characters, and does not end before it begins.
    pub fn check_range(&self, range: &Value) {
        assert!(self.exact(&range["start"]) <= self.exact(&range["end"]), "{range} ends before it begins");
    }

    /// Asserts that no two edits of a text overlap.
    fn check_edits(&self, edits: &[Value]) {
        let edits = edits.iter().filter(|edit| edit.get("newText").is_some() && edit.get("range").is_some());
        let mut places: Vec<_> =
            edits.map(|edit| (self.exact(&edit["range"]["start"]), self.exact(&edit["range"]["end"]))).collect();
        places.sort_unstable();
        assert!(places.windows(2).all(|two| two[0].1 <= two[1].0), "edits overlap: {places:?}");
    }

    /// The offset of a place that exists.
    fn exact(&self, place: &Value) -> usize {
        let number = |key: &str| u32::try_from(place[key].as_u64().unwrap()).unwrap();
        let (line, column) = (number("line"), number("character"));
        let (start, _) = *self.lines.get(line as usize).unwrap_or_else(|| panic!("there is no line of {place}"));
        let at = self.offset(line, column);
        let units: usize = self.text[start..at].chars().map(|c| self.units(c)).sum();
        assert_eq!(units, column as usize, "there is no column of {place}");
        at
    }

    fn units(&self, c: char) -> usize {
        match self.encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}
