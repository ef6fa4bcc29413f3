//! The elements of blocks of HTML that are open, and how they end one another.

use pulldown_cmark::{Event, Tag as Markup, TagEnd};

use super::element::{Content, Treatment, treatment};
use super::written::Written;

/// The elements of blocks that are open, across paragraphs of Markdown.
#[derive(Default)]
pub(super) struct Blocks {
    /// Their names; `None` stands for a quotation or an item of Markdown, which tags do not reach out of.
    pub(super) open: Vec<Option<String>>,
    /// The paragraph or heading whose words are read: where it begins in what was written, and its end.
    pub(super) leaf: Option<(usize, TagEnd)>,
    /// Whether the words that follow stand on a new line.
    pub(super) is_new_line: bool,
    /// Whether words were written since the last tag of a block.
    pub(super) has_words: bool,
}

/// Whether tags inside an element of Markdown stay in it.
pub(super) fn concerns(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::HtmlBlock
            | TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListDefinition
    )
}

/// The elements of which one has to be open around `name`; `None` if it may stand anywhere.
pub(super) fn parents(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "li" => Some(&["ul", "ol"]),
        "dt" | "dd" => Some(&["dl"]),
        "td" | "th" => Some(&["tr"]),
        "tr" | "thead" | "tbody" | "tfoot" | "caption" => Some(&["table"]),
        "summary" => Some(&["details"]),
        _ => None,
    }
}

/// The elements that end where `name` begins, though nobody wrote their end.
pub(super) fn ended_by(name: &str) -> &'static [&'static str] {
    match name {
        "li" => &["li"],
        "dt" | "dd" => &["dt", "dd"],
        "td" | "th" => &["td", "th"],
        "tr" => &["tr", "caption"],
        "thead" | "tbody" | "tfoot" => &["thead", "tbody", "tfoot", "caption"],
        _ => &[],
    }
}

/// Whether no element beyond this one is ended by the beginning of another.
pub(super) fn is_list(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "dl" | "table" | "details" | "blockquote")
}

impl Blocks {
    pub(super) fn are_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Begins an element of Markdown.
    pub(super) fn enter(&mut self, tag: &Markup<'_>, written: &mut Written<'_>, at: usize) {
        if concerns(tag.to_end()) {
            self.open.push(None);
        }
        // Each section is a part of its page, so that a list or a table does not reach into the next one.
        if matches!(tag, Markup::Heading { .. }) {
            let is_closed = |open: &Option<String>| open.as_deref().is_some_and(|name| name != "details");
            let from = self.open.iter().rposition(Option::is_none).map_or(0, |at| at + 1);
            if let Some(first) = self.open[from..].iter().position(is_closed) {
                self.close_from(from + first, written, at);
            }
        }
    }

    /// Ends an element of Markdown, and the elements of HTML that began inside it.
    pub(super) fn leave(&mut self, tag: TagEnd, written: &mut Written<'_>, at: usize) {
        if concerns(tag)
            && let Some(barrier) = self.open.iter().rposition(Option::is_none)
        {
            self.close_from(barrier, written, at);
        }
    }

    pub(super) fn close_all(&mut self, written: &mut Written<'_>, at: usize) {
        self.close_from(0, written, at);
    }

    pub(super) fn close_from(&mut self, first: usize, written: &mut Written<'_>, at: usize) {
        for name in self.open.drain(first..).rev().flatten() {
            written.push(Event::Html(format!("</{name}>").into()), at..at);
        }
    }

    /// Those of the innermost element of Markdown.
    pub(super) fn inner(&self) -> impl DoubleEndedIterator<Item = (usize, &str)> {
        let from = self.open.iter().rposition(Option::is_none).map_or(0, |at| at + 1);
        self.open.iter().enumerate().skip(from).filter_map(|(at, name)| Some((at, name.as_deref()?)))
    }

    /// What the innermost element holds.
    pub(super) fn content(&self) -> Option<Content> {
        let (_, name) = self.inner().next_back()?;
        match treatment(name) {
            Treatment::Block(content) => Some(content),
            _ => None,
        }
    }

    pub(super) fn holds_words(&self) -> bool {
        matches!(self.content(), Some(Content::Words | Content::Lines))
    }
}
