//! One thing that can be written, for editors that fill in places and for those that do not.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextFormat, MarkupContent, MarkupKind,
    Range, TextEdit,
};

use crate::lsp::capability::Snippets;
use crate::lsp::view::View;

/// Something that can be written at a place.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    pub(super) label: String,
    /// A few words behind the label.
    pub(super) detail: String,
    /// What it means, in Markdown.
    pub(super) about: String,
    pub(super) kind: CompletionItemKind,
    /// What is written, with the places to fill in as snippets have them: `${1:words}`, `${1|one,two|}`, `$0`.
    pub(super) text: String,
    /// The words by which it is found; its text where they are empty.
    pub(super) found_by: String,
    /// What an editor writes that fills in no places; none for the text with what stands in its places.
    pub(super) plain: Option<String>,
}

impl Proposal {
    pub(super) fn new(label: &str, kind: CompletionItemKind, text: impl Into<String>) -> Self {
        let (detail, about, found_by) = (String::new(), String::new(), String::new());
        Self { label: label.to_owned(), detail, about, kind, text: text.into(), found_by, plain: None }
    }

    /// A word of a vocabulary, or a name that the site knows.
    pub(super) fn word(label: &str, text: impl AsRef<str>) -> Self {
        Self::new(label, CompletionItemKind::ENUM_MEMBER, escaped(text.as_ref()))
    }

    pub(super) fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    pub(super) fn about(self, about: impl Into<String>) -> Self {
        Self { about: about.into(), ..self }
    }

    pub(super) fn found_by(self, words: impl Into<String>) -> Self {
        Self { found_by: words.into(), ..self }
    }

    /// Leaves out everything from the first place on where places are not filled in: the author goes on from there.
    pub(super) fn ends_at_first_place(self) -> Self {
        let plain = self.text.split('$').next().map(str::to_owned);
        Self { plain, ..self }
    }

    /// The item of the protocol; none where the editor takes one line only and this has more.
    pub(super) fn item(self, view: &View<'_>, range: Range, order: usize) -> Option<CompletionItem> {
        let snippets = view.client.snippets;
        let plain = self.plain.unwrap_or_else(|| without_places(&self.text));
        let (text, format) = match snippets {
            Snippets::Known => (self.text, InsertTextFormat::SNIPPET),
            Snippets::Unknown if plain.trim_end_matches('\n').contains('\n') => return None,
            Snippets::Unknown => (plain.trim_end_matches('\n').to_owned(), InsertTextFormat::PLAIN_TEXT),
        };
        let found_by = if self.found_by.is_empty() { plain } else { self.found_by };
        let about = MarkupContent { kind: MarkupKind::Markdown, value: self.about };
        Some(CompletionItem {
            label: self.label,
            kind: Some(self.kind),
            detail: (!self.detail.is_empty()).then_some(self.detail),
            documentation: (!about.value.is_empty()).then_some(Documentation::MarkupContent(about)),
            sort_text: Some(format!("{order:04}")),
            filter_text: Some(found_by),
            insert_text_format: Some(format),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: text })),
            ..CompletionItem::default()
        })
    }
}

/// A text in which nothing is a place to fill in.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// The words of a choice, of which the first is written where nobody chooses.
pub(super) fn choice<'a>(number: usize, words: impl IntoIterator<Item = &'a str>) -> String {
    let escape = |word: &str| escaped(word).replace(',', "\\,").replace('|', "\\|");
    let words: Vec<String> = words.into_iter().map(escape).collect();
    if words.is_empty() { format!("${number}") } else { format!("${{{number}|{}|}}", words.join(",")) }
}

/// A snippet as a text: with the words that stand in its places, and the first of each choice.
fn without_places(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some(at) = rest.find(['\\', '$']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(escaped) = rest.strip_prefix('\\') {
            let length = escaped.chars().next().map_or(0, char::len_utf8);
            text.push_str(&escaped[..length]);
            rest = &escaped[length..];
        } else {
            let (inner, after) = place(&rest[1..]);
            text.push_str(&without_places(inner));
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

/// The words that stand in a place to fill in, and what follows it. `text` begins behind its `$`.
fn place(text: &str) -> (&str, &str) {
    let Some(inner) = text.strip_prefix('{') else {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        return ("", &text[end..]);
    };
    let bytes = inner.as_bytes();
    let is_end = |at: &usize| bytes[*at] == b'}' && (*at == 0 || bytes[*at - 1] != b'\\');
    let end = (0..bytes.len()).find(is_end).unwrap_or(inner.len());
    let after = inner.get(end + 1..).unwrap_or("");
    let words = inner[..end].trim_start_matches(|c: char| c.is_ascii_digit());
    let first = match words.strip_prefix('|') {
        Some(choices) => {
            let is_sign = |at: &usize| {
                matches!(choices.as_bytes()[*at], b',' | b'|') && (*at == 0 || choices.as_bytes()[*at - 1] != b'\\')
            };
            &choices[..(0..choices.len()).find(is_sign).unwrap_or(choices.len())]
        }
        None => words.strip_prefix(':').unwrap_or(words),
    };
    (first, after)
}

#[cfg(test)]
mod tests {
    use super::{choice, escaped, without_places};

    #[test]
    fn snippets_are_texts_for_editors_that_know_none() {
        let check = |snippet: &str, expected: &str| assert_eq!(without_places(snippet), expected, "{snippet}");
        check("- ${1:10:05} — **${2|Detected,Resolved|}** — $0", "- 10:05 — **Detected** — ");
        check("a\\$b \\} ${3:x}y$1", "a$b } xy");
        check(&format!("{} {}", choice(1, ["a,b", "c"]), escaped("$5 {x}")), "a,b $5 {x}");
        check(&choice(1, []), "");
        check("${1", "");
    }
}
