//! Blocks of raw HTML: their tags, and paragraphs around their bare words.

use std::ops::Range;

use pulldown_cmark::{Event, Tag as Markup, TagEnd};

use super::element::{Content, Treatment, treatment};
use super::open_block::{ended_by, is_list, parents};
use super::tag::{Tag, Token, pieces, tokens};
use super::written::DEPTH;
use super::{HtmlEvents, Place, picture, written_tag};

/// A block of raw HTML without the signs of quotations and items before its lines.
struct Fragment {
    html: String,
    /// For each line, where it begins in `html`, and where in the text.
    lines: Vec<(usize, usize)>,
}

impl Fragment {
    /// The place in the text of a part of the fragment.
    fn place(&self, part: Range<usize>) -> Place {
        let at = |offset: usize| {
            let line = self.lines.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
            self.lines.get(line).map_or(0, |(start, place)| place + offset - start)
        };
        let start = at(part.start);
        start..(at(part.end.saturating_sub(1)) + 1).max(start)
    }
}

/// The position after the end of an element that begins before `at`. One without an end is passed over no further: its words
/// would be lost.
fn after_element(tokens: &[(Token, Range<usize>)], at: usize, name: &str) -> usize {
    let is_end = |(token, _): &(Token, Range<usize>)| matches!(token, Token::Close(end) if end == name);
    tokens[at..].iter().position(is_end).map_or(at, |offset| at + offset + 1)
}

