//! Places in a redacted text, mapped back to its file.

use std::sync::Arc;

use super::Span;

/// Where each piece of a redacted text stands in its source file.
///
/// Cheap to clone. The default map is for a text from which nothing was cut out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    /// For each piece, its byte offset in the text and in the file, in order.
    pieces: Arc<[(usize, usize)]>,
}

impl SourceMap {
    /// Takes the byte offset of each piece in the text and in the file, in order. The first begins at 0.
    pub fn new(pieces: Vec<(usize, usize)>) -> Self {
        Self { pieces: pieces.into() }
    }

    /// Finds each word of `text` in `raw`, which is the same text with other blanks between its words, and perhaps between
    /// quotation marks: a string over several lines. `None` when a word is written otherwise there, such as with escapes.
    pub fn of_words(text: &str, raw: &str) -> Option<Self> {
        let mut at = raw.len() - raw.trim_start_matches(['"', '\'']).len();
        let mut pieces: Vec<(usize, usize)> = Vec::new();
        let mut end = 0;
        for word in text.split_whitespace() {
            let start = end + text[end..].find(word)?;
            at += raw[at..].len() - raw[at..].trim_start().len();
            if !raw[at..].starts_with(word) {
                return None;
            }
            let is_new = pieces.last().is_none_or(|(text, file)| at - file != start - text);
            if is_new {
                pieces.push((start, at));
            }
            end = start + word.len();
            at += word.len();
        }
        Some(Self::new(pieces))
    }

    /// Whether all offsets are equal in the text and in the file.
    pub fn is_identity(&self) -> bool {
        self.pieces.iter().all(|(text, file)| text == file)
    }

    /// The place in the file of a span of the text. A span across a cut includes what was cut out.
    pub fn to_source(&self, span: Span) -> Span {
        let start = self.offset(self.pieces.partition_point(|(text, _)| *text <= span.start), span.start);
        if span.is_empty() {
            return Span::at(start);
        }
        Span::new(start, self.offset(self.pieces.partition_point(|(text, _)| *text < span.end), span.end))
    }

    /// Whether nothing was cut out inside a span of the text.
    pub fn is_whole(&self, span: Span) -> bool {
        self.to_source(span).len() == span.len()
    }

    fn offset(&self, after: usize, offset: usize) -> usize {
        let piece = after.checked_sub(1).and_then(|at| self.pieces.get(at));
        piece.map_or(offset, |(text, file)| file + (offset - text))
    }
}

#[cfg(test)]
mod tests {
    use super::{SourceMap, Span};

    #[test]
    fn words_are_found_on_their_lines() {
        let check = |text: &str, raw: &str, word: &str| {
            let place = |text: &str| text.find(word).map(|at| Span::new(at, at + word.len()));
            let found = SourceMap::of_words(text, raw).map(|map| map.to_source(place(text).unwrap()));
            assert_eq!(found, place(raw), "{raw}");
        };
        check("one two\nthree four\n", "one two\n    three four", "four");
        check("one two three", "\"one\n  two\n three\"", "two");
        check("a a a b", "a a\n  a b", "b");
        assert_eq!(SourceMap::of_words("a\tb", "\"a\\tb\""), None);
        assert_eq!(SourceMap::of_words("one two", "one\n  two").unwrap().to_source(Span::new(0, 7)), Span::new(0, 9));
    }

    #[test]
    fn spans_find_back_over_what_was_left_out() {
        // "ab[cut]cd" was published as "abcd".
        let map = SourceMap::new(vec![(0, 0), (2, 7)]);
        for ((start, end), (from, to), is_whole) in [
            ((0, 2), (0, 2), true),
            ((2, 4), (7, 9), true),
            ((1, 3), (1, 8), false),
            ((2, 2), (7, 7), true),
            ((4, 4), (9, 9), true),
        ] {
            let span = Span::new(start, end);
            assert_eq!(map.to_source(span), Span::new(from, to));
            assert_eq!(map.is_whole(span), is_whole, "{span:?}");
        }
        assert_eq!(SourceMap::default().to_source(Span::new(3, 5)), Span::new(3, 5));
    }
}
