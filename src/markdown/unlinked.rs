//! Passages that are written like a link, a picture or a footnote and are none, so that readers see their brackets.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, LinkType};

use super::notice::Notices;
use super::run::NO_SIGN;
use crate::diagnostic::ProblemKind;
use crate::text::Span;

/// The longest address or label that is looked at, in bytes.
const LONGEST: usize = 300;

/// Reports a link by reference whose label nothing defines. A label alone is no link: `[sic]` and `[1]` are text.
pub(super) fn report_reference(link: &BrokenLink<'_>, text: &str, notices: &Notices) {
    let mut place = Span::from(link.span.clone());
    let is_whole = match link.link_type {
        LinkType::ReferenceUnknown | LinkType::Reference => true,
        LinkType::CollapsedUnknown | LinkType::Collapsed => {
            place.end += if text[place.end..].starts_with("[]") { 2 } else { 0 };
            true
        }
        LinkType::Inline
        | LinkType::Shortcut
        | LinkType::ShortcutUnknown
        | LinkType::Autolink
        | LinkType::Email
        | LinkType::WikiLink { .. } => false,
    };
    let label = link.reference.trim();
    let before = text[..place.start].trim_end_matches('!');
    // `rows[0][1]` and `[1][2]` are code and numbers.
    let is_code = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ']' | ')' | '$'));
    let has_word = label.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_plain = label.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '#' | ':'));
    if !is_whole || is_code || !has_word || !is_plain || label.len() > LONGEST {
        return;
    }
    let written = place.slice(text);
    let help = format!("Add a line `[{label}]: https://…`, or write the address behind the words: `[…](https://…)`.");
    let message = format!("nothing defines `[{label}]`, so that readers see `{}`", shortened(written));
    notices.add(ProblemKind::LinkWithoutTarget, place, (message, &help));
}

/// Reports footnotes without a text, and links with a blank in their address, in a run of text. `place` tells where a part
/// of the run stands in `text`.
pub(super) fn report_unlinked(run: &str, text: &str, place: impl Fn(Range<usize>) -> Range<usize>, notices: &Notices) {
    for (at, _) in run.match_indices("[^") {
        let before = text[..place(at..at + 1).start].chars().next_back();
        if let Some(end) = footnote(run, at, before) {
            let label = &run[at + 2..end - 1];
            let message = format!("no footnote has the label `{label}`, so that readers see `[^{label}]`");
            let help = format!("Add its text below: `[^{label}]: …`.");
            notices.add(ProblemKind::LinkWithoutTarget, place(at..end).into(), (message, &help));
        }
    }
    for (at, _) in run.match_indices("](") {
        if let Some((range, message, help)) = blank_in_address(run, at) {
            notices.add(ProblemKind::LinkWithoutTarget, place(range).into(), (message, &help));
        }
    }
}

/// The end of the reference to a footnote that begins at `at`. `[^0-9]+` is a regular expression.
fn footnote(run: &str, at: usize, before: Option<char>) -> Option<usize> {
    let label = &run[at + 2..];
    let length = label.bytes().take(LONGEST).position(|byte| byte == b']')?;
    let (label, after) = (label.get(..length)?, &label[length + 1..]);
    let is_name = !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let is_range = label.chars().nth(1) == Some('-');
    let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
    let is_attached = before.is_some_and(|c| c.is_alphanumeric() || ".,;:!?”\"*_`".contains(c));
    let is_sure = is_number || is_attached || label.chars().count() > 4;
    let is_expression = before.is_some_and(|c| "([\\^|/".contains(c))
        || after.starts_with(['+', '*', '?', '{', '|', '$', '\\', ':', '[', '/']);
    (is_name && !is_range && is_sure && !is_expression).then_some(at + 2 + length + 1)
}

