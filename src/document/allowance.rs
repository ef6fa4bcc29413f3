//! Allowances: an author allows a finding of a rule at one place, and says why.

use super::front_matter::FrontMatter;
use crate::redact::{Withheld, WithheldKind, blank_out};
use crate::table::{Entry, ValueKind};
use crate::text::{Span, Spanned};

/// Permission to break one rule in a part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The name or code of the rule, as written.
    pub rule: Spanned<String>,
    /// Why the rule may be broken; empty when the author gives no reason.
    pub reason: String,
    /// The parts of the file without findings of the rule.
    pub covers: Vec<Span>,
}

/// Reads the `[allow]` table, which covers the front matter up to `end` and the `headings` of sections: what is missing from a
/// section, or is true of all of it, has no paragraph. Spans refer to the file.
pub(super) fn in_front_matter(front: &FrontMatter, end: usize, headings: impl Iterator<Item = Span>) -> Vec<Allowance> {
    let Some(ValueKind::Table(table)) = front.table.get("allow").map(|entry| &entry.value.kind) else {
        return Vec::new();
    };
    let covers: Vec<Span> = std::iter::once(Span::new(0, end)).chain(headings).collect();
    let allowance = |entry: &Entry| {
        let reason = match &entry.value.kind {
            ValueKind::Text(reason) => reason.trim().to_owned(),
            _ => String::new(),
        };
        let rule = Spanned::new(entry.key.clone(), entry.key_span);
        Allowance { rule, reason, covers: covers.clone() }
    };
    table.entries.iter().map(allowance).collect()
}

/// Reads comments `<!-- casebook: allow RULE: reason -->`, each of which covers the paragraph or list item that it is in, or
/// the next one.
///
/// `withheld` are the withheld passages of the body. Spans refer to the file.
pub(super) fn in_comments(text: &str, withheld: &[Withheld]) -> Vec<Allowance> {
    let (internal, comments): (Vec<Withheld>, Vec<Withheld>) =
        withheld.iter().partition(|passage| passage.kind == WithheldKind::Internal);
    let is_allowance = |passage: &&Withheld| passage.span.slice(text).contains("casebook:");
    let mut comments = comments.iter().filter(is_allowance).peekable();
    if comments.peek().is_none() {
        return Vec::new();
    }
    let text = blank_out(text, &internal);
    let blocks = blocks(&text);
    comments.filter_map(|passage| comment(&text, passage.span, &blocks)).collect()
}

fn comment(text: &str, span: Span, blocks: &[Block]) -> Option<Allowance> {
    let inside = text.get(span.start + 4..span.end - 3)?;
    let words = inside.trim_start().strip_prefix("casebook:")?.trim_start().strip_prefix("allow")?;
    let words = words.strip_prefix(char::is_whitespace)?.trim_start();
    let (rule, reason) = words.split_once(':').unwrap_or((words, ""));
    let rule_start = span.end - 3 - words.len();
    let rule = rule.trim_end();
    let rule = Spanned::new(rule.to_owned(), Span::new(rule_start, rule_start + rule.len()));
    Some(Allowance { rule, reason: reason.trim().to_owned(), covers: vec![covered(text, span, blocks)] })
}

/// The block around a comment; the next block when the comment is alone in its own.
fn covered(text: &str, comment: Span, blocks: &[Block]) -> Span {
    let (first, last) = (block_at(blocks, comment.start), block_at(blocks, comment.end));
    if first.begins < comment.start || last.ends > comment.end {
        return Span::new(first.lines.start, last.lines.end);
    }
    let next = comment.end + (text[comment.end..].len() - text[comment.end..].trim_start().len());
    block_at(blocks, next).lines
}

/// Lines without a blank line between them; a list item begins a new block.
struct Block {
    lines: Span,
    /// The offset of its first word, after blanks and list markers.
    begins: usize,
    /// The offset after its last word.
    ends: usize,
}

/// Divides `text` into blocks once, since one paragraph may hold thousands of comments.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut start, mut was_blank) = (0, true);
    for line in text.split('\n') {
        let end = start + line.len();
        let is_blank = line.trim().is_empty();
        match blocks.last_mut() {
            Some(block) if !is_blank && !was_blank && !opens_item(line) => block.lines.end = end,
            _ => blocks.push(Block { lines: Span::new(start, end), begins: end, ends: start }),
        }
        was_blank = is_blank;
        start = end + 1;
    }
    for block in &mut blocks {
        let words = block.lines.slice(text);
        let is_sign = |c: char| c.is_whitespace() || matches!(c, '-' | '*' | '+');
        block.begins = block.lines.end - words.trim_start_matches(is_sign).len();
        block.ends = block.lines.start + words.trim_end().len();
    }
    blocks
}

fn block_at(blocks: &[Block], at: usize) -> &Block {
    &blocks[blocks.partition_point(|block| block.lines.start <= at) - 1]
}

fn opens_item(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    ["- ", "* ", "+ ", "#"].iter().any(|start| line.starts_with(start))
        || (digits.len() < line.len() && (digits.starts_with(". ") || digits.starts_with(") ")))
}

#[cfg(test)]
mod tests {
    use super::{blocks, covered};
    use crate::text::Span;

    fn check(text: &str, expected: &str) {
        let start = text.find("<!--").unwrap();
        let end = text.find("-->").unwrap() + 3;
        assert_eq!(covered(text, Span::new(start, end), &blocks(text)).slice(text), expected);
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
