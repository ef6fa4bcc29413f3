//! Text without its markup: what cards, descriptions, feeds, search and the dataset say of a passage.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::is_inline;
use super::single_spaced::single_spaced;
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
    single_spaced(&PlainText::new(&line, all).words(all).replace(NO_CHARACTER, ""))
}

/// A string of the front matter as a line in which nothing opens a block: `>`, `#` and `1.` would do so at the beginning,
/// so [`NO_CHARACTER`] stands before them.
pub(crate) fn running_line(text: &str) -> String {
    format!("{NO_CHARACTER}{}", single_spaced(text))
}

/// Shortens a text to about `limit` characters, at a word.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    let words = single_spaced(text);
    let Some((end, _)) = words.char_indices().nth(limit) else { return words };
    let end = words[..end].rfind(' ').unwrap_or(end);
    format!("{}…", words[..end].trim_end_matches([',', '.', ';', ':']))
}

/// The beginning of a text of several lines, about `limit` characters. A dot parts lines that no sign ends: they were items
/// of a list or rows of a table.
pub(crate) fn excerpt(text: &str, limit: usize) -> String {
    let mut running = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_ended = running.is_empty() || running.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '：', '؟']);
        running.push_str(if is_ended { " " } else { " · " });
        running.push_str(line);
    }
    cut(&running, limit)
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
    /// The footnotes by the places where they are first referred to: where the events of each begin and end in `events`.
    notes: BTreeMap<usize, Range<usize>>,
}

impl<'a> PlainText<'a> {
    /// The part `body` of `text` is Markdown.
    pub(crate) fn new(text: &'a str, body: Span) -> Self {
        Self { text, body, events: OnceCell::new() }
    }

    /// The words of a passage as its page shows them: a blank line between paragraphs, a line for each item, row or line of
    /// code, ` | ` between cells, and behind all that each footnote that it is the first to refer to. Links and pictures
    /// give their texts only.
    pub(crate) fn words(&self, span: Span) -> String {
        self.words_of(&[span])
    }

    /// The words of passages that are read one after another.
    pub(crate) fn words_of(&self, passages: &[Span]) -> String {
        let texts = passages.iter().map(|passage| passage.slice(self.text).trim());
        if texts.clone().all(|text| !has_markup(text) && !text.starts_with(['#', '>', '-', '+'])) {
            return single_spaced(&texts.collect::<Vec<_>>().join(" "));
        }
        let parsed = self.events.get_or_init(|| Parsed::new(markdown_events(self.text, self.body)));
        let mut writer = Writer { text: self.text, ..Writer::default() };
        for passage in passages {
            writer.words.push(' ');
            writer.span = *passage;
            writer.take(parsed.within(*passage));
        }
        // A footnote may refer to others.
        let mut at = 0;
        while let Some(reference) = writer.references.get(at) {
            let note = parsed.notes.get(reference).cloned().unwrap_or_default();
            writer.take_note(&parsed.events[note]);
            at += 1;
        }
        tidy(&writer.words)
    }
}

