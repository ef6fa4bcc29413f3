//! Allowances: places where the author says that a rule does not apply, and why.

use super::cut::mask;
use super::front::Front;
use super::tree::ValueKind;
use super::withheld::{Withheld, WithheldKind};
use crate::text::{Span, Spanned};

/// A rule that is set aside for a part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The name or code of the rule, as written.
    pub rule: Spanned<String>,
    /// Why it does not apply; empty when that is not said.
    pub reason: String,
    /// The part of the file in which it does not apply.
    pub covers: Span,
}

/// Reads the comments `<!-- casebook: allow RULE: reason -->` of the text, each for the paragraph or list item that it
/// stands in or before, and the `[allow]` table of the front matter, for the front matter.
///
/// `withheld` is what is withheld of the body. Places are those of the file.
pub(super) fn read(text: &str, front: &Front, withheld: &[Withheld]) -> Vec<Allowance> {
    let mut allowances = Vec::new();
    if let Some(ValueKind::Table(table)) = front.table.get("allow").map(|entry| &entry.value.kind) {
        for entry in &table.entries {
            let reason = match &entry.value.kind {
                ValueKind::Text(reason) => reason.trim().to_owned(),
                _ => String::new(),
            };
            let rule = Spanned::new(entry.key.clone(), entry.key_span);
            allowances.push(Allowance { rule, reason, covers: Span::new(0, front.body.start) });
        }
    }
    let (blocks, comments): (Vec<Withheld>, Vec<Withheld>) =
        withheld.iter().partition(|passage| passage.kind == WithheldKind::Internal);
    let is_allowance = |passage: &&Withheld| passage.span.slice(text).contains("casebook:");
    let mut comments = comments.iter().filter(is_allowance).peekable();
    if comments.peek().is_some() {
        let text = mask(text, &blocks);
        allowances.extend(comments.filter_map(|passage| comment(&text, passage.span)));
    }
    allowances
}

fn comment(text: &str, span: Span) -> Option<Allowance> {
    let inside = text.get(span.start + 4..span.end - 3)?;
    let words = inside.trim_start().strip_prefix("casebook:")?.trim_start().strip_prefix("allow")?;
    let words = words.strip_prefix(char::is_whitespace)?.trim_start();
    let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
    let rule_start = span.end - 3 - words.len();
    let rule = rule.trim_end();
    let rule = Spanned::new(rule.to_owned(), Span::new(rule_start, rule_start + rule.len()));
    Some(Allowance { rule, reason: reason.trim().to_owned(), covers: covered(text, span) })
}

/// The lines around a comment up to a blank line or another list item; when the comment stands alone, those that follow.
fn covered(text: &str, comment: Span) -> Span {
    let own = block_around(text, comment);
    let before =
        text[own.start..comment.start].trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '+'));
    if !before.is_empty() || !text[comment.end..own.end].trim().is_empty() {
        return own;
    }
    let next = comment.end + (text[comment.end..].len() - text[comment.end..].trim_start().len());
    block_around(text, Span::at(next))
}

fn block_around(text: &str, place: Span) -> Span {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let mut start = line_start(place.start);
    while start > 0 && !opens_item(&text[start..line_end(start)]) {
        let above = line_start(start - 1);
        if text[above..start].trim().is_empty() {
            break;
        }
        start = above;
    }
    let mut end = line_end(place.end);
    while end < text.len() {
        let below = line_end(end + 1);
        let line = &text[end + 1..below];
        if line.trim().is_empty() || opens_item(line) {
            break;
        }
        end = below;
    }
    Span::new(start, end)
}

fn opens_item(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    ["- ", "* ", "+ ", "#"].iter().any(|start| line.starts_with(start))
        || (digits.len() < line.len() && (digits.starts_with(". ") || digits.starts_with(") ")))
}

#[cfg(test)]
mod tests {
    use super::covered;
    use crate::text::Span;

    fn check(text: &str, expected: &str) {
        let start = text.find("<!--").unwrap();
        let end = text.find("-->").unwrap() + 3;
        assert_eq!(covered(text, Span::new(start, end)).slice(text), expected);
    }

    #[test]
    fn a_comment_covers_its_paragraph_or_the_next() {
        check("a\n\nb <!-- x --> c\nd\n\ne", "b <!-- x --> c\nd");
        check("a\n\n<!-- x -->\n\nb\nc\n\nd", "b\nc");
        check("- a\n- b <!-- x -->\n  c\n- d", "- b <!-- x -->\n  c");
        check("- a\n- <!-- x --> b\n- d", "- <!-- x --> b");
        check("<!-- x -->\n\n## Heading\n\ntext", "## Heading");
    }
}
