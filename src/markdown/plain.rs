//! Text without its markup: what cards, descriptions, feeds, search and the dataset say of a passage.

use std::cell::OnceCell;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{gap, markdown_events};
use crate::text::Span;

/// A code point that Unicode promises never to assign.
pub(crate) const NO_CHARACTER: char = '\u{fdd0}';

/// The words of a string of the front matter.
pub(crate) fn plain(text: &str) -> String {
    if !has_markup(text) {
        return single_spaced(text);
    }
    let line = running_line(text);
    let all = Span::new(0, line.len());
    let events: Vec<_> = markdown_events(&line, all).map(|(event, range)| (event, Span::from(range))).collect();
    single_spaced(&words(events.iter(), all, &line).replace(NO_CHARACTER, ""))
}

/// A string of the front matter as a line in which nothing opens a block: `>`, `#` and `1.` would do so at the beginning,
/// so [`NO_CHARACTER`] stands before them.
pub(crate) fn running_line(text: &str) -> String {
    format!("{NO_CHARACTER}{}", single_spaced(text))
}

/// The words of a text with one blank between each two.
pub(crate) fn single_spaced(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Shortens a text to about `limit` characters, at a word.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    let words = single_spaced(text);
    let Some((end, _)) = words.char_indices().nth(limit) else { return words };
    let end = words[..end].rfind(' ').unwrap_or(end);
    format!("{}…", words[..end].trim_end_matches([',', '.', ';', ':']))
}

/// The words of one passage of `body`, the part of `text` that is Markdown.
pub(crate) fn passage_words(text: &str, body: Span, passage: Span) -> String {
    let words = passage.slice(text);
    // Definitions of links and footnotes stand elsewhere, and a further line may belong to a block that begins before the
    // passage. Without those the passage means the same alone, and is sooner read.
    let is_defined_here = words.split(']').skip(1).all(|after| after.starts_with('('));
    let stands_alone = words.lines().skip(1).all(|line| !line.starts_with([' ', '\t', '>']));
    let body = if is_defined_here && stands_alone { passage } else { body };
    PlainText::new(text, body).words(passage)
}

/// Whether anything in a text can be markup. A short code begins with a colon before its first letter.
fn has_markup(text: &str) -> bool {
    let is_sign = |byte| matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b'<' | b'&' | b'~' | b'|' | b'\n');
    let has_code = || text.as_bytes().windows(2).any(|pair| pair[0] == b':' && !matches!(pair[1], b' ' | b'/'));
    text.bytes().any(is_sign) || has_code()
}

/// A Markdown text whose passages are asked for as words. It is parsed whole, since footnotes and the targets of links may
/// stand in other sections, and not before a passage with markup is asked for.
pub(crate) struct PlainText<'a> {
    text: &'a str,
    body: Span,
    events: OnceCell<Parsed<'a>>,
}

struct Parsed<'a> {
    events: Vec<(Event<'a>, Span)>,
    /// For each event, the greatest start of any up to it: starts alone go back and forth.
    reached: Vec<usize>,
}

impl<'a> PlainText<'a> {
    /// The part `body` of `text` is Markdown.
    pub(crate) fn new(text: &'a str, body: Span) -> Self {
        Self { text, body, events: OnceCell::new() }
    }

    /// The words of a passage: a blank line between paragraphs, a line for each item, row or line of code.
    pub(crate) fn words(&self, span: Span) -> String {
        let text = span.slice(self.text).trim();
        if !has_markup(text) && !text.starts_with(['#', '>', '-', '+']) {
            return single_spaced(text);
        }
        let parsed = self.events.get_or_init(|| {
            let events = markdown_events(self.text, self.body);
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
        words(inside, span, self.text)
    }
}

fn words<'e, 'a: 'e>(events: impl Iterator<Item = &'e (Event<'a>, Span)>, span: Span, text: &str) -> String {
    let mut words = String::with_capacity(span.len());
    let mut notes = 0;
    let mut is_in_cell = false;
    for (event, at) in events.filter(|(_, at)| at.end > span.start) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => notes += 1,
            Event::End(TagEnd::FootnoteDefinition) => notes -= 1,
            _ if notes > 0 => {}
            Event::Text(_) if at.start < span.start => words.push_str(text.get(span.start..at.end).unwrap_or_default()),
            // A block that begins before the words ends behind them, and what follows it stands apart.
            Event::Start(_)
            | Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::SoftBreak
            | Event::HardBreak
                if at.start < span.start => {}
            Event::Text(word) | Event::Code(word) => words.push_str(word),
            Event::Html(tag) | Event::InlineHtml(tag) => words.push_str(gap(tag)),
            // A block inside an item follows its words without the end of anything between them.
            Event::Start(Tag::List(_) | Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::Table(_)) => {
                words.push_str(if words.ends_with('\n') { "" } else { "\n" });
            }
            Event::SoftBreak => words.push(' '),
            Event::Start(Tag::TableCell) => is_in_cell = true,
            Event::HardBreak => words.push(if is_in_cell { ' ' } else { '\n' }),
            Event::End(TagEnd::TableCell) => {
                is_in_cell = false;
                words.push_str(" | ");
            }
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead | TagEnd::CodeBlock) => words.push('\n'),
            Event::End(TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition) => words.push('\n'),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_) | TagEnd::Table | TagEnd::DefinitionList,
            ) => {
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
    use super::{cut, passage_words, plain};
    use crate::text::Span;

    #[test]
    fn markup_is_taken_away_and_words_stay() {
        let cases = [
            ("A plain sentence, with  blanks.", "A plain sentence, with blanks."),
            ("**Bold** and `code_here` and [a link](https://a.example).", "Bold and code_here and a link."),
            ("5 \\* 3 &lt; 16 <b>x</b>", "5 * 3 < 16 x"),
            ("first<br>second <name> :rocket: ~1:05 ~2", "first second <name> 🚀 ~1:05 ~2"),
            ("snake_case ~~gone~~", "snake_case gone"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn passages_say_what_their_page_says() {
        let cases = [
            ("Down[^1] for <b>all</b>.\n\n", "\n[^1]: Twice.\n", "Down for all."),
            ("|a|b|\n|-|-|\n|c<br>d|e|\n\n", "", "a | b\nc d | e"),
            ("a\n: b\n: c\n\n", "", "a\nb\nc"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>\n\n", "", "a | b\nc"),
            ("<details><summary>a</summary>\n\nb\n\n</details>\n\n", "", "a\nb"),
            ("|a|b|\n|-|-|\n|c|d|\n\n", "", "a | b\nc | d"),
            ("See [it] and [that][it].\n\n", "\n[it]: https://a.example\n", "See it and that."),
            ("- a\n    - b\n\n", "", "a\nb"),
            ("Run:\n\n```sh\nstop *\n```\n\n", "", "Run:\n\nstop *"),
            ("![A pump](p.png) failed.\n\n", "", "A pump failed."),
        ];
        for (passage, rest, expected) in cases {
            let text = format!("{passage}{rest}");
            let words = passage_words(&text, Span::new(0, text.len()), Span::new(0, passage.len()));
            assert_eq!(words, expected, "{passage}");
        }
    }

    #[test]
    fn texts_are_shortened_at_a_word() {
        assert_eq!(cut("one two three", 8), "one two…");
        assert_eq!(cut("one  two", 8), "one two");
    }
}