impl<'a, I: Iterator<Item = (Event<'a>, Place)>> HtmlEvents<'a, I> {
    /// Reads a block of raw HTML to its end.
    pub(super) fn html_block(&mut self, whole: Place) {
        let mut fragment = Fragment { html: String::new(), lines: Vec::new() };
        for (event, place) in self.events.by_ref() {
            match event {
                Event::Html(line) | Event::Text(line) => {
                    fragment.lines.push((fragment.html.len(), place.start));
                    fragment.html.push_str(&line);
                }
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        self.written.push(Event::Start(Markup::HtmlBlock), whole.clone());
        let tokens = tokens(&fragment.html);
        let mut at = 0;
        while let Some((token, part)) = tokens.get(at) {
            let place = fragment.place(part.clone());
            at += 1;
            match token {
                Token::Text => self.block_text(&fragment, part.clone()),
                Token::Comment => {}
                Token::Unseen(unseen) => self.left_out.unseen(*unseen, place.into()),
                Token::Open(tag) => {
                    self.report(tag, place.clone(), |at| fragment.place(at));
                    match treatment(&tag.name) {
                        Treatment::LeftOutWhole => at = after_element(&tokens, at, &tag.name),
                        _ => self.open_in_block(tag, place),
                    }
                }
                Token::Close(name) => self.close_in_block(name, place),
            }
        }
        self.end_paragraph(whole.end);
        self.written.push(Event::End(TagEnd::HtmlBlock), whole);
    }

    fn open_in_block(&mut self, tag: &Tag, place: Place) {
        let name = tag.name.as_str();
        match treatment(name) {
            Treatment::Block(_) => self.open_block(tag, place),
            Treatment::Paragraph | Treatment::WithoutBlock => self.end_paragraph(place.start),
            Treatment::Rule => {
                self.end_paragraph(place.start);
                self.written.push(Event::Rule, place);
            }
            Treatment::Heading(level) => {
                self.end_paragraph(place.start);
                if !self.blocks.holds_words() {
                    let heading = Markup::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() };
                    self.blocks.leaf = Some((self.written.events.len(), TagEnd::Heading(level)));
                    self.written.push(Event::Start(heading), place);
                }
            }
            Treatment::Break if !self.blocks.has_words => {}
            Treatment::Link if tag.value("href").is_none() => {}
            Treatment::Picture => {
                self.begin_words(place.start);
                picture(tag, place, &mut self.written);
            }
            Treatment::LeftOut if tag.value("src").is_none() => {}
            Treatment::Inline(_) | Treatment::Link | Treatment::Words | Treatment::Unknown | Treatment::LeftOut => {
                self.begin_words(place.start);
                self.open(tag, place);
            }
            Treatment::Break | Treatment::LeftOutWhole | Treatment::Without => self.open(tag, place),
        }
    }

    fn open_block(&mut self, tag: &Tag, place: Place) {
        let name = tag.name.as_str();
        self.end_paragraph(place.start);
        let inside = self.blocks.inner().rev().take_while(|(_, open)| !is_list(open));
        let ended = inside.filter(|(_, open)| ended_by(name).contains(open)).last().map(|(at, _)| at);
        if let Some(at) = ended {
            self.blocks.close_from(at, &mut self.written, place.start);
        }
        let has_parent =
            parents(name).is_none_or(|parents| self.blocks.inner().any(|(_, open)| parents.contains(&open)));
        if has_parent && self.blocks.open.len() < DEPTH {
            self.written.push(Event::Html(written_tag(tag).into()), place);
            self.blocks.open.push(Some(name.to_owned()));
        }
    }

    fn close_in_block(&mut self, name: &str, place: Place) {
        match treatment(name) {
            Treatment::Block(_) => {
                self.end_paragraph(place.end);
                let found = self.blocks.inner().rev().find(|(_, open)| *open == name).map(|(at, _)| at);
                if let Some(at) = found {
                    self.blocks.close_from(at, &mut self.written, place.end);
                }
            }
            Treatment::Paragraph | Treatment::WithoutBlock | Treatment::Heading(_) => self.end_paragraph(place.end),
            Treatment::Break if !self.blocks.has_words => {}
            Treatment::Unknown => {
                self.begin_words(place.start);
                self.close(name, place);
            }
            Treatment::Inline(_)
            | Treatment::Break
            | Treatment::Rule
            | Treatment::Link
            | Treatment::Picture
            | Treatment::Words
            | Treatment::Without
            | Treatment::LeftOut
            | Treatment::LeftOutWhole => self.close(name, place),
        }
    }

    /// Words of a block, line by line.
    fn block_text(&mut self, fragment: &Fragment, part: Range<usize>) {
        let is_as_written = self.blocks.content() == Some(Content::Lines);
        let mut start = part.start;
        for line in fragment.html[part].split_inclusive('\n') {
            let shown = if is_as_written {
                start..start + line.len()
            } else {
                let begin = if self.blocks.is_new_line || !self.blocks.has_words { line.trim_start() } else { line };
                let begin_at = start + line.len() - begin.len();
                let end = if line.ends_with('\n') { begin.trim_end() } else { begin };
                begin_at..begin_at + end.len()
            };
            if !shown.is_empty() {
                self.begin_words(fragment.place(shown.clone()).start);
                for (piece, at) in pieces(&fragment.html[shown.clone()]) {
                    let place = fragment.place(shown.start + at.start..shown.start + at.end);
                    self.written.push(Event::Text(piece.into_owned().into()), place);
                }
            }
            self.blocks.is_new_line = line.ends_with('\n') && !is_as_written;
            start += line.len();
        }
    }

    /// Opens a paragraph for the words that follow, unless they stand in something that holds words.
    fn begin_words(&mut self, at: usize) {
        if self.blocks.leaf.is_none() && !self.blocks.holds_words() {
            self.blocks.leaf = Some((self.written.events.len(), TagEnd::Paragraph));
            self.written.push(Event::Start(Markup::Paragraph), at..at);
        }
        if self.blocks.is_new_line && self.blocks.has_words {
            self.written.push(Event::SoftBreak, at..at);
        }
        self.blocks.is_new_line = false;
        self.blocks.has_words = true;
    }

    /// Ends the paragraph or heading whose words are read.
    fn end_paragraph(&mut self, end: usize) {
        self.written.close_all(end);
        if let Some((at, tag)) = self.blocks.leaf.take() {
            let mut start = end;
            if let Some((_, place)) = self.written.events.get_mut(at) {
                place.end = end.max(place.end);
                start = place.start;
            }
            self.written.push(Event::End(tag), start..end.max(start));
        }
        self.blocks.has_words = false;
        self.blocks.is_new_line = false;
    }
}
