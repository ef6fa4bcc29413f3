//! A text without its withheld passages: put together, or with blanks in their places.

use super::passage::Withheld;
use crate::text::{SourceMap, Span};

/// A text without what is withheld.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    /// What is left.
    pub(crate) text: String,
    /// Where that stands in the file.
    pub(crate) map: SourceMap,
}

/// `text` within `range` put together without `passages`. What stands before the range is kept, what stands after it is
/// not. How long a passage was cannot be told from what is left.
pub(crate) fn cut(text: &str, range: Span, passages: &[Withheld]) -> Kept {
    let mut kept = Kept { text: text[..range.start].to_owned(), ..Kept::default() };
    if passages.is_empty() {
        kept.text.push_str(range.slice(text));
        return kept;
    }
    let mut pieces = vec![(0, 0)];
    let mut at = range.start;
    let mut line_is_blank = true;
    let mut broken_at = range.start;
    for passage in passages {
        let piece = &text[at..passage.span.start];
        line_is_blank = is_blank_line_end(piece, line_is_blank);
        kept.text.push_str(piece);
        let is_broken = kept.text.len() == broken_at;
        at = passage.span.end;
        let rest = &text[at..range.end];
        let goes_on = rest.bytes().find(|byte| !matches!(byte, b' ' | b'\t')).is_some_and(|byte| byte != b'\n');
        if goes_on && !is_broken && line_is_blank {
            // What follows begins a line of its own, so that it neither joins the line before nor is indented by it.
            kept.text.push('\n');
            pieces.push((kept.text.len() - 1, passage.span.start));
            line_is_blank = true;
            broken_at = kept.text.len();
        } else if goes_on && kept.text.ends_with([' ', '\t']) && rest.starts_with([' ', '\t']) {
            at += 1;
        }
        pieces.push((kept.text.len(), at));
    }
    kept.text.push_str(&text[at..range.end]);
    kept.map = SourceMap::new(pieces);
    kept
}

/// `text` with blanks over its withheld passages, so that all other places stay the same: newlines where a passage begins
/// a line, so that no indentation arises.
pub(crate) fn mask(text: &str, passages: &[Withheld]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut line_is_blank = true;
    for passage in passages {
        let piece = &text[masked.len()..passage.span.start];
        line_is_blank = is_blank_line_end(piece, line_is_blank);
        masked.push_str(piece);
        let blank = if line_is_blank { '\n' } else { ' ' };
        masked.extend(passage.span.slice(text).bytes().map(|byte| if byte == b'\n' { '\n' } else { blank }));
        line_is_blank |= passage.span.slice(text).contains('\n');
    }
    masked.push_str(&text[masked.len()..]);
    masked
}

/// Whether the line that is open at the end of `piece` has nothing but blanks, given that for the line before it.
fn is_blank_line_end(piece: &str, was_blank: bool) -> bool {
    match piece.rsplit_once('\n') {
        Some((_, last)) => last.trim().is_empty(),
        None => was_blank && piece.trim().is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::cut;
    use crate::diagnostic::Problems;
    use crate::redact::find;
    use crate::text::Span;

    #[test]
    fn how_long_a_passage_was_cannot_be_told() {
        let text = |hidden: &str| {
            format!(
                "a <!-- {hidden} --> b\n\n<!-- internal -->\n{hidden}\n\n{hidden}\n<!-- /internal -->\n\n- <!-- {hidden} -->c"
            )
        };
        let left = |text: &str| {
            let range = Span::new(0, text.len());
            cut(text, range, &find(text, range, &mut Problems::default())).text
        };
        assert_eq!(left(&text("x")), left(&text(&"long\n".repeat(40))));
    }
}
