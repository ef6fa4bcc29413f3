//! What a template or an unfinished text leaves behind.

use std::ops::Range;

use crate::rules::phrase::{Phrases, head};

/// Words of templates, and words that stand for something still to be written.
static LEFTOVERS: Phrases =
    Phrases::new(&["lorem ipsum", "sample subheadings", "todo", "tbd", "fixme", "xxx", "issue name", "???"]);

/// One of these stands in whatever is left behind: a word of each of the above, and what is asked for beside them.
pub(super) const SIGNS: [&str; 13] =
    ["lorem", "subheadings", "todo", "tbd", "fixme", "xxx", "issue", "???", "{{", "#?", "…", "...", "label"];

/// Those that count in any case. The others do in capitals only.
const PROMPTS: [&str; 2] = ["lorem ipsum", "sample subheadings"];

/// Whether a string of the front matter is an ellipsis, begins with a marker or holds a placeholder.
pub(super) fn is_unwritten(text: &str) -> bool {
    let text = text.trim();
    let is_ellipsis = matches!(text, "…" | "...") || text.ends_with("://…") || text.ends_with("://...");
    is_ellipsis || placeholder(text).is_some() || leftovers(text).first().is_some_and(|first| first.start == 0)
}

/// The places of markers and prompts, in order.
pub(super) fn leftovers(text: &str) -> Vec<Range<usize>> {
    let counts = |(range, words): &(Range<usize>, &str)| {
        let is_in_capitals = !text[range.clone()].contains(|c: char| c.is_ascii_lowercase());
        PROMPTS.contains(words) || is_in_capitals && !text[..range.start].ends_with('?')
    };
    LEFTOVERS.find(text).into_iter().filter(counts).map(|(range, _)| range).collect()
}

/// A name in double braces, as templates have it: `{{title}}`. With blanks inside it is a quotation from
/// some configuration, and so is `${{…}}`.
pub(super) fn placeholder(text: &str) -> Option<Range<usize>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices("{{").find_map(|(start, _)| {
        let length = head(&text[start + 2..], 100).find("}}")?;
        let name = &text[start + 2..start + 2 + length];
        let is_ours = !name.is_empty() && name.chars().all(is_name) && !text[..start].ends_with('$');
        is_ours.then_some(start..start + length + 4)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_unwritten, leftovers, placeholder};

    #[test]
    fn markers_count_in_capitals_and_as_words() {
        for text in ["TODO: ask", "when? TBD", "???", "- ??? -", "Lorem\nipsum", "These are only sample subheadings."] {
            assert_eq!(leftovers(text).len(), 1, "{text}");
        }
        for text in ["a todo list", "why????", "CVE-2024-XXXX", "?????? pods????", "the issue name", "MASTODON"] {
            assert!(leftovers(text).len() <= usize::from(text.starts_with('?')), "{text}");
        }
    }

    #[test]
    fn placeholders_are_told_apart_from_quotations() {
        assert_eq!(placeholder("the {{title}} of it"), Some(4..13));
        for text in ["${{secrets}}", "{{ .Values.x }}", "{{}}", "{{", "}}{{"] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }

    #[test]
    fn values_are_unwritten_when_they_say_nothing() {
        for text in ["…", " ... ", "TODO", "TODO: ask Support", "https://…", "{{title}}"] {
            assert!(is_unwritten(text), "{text}");
        }
        for text in ["", "Delete the note TODO from all files", "About 2 % … of users"] {
            assert!(!is_unwritten(text), "{text}");
        }
    }
}
