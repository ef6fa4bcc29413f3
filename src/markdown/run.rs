//! Runs of text: what the parser gives in several pieces is read as one, for addresses, short codes and links that are none.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::bare_link::{BareLink, bare_links};
use super::code_host::CodeHost;
use super::notice::Notices;
use super::short_code::short_codes;
use super::unlinked::report_unlinked;

type Place = Range<usize>;

/// Events in which addresses are links and short codes are characters.
pub(super) struct TextRuns<'a, I> {
    events: I,
    text: &'a str,
    notices: Notices,
    /// The host whose references are links.
    host: Option<CodeHost>,
    /// What was read and not yet returned.
    ready: VecDeque<(Event<'a>, Place)>,
    /// The pieces of the run that is read.
    run: Vec<Piece<'a>>,
    /// How many links are open: a link holds no other.
    links: usize,
    /// How many images are open: their words are no text of the page.
    images: usize,
    in_code: bool,
}

/// A piece of text as the parser gives it.
struct Piece<'a> {
    words: CowStr<'a>,
    /// Where it stands in the text.
    place: Place,
    /// Where it stands in the run.
    start: usize,
    /// Whether it stands in the text as it is shown, byte by byte. An entity does not.
    is_verbatim: bool,
}

impl<'a> Piece<'a> {
    fn new(words: CowStr<'a>, place: Place, (start, text): (usize, &str)) -> Self {
        let is_verbatim = text.get(place.clone()) == Some(&*words);
        Self { words, place, start, is_verbatim }
    }
}

/// Something in a run that is shown otherwise.
enum Change {
    Link(String),
    Character(&'static str),
}

impl<'a, I: Iterator<Item = (Event<'a>, Place)>> TextRuns<'a, I> {
    pub(super) fn new(events: I, text: &'a str, notices: Notices) -> Self {
        let (ready, run) = (VecDeque::new(), Vec::new());
        Self { events, text, notices, host: None, ready, run, links: 0, images: 0, in_code: false }
    }

    /// The same with links for the references to issues and commits of `host`.
    pub(super) fn with_host(self, host: Option<CodeHost>) -> Self {
        Self { host, ..self }
    }

    /// Reads on to the end of a run, and makes the run ready, and what ended it.
    fn read_run(&mut self, words: CowStr<'a>, place: Place) {
        self.run.push(Piece::new(words, place, (0, self.text)));
        let next = loop {
            match self.events.next() {
                Some((Event::Text(words), place)) => {
                    let start = self.run.last().map_or(0, |last| last.start + last.words.len());
                    self.run.push(Piece::new(words, place, (start, self.text)));
                }
                other => break other,
            }
        };
        let run = std::mem::take(&mut self.run);
        self.run = self.finish(run);
        if let Some((event, place)) = next {
            self.pass(&event);
            self.ready.push_back((event, place));
        }
    }

    /// Makes a run ready, and returns its empty list for the next one.
    fn finish(&mut self, mut run: Vec<Piece<'a>>) -> Vec<Piece<'a>> {
        let mut changes = Vec::new();
        if self.host.is_some() || run.iter().any(|piece| may_hold_anything(&piece.words)) {
            let joined = joined(&run, self.text);
            changes = self.changes(&joined);
            let place = |at: Range<usize>| source_of(&run, at);
            report_unlinked(&joined, self.text, place, &self.notices);
        }
        let mut writer = RunWriter { ready: &mut self.ready, text: self.text };
        writer.write(&mut run, &changes);
        run
    }

    fn changes(&self, joined: &str) -> Vec<(Range<usize>, Change)> {
        let may_link = self.links == 0 && self.images == 0;
        let links = if may_link { self.links_in(joined) } else { Vec::new() };
        let is_free = |at: &Range<usize>| {
            let after = links.partition_point(|link| link.range.start < at.end);
            after == 0 || links[after - 1].range.end <= at.start
        };
        let codes: Vec<_> = short_codes(joined).into_iter().filter(|(range, _)| is_free(range)).collect();
        let mut changes: Vec<(Range<usize>, Change)> =
            codes.into_iter().map(|(range, character)| (range, Change::Character(character))).collect();
        changes.extend(links.into_iter().map(|link| (link.range, Change::Link(link.address))));
        changes.sort_by_key(|(range, _)| range.start);
        changes
    }

    /// The addresses in a run, and the references to the host between them.
    fn links_in(&self, joined: &str) -> Vec<BareLink> {
        let mut links = bare_links(joined);
        if let Some(host) = &self.host {
            let is_free = |at: &Range<usize>| {
                let after = links.partition_point(|link| link.range.start < at.end);
                after == 0 || links[after - 1].range.end <= at.start
            };
            let references = host.references(joined);
            let free: Vec<BareLink> = references.into_iter().filter(|link| is_free(&link.range)).collect();
            links.extend(free);
            links.sort_by_key(|link| link.range.start);
        }
        links
    }

    fn pass(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Link { .. }) => self.links += 1,
            Event::End(TagEnd::Link) => self.links = self.links.saturating_sub(1),
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            _ => {}
        }
    }
}

