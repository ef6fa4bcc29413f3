//! The words of a review without their markup.

use std::cell::OnceCell;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::markdown_events;
use crate::model::Review;
use crate::text::Span;

/// The words of a string of the front matter.
pub(super) fn plain(text: &str) -> String {
    if !has_markup(text) {
        return joined(text);
    }
    // At the beginning of a line `>`, `#` and `1.` would open blocks; a character that is none stands before them.
    let line = format!("{NO_CHARACTER}{}", joined(text));
    let all = Span::new(0, line.len());
    let events: Vec<_> = markdown_events(&line, all).map(|(event, range)| (event, Span::from(range))).collect();
    words(events.iter(), all, &line).replace(NO_CHARACTER, "")
}

/// A code point that Unicode promises never to assign.
const NO_CHARACTER: char = '\u{fdd0}';

/// Whether anything in a text can be markup.
fn has_markup(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b'<' | b'&' | b'~' | b'|' | b'\n'))
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The body of a review, parsed when a passage with markup is first asked for. It is parsed whole, since footnotes and
/// the targets of links may stand in other sections.
pub(super) struct Passages<'a> {
    review: &'a Review,
    events: OnceCell<Parsed<'a>>,
}

struct Parsed<'a> {
    events: Vec<(Event<'a>, Span)>,
    /// For each event, the greatest start of any up to it: starts alone go back and forth.
    reached: Vec<usize>,
}

impl<'a> Passages<'a> {
    pub(super) fn of(review: &'a Review) -> Self {
        Self { review, events: OnceCell::new() }
    }

    /// The words of a passage.
    pub(super) fn words(&self, span: Span) -> String {
        let text = span.slice(&self.review.text).trim();
        if !has_markup(text) && !text.starts_with(['#', '>', '-', '+']) {
            return joined(text);
        }
        let parsed = self.events.get_or_init(|| {
            let events = markdown_events(&self.review.text, self.review.body);
            let events: Vec<(Event<'a>, Span)> = events.map(|(event, range)| (event, range.into())).collect();
            let mut furthest = 0;
            let reach = |(_, at): &(Event<'_>, Span)| {
                furthest = furthest.max(at.start);
                furthest
            };
            Parsed { reached: events.iter().map(reach).collect(), events }
        });
        let mut from = parsed.reached.partition_point(|reached| *reached < span.start);
        // A run of words may begin before the passage: what stands before the text of an entry is its time.
        while from > 0 && parsed.events[from - 1].1.end > span.start {
            from -= 1;
        }
        let inside = parsed.events[from..].iter().take_while(|(_, at)| at.start < span.end);
        words(inside, span, &self.review.text)
    }
}

/// The words of the events inside `span`: a blank line between paragraphs, a line for each item, row or line of code.
fn words<'e, 'a: 'e>(events: impl Iterator<Item = &'e (Event<'a>, Span)>, span: Span, text: &str) -> String {
    let mut words = String::with_capacity(span.len());
    let mut notes = 0;
    for (event, at) in events.filter(|(_, at)| at.end > span.start) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => notes += 1,
            Event::End(TagEnd::FootnoteDefinition) => notes -= 1,
            _ if notes > 0 => {}
            Event::Text(_) if at.start < span.start => words.push_str(text.get(span.start..at.end).unwrap_or_default()),
            _ if at.start < span.start => {}
            Event::Text(word) | Event::Code(word) | Event::Html(word) | Event::InlineHtml(word) => words.push_str(word),
            Event::SoftBreak => words.push(' '),
            Event::HardBreak => words.push('\n'),
            Event::End(TagEnd::TableCell) => words.push_str(" | "),
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead | TagEnd::CodeBlock) => words.push('\n'),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_) | TagEnd::Table) => {
                words.push_str("\n\n");
            }
            _ => {}
        }
    }
    tidy(&words)
}

/// Without blanks at the ends of lines, and with one empty line at most.
fn tidy(words: &str) -> String {
    let mut tidy = String::with_capacity(words.len());
    let mut empty = 0;
    for line in words.lines() {
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        for (at, word) in line.split_whitespace().enumerate() {
            if at > 0 {
                tidy.push(' ');
            }
            tidy.push_str(word);
        }
        // The last cell of a row, and empty ones before it, need no end.
        tidy.truncate(tidy.trim_end_matches(" |").len());
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markup_is_taken_away_and_words_stay() {
        let cases = [
            ("A plain sentence, with  blanks.", "A plain sentence, with blanks."),
            ("**Bold** and `code_here` and [a link](https://a.example).", "Bold and code_here and a link."),
            ("5 \\* 3 &lt; 16 <b>x</b>", "5 * 3 < 16 <b>x</b>"),
            ("snake_case ~~gone~~", "snake_case gone"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
