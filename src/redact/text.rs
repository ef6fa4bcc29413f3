//! Removes withheld passages from a text, or puts blanks in their places.

use super::passage::Withheld;
use crate::text::{SourceMap, Span};

/// A text after its withheld passages were cut out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Redacted {
    /// The rest of the text.
    pub(crate) text: String,
    /// Maps places in the rest to the file.
    pub(crate) map: SourceMap,
}

/// Cuts `passages` out of `text` within `range`, keeps what is before the range, and drops what is after it. The result
/// does not tell how long a passage was.
pub(crate) fn cut_out(text: &str, range: Span, passages: &[Withheld]) -> Redacted {
    let mut kept = Redacted { text: text[..range.start].to_owned(), ..Redacted::default() };
    if passages.is_empty() {
        kept.text.push_str(range.slice(text));
        return kept;
    }
    let mut pieces = vec![(0, 0)];
    let mut at = range.start;
    let mut line = OpenLine { is_blank: true };
    let mut broken_at = range.start;
    for passage in passages {
        let piece = &text[at..passage.span.start];
        line.read(piece);
        kept.text.push_str(piece);
        let is_broken = kept.text.len() == broken_at;
        at = passage.span.end;
        let rest = &text[at..range.end];
        let goes_on = rest.bytes().find(|byte| !matches!(byte, b' ' | b'\t')).is_some_and(|byte| byte != b'\n');
        if goes_on && !is_broken && line.is_blank {
            // A line break keeps what follows from joining the line before, or from being indented by it.
            kept.text.push('\n');
            pieces.push((kept.text.len() - 1, passage.span.start));
            line.is_blank = true;
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

/// Overwrites `passages` with blanks, so that all offsets stay valid. A passage that begins a line becomes line breaks,
/// since blanks would indent what follows.
pub(crate) fn blank_out(text: &str, passages: &[Withheld]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut line = OpenLine { is_blank: true };
    for passage in passages {
        let piece = &text[blanked.len()..passage.span.start];
        line.read(piece);
        blanked.push_str(piece);
        let blank = if line.is_blank { '\n' } else { ' ' };
        blanked.extend(passage.span.slice(text).bytes().map(|byte| if byte == b'\n' { '\n' } else { blank }));
        line.is_blank |= passage.span.slice(text).contains('\n');
    }
    blanked.push_str(&text[blanked.len()..]);
    blanked
}

/// The line that is open at the end of a text that is read piece by piece.
struct OpenLine {
    /// Whether it holds nothing but blanks.
    is_blank: bool,
}

impl OpenLine {
    fn read(&mut self, piece: &str) {
        self.is_blank = match piece.rsplit_once('\n') {
            Some((_, last)) => last.trim().is_empty(),
            None => self.is_blank && piece.trim().is_empty(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::cut_out;
    use crate::diagnostic::Problems;
    use crate::redact::find_withheld;
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
            cut_out(text, range, &find_withheld(text, range, &mut Problems::default())).text
        };
        assert_eq!(left(&text("x")), left(&text(&"long\n".repeat(40))));
    }
}