impl<'a, I: Iterator<Item = (Event<'a>, Place)>> Iterator for TextRuns<'a, I> {
    type Item = (Event<'a>, Place);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        match self.events.next()? {
            (Event::Text(words), place) if !self.in_code => {
                self.read_run(words, place);
                self.ready.pop_front()
            }
            (event, place) => {
                self.pass(&event);
                Some((event, place))
            }
        }
    }
}

/// Whether a text has a sign that addresses, short codes and links have.
fn may_hold_anything(words: &str) -> bool {
    let bytes = words.as_bytes();
    let is_w = |byte: u8| byte | 0x20 == b'w';
    // Without a branch for each byte, many are looked at together.
    let has_sign = bytes.iter().fold(false, |any, byte| any | matches!(byte, b':' | b'@' | b']'));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    has_sign || pairs.fold(false, |any, (one, next)| any | (is_w(*one) & is_w(*next)))
}

/// The words of a run: without a copy where they stand in the text as they are. A sign behind a backslash begins nothing, so
/// [`NO_SIGN`] stands in its place.
fn joined<'t>(run: &[Piece<'_>], text: &'t str) -> Cow<'t, str> {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return Cow::Borrowed("") };
    let follow = run.windows(2).all(|pair| pair[0].place.end == pair[1].place.start);
    let is_escaped = |piece: &Piece<'_>| text[..piece.place.start].ends_with('\\');
    if follow && !is_escaped(first) && run.iter().all(|piece| piece.is_verbatim) {
        return Cow::Borrowed(&text[first.place.start..last.place.end]);
    }
    let mut joined = String::new();
    let mut end = None;
    for piece in run {
        let is_sign = piece.words.starts_with([':', '@', '#', '.', '[', ']']);
        if is_sign && end != Some(piece.place.start) && is_escaped(piece) {
            joined.push(NO_SIGN);
            joined.push_str(&piece.words[1..]);
        } else {
            joined.push_str(&piece.words);
        }
        end = Some(piece.place.end);
    }
    Cow::Owned(joined)
}

/// No text has it, and it is as long as the signs that it stands for.
pub(super) const NO_SIGN: char = '\0';

/// The place in the text of a part of a run.
fn source_of(run: &[Piece<'_>], at: Range<usize>) -> Place {
    let piece_at = |at: usize| &run[run.partition_point(|piece| piece.start <= at).saturating_sub(1)];
    let (first, last) = (piece_at(at.start), piece_at(at.end.saturating_sub(1)));
    let start = if first.is_verbatim { first.place.start + at.start - first.start } else { first.place.start };
    let end = if last.is_verbatim { last.place.start + at.end - last.start } else { last.place.end };
    start..end.max(start)
}

/// Writes the pieces of a run as events.
struct RunWriter<'w, 'a> {
    ready: &'w mut VecDeque<(Event<'a>, Place)>,
    text: &'a str,
}

impl<'a> RunWriter<'_, 'a> {
    fn write(&mut self, run: &mut Vec<Piece<'a>>, changes: &[(Range<usize>, Change)]) {
        let places: Vec<Place> = changes.iter().map(|(range, _)| source_of(run, range.clone())).collect();
        let mut next = 0;
        let mut is_open = false;
        for piece in run.drain(..) {
            let end = piece.start + piece.words.len();
            let mut at = piece.start;
            while let Some((range, change)) = changes.get(next).filter(|(range, _)| range.start < end) {
                let place = places[next].clone();
                if range.start >= piece.start && !is_open {
                    self.part(&piece, at..range.start);
                    at = range.start;
                    match change {
                        Change::Link(address) => self.ready.push_back((open(address), place.clone())),
                        Change::Character(character) => {
                            self.ready.push_back((Event::Text((*character).into()), place.clone()))
                        }
                    }
                    is_open = true;
                }
                let stop = range.end.min(end);
                if let Change::Link(_) = change {
                    self.part(&piece, at..stop);
                }
                at = stop;
                if range.end > end {
                    break;
                }
                if let Change::Link(_) = change {
                    self.ready.push_back((Event::End(TagEnd::Link), place));
                }
                is_open = false;
                next += 1;
            }
            self.part(&piece, at..end);
        }
    }

    /// A part of a piece; `at` counts in the run.
    fn part(&mut self, piece: &Piece<'a>, at: Range<usize>) {
        let inside = at.start - piece.start..at.end - piece.start;
        if inside.is_empty() {
            return;
        }
        if inside.len() == piece.words.len() {
            return self.ready.push_back((Event::Text(piece.words.clone()), piece.place.clone()));
        }
        let event = if piece.is_verbatim {
            let place = piece.place.start + inside.start..piece.place.start + inside.end;
            (Event::Text(self.text[place.clone()].into()), place)
        } else {
            (Event::Text(piece.words[inside].to_owned().into()), piece.place.clone())
        };
        self.ready.push_back(event);
    }
}

fn open<'a>(address: &str) -> Event<'a> {
    let (dest_url, title, id) = (address.to_owned().into(), "".into(), "".into());
    Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, title, id })
}