/// What is wrong with the address behind the bracket at `at`, and where, if it has a blank and is one.
fn blank_in_address(run: &str, at: usize) -> Option<(Range<usize>, String, String)> {
    let rest = &run[at + 2..];
    let length = rest.bytes().take(LONGEST).position(|byte| byte == b')')?;
    let address = rest.get(..length)?.trim();
    let words = run[..at].bytes().rev().take(LONGEST).position(|byte| byte == b'[').map_or(at, |back| at - back - 1);
    let start = if run[..words].ends_with('!') { words - 1 } else { words };
    let has_scheme =
        address.split_once("://").is_some_and(|(scheme, _)| scheme.bytes().all(|c| c.is_ascii_alphabetic()));
    let is_path = ["/", "./", "../", "#"].iter().any(|start| address.starts_with(start));
    let is_file = address.rsplit_once('.').is_some_and(|(name, end)| {
        !name.is_empty() && (2..=5).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let is_escaped = run[start..at + 2 + length].contains(NO_SIGN);
    if is_escaped || !address.contains(char::is_whitespace) || !(has_scheme || is_path || is_file) {
        return None;
    }
    let range = start..at + 2 + length + 1;
    let written = &run[range.clone()];
    let what = if written.starts_with('!') { "picture" } else { "link" };
    let message = format!("`{}` is no {what}, since its address has a blank", shortened(written));
    let help = format!("Write `({})`.", address.split_whitespace().collect::<Vec<_>>().join("%20"));
    Some((range, message, help))
}

/// The beginning of a text, for a message.
fn shortened(text: &str) -> String {
    super::cut(text, 80)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Problems;
    use crate::markdown::markdown_events;
    use crate::text::Span;

    /// The passages of a text that are reported.
    fn reported(text: &str) -> Vec<&str> {
        let mut events = markdown_events(text, Span::new(0, text.len()));
        events.by_ref().for_each(drop);
        let mut problems = Problems::default();
        events.report(&mut problems);
        problems.0.iter().map(|problem| problem.span.slice(text)).collect()
    }

    #[test]
    fn what_is_written_like_a_link_and_is_none_is_reported() {
        let cases: &[(&str, &[&str])] = &[
            (
                "See [the ticket][nope] and [the **other** one][No pe].",
                &["[the ticket][nope]", "[the **other** one][No pe]"],
            ),
            ("![a chart][img] and [the ticket][]", &["![a chart][img]", "[the ticket][]"]),
            ("A note[^missing], one.[^1] One [^2], _one_[^note].", &["[^missing]", "[^1]", "[^2]", "[^note]"]),
            ("![chart](two words.png)", &["![chart](two words.png)"]),
            ("a [page](https://example.org/a b), *a* [b](<c d.md>)", &["[page](https://example.org/a b)"]),
            ("[a_b_c](../x y/z) [**b**](/x y)", &["[a_b_c](../x y/z)", "](/x y)"]),
        ];
        for (text, expected) in cases {
            assert_eq!(reported(text), *expected, "{text}");
        }
    }

    #[test]
    fn brackets_of_other_meaning_are_not() {
        let cases = [
            "[x] [1] [10:30] [sic] [ticket] array[0][1] map[key][other] [0][1] a[b][] [a][] f(x)[key][other]",
            "The pattern [^a-z]+ or [^abc] or ([^missing]) or ^[^missing]+$ or [^/]+ and [^\\s].",
            "`[the ticket][nope]` and `[^missing]` and \\[the ticket][nope] and \\[^missing]",
            "callbacks[name](one argument) and [see](later today) and [x](a, b)",
            "[the ticket][known] and a note[^known].\n\n[known]: https://example.org\n[^known]: Yes.",
            "```\n[the ticket][nope]\n```\n\n    [^missing]",
            "- [ ] open\n- [x] done\n\n> [!NOTE]\n> a",
            "Call `a`[b](c d) and \\[a](b c.md)",
        ];
        for text in cases {
            assert_eq!(reported(text), Vec::<&str>::new(), "{text}");
        }
    }
}