impl<'a> Parsed<'a> {
    fn new(events: impl Iterator<Item = (Event<'a>, Range<usize>)>) -> Self {
        let events: Vec<(Event<'a>, Span)> = events.map(|(event, range)| (event, range.into())).collect();
        let mut furthest = 0;
        let reach = |(_, at): &(Event<'_>, Span)| {
            furthest = furthest.max(at.start);
            furthest
        };
        let notes = first_references(&events);
        Self { reached: events.iter().map(reach).collect(), events, notes }
    }

    /// The events that lie at least partly inside `span`.
    fn within(&self, span: Span) -> impl Iterator<Item = &(Event<'a>, Span)> {
        let mut from = self.reached.partition_point(|reached| *reached < span.start);
        // A run of words may begin before the passage: what stands before the text of an entry is its time.
        while from > 0 && self.events[from - 1].1.end > span.start {
            from -= 1;
        }
        let inside = self.events[from..].iter().take_while(move |(_, at)| at.start < span.end);
        inside.filter(move |(_, at)| at.end > span.start)
    }
}

/// For each footnote the place where it is first referred to, outside of footnotes if that is done at all, and its events.
fn first_references(events: &[(Event<'_>, Span)]) -> BTreeMap<usize, Range<usize>> {
    let mut texts: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    let mut references: [BTreeMap<&str, usize>; 2] = Default::default();
    let mut open: Option<(&str, usize)> = None;
    for (at, (event, place)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => open = Some((name, at + 1)),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((name, start)) = open.take() {
                    // The first definition of a name counts.
                    texts.entry(name).or_insert(start..at);
                }
            }
            Event::FootnoteReference(name) => {
                references[usize::from(open.is_some())].entry(name).or_insert(place.start);
            }
            _ => {}
        }
    }
    let [in_text, in_notes] = references;
    let first = |name: &str| in_text.get(name).or_else(|| in_notes.get(name)).copied();
    texts.into_iter().filter_map(|(name, events)| Some((first(name)?, events))).collect()
}

/// Writes events as words.
#[derive(Default)]
struct Writer<'t> {
    text: &'t str,
    /// The passage that is read.
    span: Span,
    words: String,
    is_in_cell: bool,
    /// How many definitions of footnotes are open; their words stand with the passages that refer to them.
    notes: usize,
    /// Where footnotes are referred to.
    references: Vec<usize>,
}

impl<'t> Writer<'t> {
    fn take<'e, 'a: 'e>(&mut self, events: impl Iterator<Item = &'e (Event<'a>, Span)>) {
        for (event, at) in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(_)) => self.notes += 1,
                Event::End(TagEnd::FootnoteDefinition) => self.notes = self.notes.saturating_sub(1),
                _ if self.notes > 0 => {}
                event => self.event(event, *at),
            }
        }
    }

    fn take_note(&mut self, events: &[(Event<'_>, Span)]) {
        self.words.push_str("\n\n");
        self.span = Span::at(0);
        self.notes = 0;
        self.take(events.iter());
    }

    fn event(&mut self, event: &Event<'_>, at: Span) {
        let is_begun = at.start < self.span.start;
        match event {
            Event::Text(_) if is_begun => {
                self.words.push_str(self.text.get(self.span.start..at.end).unwrap_or_default());
            }
            // Code that begins before the words and ends after them is more than a time, and stays whole.
            Event::Text(word) | Event::Code(word) => self.words.push_str(word),
            Event::Html(_) | Event::InlineHtml(_) | Event::SoftBreak | Event::HardBreak | Event::Start(_)
                if is_begun => {}
            Event::Html(tag) | Event::InlineHtml(tag) => self.words.push_str(gap(tag)),
            Event::SoftBreak => self.words.push(' '),
            Event::HardBreak => self.words.push(if self.is_in_cell { ' ' } else { '\n' }),
            Event::Rule => self.words.push_str("\n\n"),
            Event::FootnoteReference(_) => self.references.push(at.start),
            Event::Start(Tag::TableCell) => self.is_in_cell = true,
            Event::End(TagEnd::TableCell) => {
                self.is_in_cell = false;
                self.words.push_str(" | ");
            }
            Event::Start(tag) if !goes_on(tag.to_end()) => self.begin_line(),
            Event::End(tag) if has_space_below(*tag) => self.words.push_str("\n\n"),
            // What follows a block stands apart, also where the block begins before the passage.
            Event::End(tag) if !goes_on(*tag) => self.words.push('\n'),
            Event::Start(_)
            | Event::End(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    /// A block inside an item follows its words without the end of anything between them.
    fn begin_line(&mut self) {
        if !self.words.ends_with('\n') {
            self.words.push('\n');
        }
    }
}

/// Whether the words of an element go on in the same line: cells have signs of their own between them, and what stands in
/// a block of HTML says itself where lines end.
fn goes_on(tag: TagEnd) -> bool {
    is_inline(tag) || matches!(tag, TagEnd::TableCell | TagEnd::HtmlBlock)
}

/// Whether an empty line divides an element from what follows.
fn has_space_below(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::List(_)
            | TagEnd::Table
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::DefinitionList
    )
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
    use super::{cut, excerpt, passage_words, plain};
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
            ("Down[^1] for <b>all</b>.\n\n", "\n[^1]: Twice.\n", "Down for all.\n\nTwice."),
            ("A[^1] and b[^1].\n\n", "[^1]: One[^2].\n\n[^2]: Two[^1].\n", "A and b.\n\nOne.\n\nTwo."),
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
        assert_eq!(excerpt("One.\nTwo:\n\nthree\nfour\n", 80), "One. Two: three · four");
        assert_eq!(cut("one two three", 8), "one two…");
        assert_eq!(cut("one  two", 8), "one two");
    }
}
