//! The passages that must not be published, found for the leak detector by simple means. It shares no code with the
//! redaction of documents, so that it sees a mistake there.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::markdown::html_spans;
use crate::model::Corpus;
use crate::text::{SitePath, Source, SourceSet, Span};

/// A text that must not be published.
pub(super) struct Passage<'a> {
    pub(super) source: &'a Source,
    pub(super) span: Span,
}

impl<'a> Passage<'a> {
    /// What it says, with the escapes of TOML read.
    pub(super) fn text(&self) -> Cow<'a, str> {
        unescaped(self.span.slice(&self.source.text))
    }
}

/// Reviews that are not in the corpus, whole, and internal passages and comments of all other texts.
pub(super) fn withheld_passages<'a>(sources: &'a SourceSet, corpus: &Corpus) -> Vec<Passage<'a>> {
    let published: BTreeSet<&SitePath> = corpus.reviews.iter().map(|review| &review.path).collect();
    let mut passages = Vec::new();
    let is_own = |path: &SitePath| corpus.policy.is_review(path) || is_own(path);
    for source in sources.texts.values().filter(|source| is_own(&source.path)) {
        if corpus.policy.is_review(&source.path) && !published.contains(&source.path) {
            // The name of the file is the address of the page, and no less telling than the text.
            passages.push(Passage { source, span: Span::new(0, source.text.len()) });
        } else {
            let lower = lower_at_same_places(&source.text);
            let spans = internal_passages(&lower).into_iter().chain(comments(source, &lower));
            passages.extend(spans.map(|span| Passage { source, span }));
        }
    }
    passages
}

/// Whether a file is written for this site, and read as text: content, choices, and the words of a theme. A dataset of
/// a federated site is published already, whatever markers its texts hold.
fn is_own(path: &SitePath) -> bool {
    let is_content = path.below("content").is_some() && path.below("content/sources").is_none();
    is_content
        || path.as_str() == "casebook.toml"
        || (path.below("themes").is_some() && path.extension() == Some("toml"))
}

/// Internal blocks wherever they stand, and `[internal]` tables of the front matter.
fn internal_passages(lower: &str) -> Vec<Span> {
    let mut passages = internal_tables(lower);
    let mut at = 0;
    while let Some(start) = lower[at..].find("<!--").map(|offset| at + offset) {
        at = lower[start..].find("-->").map_or(lower.len(), |offset| start + offset + 3);
        if marker(&lower[start..at]) == "internal" {
            at = closing(lower, at);
            passages.push(Span::new(start, at));
        }
    }
    passages
}

/// Comments, as Markdown knows them in bodies, and wherever they stand in TOML.
fn comments(source: &Source, lower: &str) -> Vec<Span> {
    // Most texts have none, and need not be read as Markdown.
    if !lower.contains("<!--") {
        return Vec::new();
    }
    let parts: Vec<Span> =
        if source.path.extension() == Some("toml") { vec![Span::new(0, lower.len())] } else { html_spans(lower) };
    parts.into_iter().flat_map(|part| comments_in(lower, part)).collect()
}

fn comments_in(text: &str, part: Span) -> Vec<Span> {
    let text = &text[..part.end];
    let mut found = Vec::new();
    let mut at = part.start;
    while let Some(start) = text[at..].find("<!--").map(|offset| at + offset) {
        at = text[start..].find("-->").map_or(text.len(), |offset| start + offset + 3);
        found.push(Span::new(start, at));
    }
    found
}

/// The text in lower case, with each escape of TOML that stands for a sign of a marker as that sign. All places stay the
/// same: what is left of an escape is blanks.
fn lower_at_same_places(text: &str) -> String {
    let mut lower = text.to_ascii_lowercase();
    if !lower.contains('\\') {
        return lower;
    }
    for (code, sign) in [("3c", '<'), ("3e", '>'), ("21", '!'), ("2d", '-'), ("2f", '/')] {
        for escape in [format!("\\u00{code}"), format!("\\u000000{code}"), format!("\\x{code}")] {
            if lower.contains(&escape) {
                lower = lower.replace(&escape, &format!("{}{sign}", "\u{1}".repeat(escape.len() - 1)));
            }
        }
    }
    if !lower.contains('\u{1}') {
        return lower;
    }
    close_up(&lower)
}

/// Moves signs before the fillers among them, so that they stand one after another where the first escape began.
fn close_up(text: &str) -> String {
    let mut closed = String::with_capacity(text.len());
    let (mut fillers, mut signs) = (0, String::new());
    for c in text.chars() {
        match c {
            '\u{1}' => fillers += 1,
            '<' | '>' | '!' | '-' | '/' => signs.push(c),
            _ => {
                closed.push_str(&std::mem::take(&mut signs));
                closed.push_str(&" ".repeat(std::mem::take(&mut fillers)));
                closed.push(c);
            }
        }
    }
    closed + &signs + &" ".repeat(fillers)
}

/// A text with its escapes of letters read, so that its words are whole.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u") && !text.contains("\\U") {
        return text.into();
    }
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        read.push_str(&rest[..at]);
        let digits = match rest.as_bytes().get(at + 1) {
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let code = rest.get(at + 2..at + 2 + digits).filter(|_| digits > 0);
        match code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?)) {
            Some(c) => {
                read.push(c);
                rest = &rest[at + 2 + digits..];
            }
            None => {
                read.push('\\');
                rest = &rest[at + 1..];
            }
        }
    }
    (read + rest).into()
}

/// Where the block that is open at `at` ends.
fn closing(lower: &str, mut at: usize) -> usize {
    while let Some(start) = lower[at..].find("<!--").map(|offset| at + offset) {
        at = lower[start..].find("-->").map_or(lower.len(), |offset| start + offset + 3);
        if marker(&lower[start..at]) == "/internal" {
            return at;
        }
    }
    lower.len()
}

fn marker(comment: &str) -> String {
    let inner = comment.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).unwrap_or_default();
    inner.split_whitespace().collect()
}

fn internal_tables(lower: &str) -> Vec<Span> {
    let mut lines = lower.split_inclusive('\n');
    let Some(fence) = lines.next().and_then(|line| line.get(..3)).filter(|fence| ["+++", "```"].contains(fence)) else {
        return Vec::new();
    };
    let mut passages = Vec::new();
    let mut start = lower.find('\n').map_or(lower.len(), |end| end + 1);
    let mut inside = false;
    for line in lines.take_while(|line| !line.starts_with(fence)) {
        let name = line.trim().trim_matches(['[', ']', ' ']);
        let is_internal = name == "internal" || name.starts_with("internal.");
        inside = if line.starts_with('[') { is_internal } else { inside };
        if inside && !line.starts_with('[') || line.starts_with("internal.") {
            passages.push(Span::new(start, start + line.len()));
        }
        start += line.len();
    }
    passages
}

/// The sources without withheld reviews, and with blanks in place of other withheld passages.
pub(super) fn without_withheld(sources: &SourceSet, corpus: &Corpus) -> SourceSet {
    let published: BTreeSet<&SitePath> = corpus.reviews.iter().map(|review| &review.path).collect();
    let mut clean = sources.clone();
    clean.texts.retain(|path, _| !corpus.policy.is_review(path) || published.contains(path));
    for Passage { source, span } in withheld_passages(sources, corpus) {
        if let Some(kept) = clean.texts.get_mut(&source.path) {
            let mut bytes = kept.text.as_bytes().to_vec();
            bytes[span.range()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
            kept.text = String::from_utf8(bytes).unwrap_or_default().into();
        }
    }
    clean
}
