//! Finds HTML comments in a text.

use super::passage::{Withheld, WithheldKind};
use crate::text::Span;

/// The places of a comment as offsets. `<!-- a <!-- b -->` is one comment with two openings.
#[derive(Clone, Copy)]
pub(super) struct Comment {
    /// Where its first `<!--` begins.
    pub(super) start: usize,
    /// Where its last `<!--` begins, since that may be the marker of an internal block.
    inner: usize,
    /// Where its `-->` ends; `None` when it is never closed.
    pub(super) end: Option<usize>,
}

impl Comment {
    /// The place of its first `<!--`.
    pub(super) fn opening(self) -> Span {
        Span::new(self.start, self.start + 4)
    }

    /// The text between its first opening and its end.
    pub(super) fn whole(self, text: &str) -> &str {
        let end = self.end.map_or(text.len(), |end| end - 3);
        text.get(self.start + 4..end).unwrap_or("")
    }

    /// The text between its last opening and its end.
    pub(super) fn inside(self, text: &str) -> &str {
        let end = self.end.map_or(text.len(), |end| end - 3);
        text.get(self.inner + 4..end).unwrap_or("")
    }
}

/// The first comment that begins at or after `at`. `<!-->` is a comment, too.
pub(super) fn next_comment(text: &str, at: usize) -> Option<Comment> {
    let start = at + text[at..].find("<!--")?;
    let Some(end) = text[start + 2..].find("-->").map(|offset| start + 2 + offset + 3) else {
        return Some(Comment { start, inner: start, end: None });
    };
    let inner = text[start..end].rfind("<!--").map_or(start, |offset| start + offset);
    Some(Comment { start, inner, end: Some(end) })
}

/// The comments that are closed, inside code as well.
pub(super) fn closed_comments(text: &str) -> Vec<Withheld> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(Comment { start, end: Some(end), .. }) = next_comment(text, at) {
        found.push(Withheld { kind: WithheldKind::Comment, span: Span::new(start, end) });
        at = end;
    }
    found
}

/// The comments that begin outside of the spans of `code`, which are in order.
pub(super) fn comments_outside(text: &str, code: &[Span]) -> Vec<Comment> {
    let mut found = Vec::new();
    let (mut at, mut next_code) = (0, 0);
    while let Some(start) = text[at..].find("<!--").map(|offset| at + offset) {
        while code.get(next_code).is_some_and(|span| span.end <= start) {
            next_code += 1;
        }
        match code.get(next_code).filter(|span| span.start <= start) {
            Some(span) => at = span.end.max(start + 4),
            None => {
                let Some(comment) = next_comment(text, start) else { break };
                at = comment.end.unwrap_or(text.len());
                found.push(comment);
            }
        }
    }
    found
}

/// The places of `-->` that close a comment which `passages` do not hold to its end, so that its rest would be published:
/// `blanked` is `text` with blanks over them.
///
/// An arrow is none: `-->` with words before and after it on its line, unless a comment begins before it in its block, or
/// one that begins before it anywhere holds another.
pub(super) fn unopened_ends(text: &str, blanked: &str, passages: &[Withheld]) -> Vec<Span> {
    let mut found = Vec::new();
    if !blanked.contains("-->") {
        return found;
    }
    let left_open = passages.iter().find(|passage| is_left_open(passage.span.slice(text)));
    let left_open = left_open.map_or(text.len(), |passage| passage.span.end);
    let (mut start, mut follows_comment) = (0, false);
    for line in text.split_inclusive('\n') {
        follows_comment &= !line.trim().is_empty();
        let kept = blanked.get(start..start + line.len()).unwrap_or("");
        let (first_word, last_word) = (kept.find(char::is_alphanumeric), kept.rfind(char::is_alphanumeric));
        let opening = line.find("<!--");
        for (at, end) in kept.match_indices("-->") {
            let is_between = first_word.is_some_and(|word| word < at) && last_word.is_some_and(|word| word > at);
            let is_after = follows_comment || opening.is_some_and(|opening| opening < at) || start + at >= left_open;
            if !is_between || is_after {
                found.push(Span::new(start + at, start + at + end.len()));
            }
        }
        follows_comment |= opening.is_some();
        start += line.len();
    }
    found
}

/// Whether comments of a passage begin more often than they end. `<!-->` is only a beginning to its author.
fn is_left_open(passage: &str) -> bool {
    let closed: usize = passage.split("<!--").map(|part| part.matches("-->").count()).sum();
    passage.matches("<!--").count() > closed
}
