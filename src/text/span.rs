//! Spans, values with their spans, and edits of a text.

use std::ops::Range;

/// A half-open range of byte offsets into one source file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The offset of the first byte.
    pub start: usize,
    /// The offset after the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`. An end before the start gives an empty span.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// An empty span, for a place between two characters.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// Moves both ends `by` bytes towards the end of the text.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// Whether all of `other` lies inside; a span contains itself.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether start and end are one place.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The half-open range that slices a string.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The part of `text` that the span covers; empty when the span does not fit.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A replacement in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// The replacement; empty to delete.
    pub text: String,
}

/// The text after `edits`, and how many of them were made. Of two that overlap, only the first is made.
pub fn apply_edits(text: &str, edits: &[Edit]) -> (String, usize) {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut changed = String::with_capacity(text.len());
    let (mut at, mut made) = (0, 0);
    for edit in sorted {
        let fits = edit.span.start >= at && text.get(edit.span.range()).is_some();
        if fits && (made == 0 || edit.span.start > at || !edit.span.is_empty()) {
            changed.push_str(&text[at..edit.span.start]);
            changed.push_str(&edit.text);
            at = edit.span.end;
            made += 1;
        }
    }
    changed.push_str(&text[at..]);
    (changed, made)
}

/// A value and the place where the author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value that was read.
    pub value: T,
    /// Its place in the source file.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs `value` with `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

#[cfg(test)]
mod tests {
    use super::{Edit, Span, apply_edits};

    #[test]
    fn edits_are_made_once_and_never_over_each_other() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
        let edits = [edit(4, 7, "drei"), edit(0, 3, "1"), edit(0, 3, "1"), edit(2, 5, "x"), edit(99, 100, "y")];
        assert_eq!(apply_edits("one two", &edits), ("1 drei".to_owned(), 2));
        assert_eq!(apply_edits("a", &[edit(1, 1, "b")]), ("ab".to_owned(), 1));
    }
}
