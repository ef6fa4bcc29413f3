//! What HTML loses on a page, for the findings: one for each element or attribute, at its first place.

use std::collections::BTreeMap;

use super::super::notice::Notices;
use super::element::Treatment;
use super::tag::{Attribute, Tag, Unseen};
use crate::diagnostic::ProblemKind;
use crate::text::Span;

/// Elements and attributes that were left out, by what is said of them.
#[derive(Default)]
pub(super) struct LeftOut {
    kinds: BTreeMap<String, (Span, usize, &'static str)>,
}

impl LeftOut {
    pub(super) fn element(&mut self, tag: &Tag, treatment: Treatment, place: Span) {
        let (what, help) = match treatment {
            Treatment::LeftOutWhole => (
                format!("`<{}>` and what it holds are left out", tag.name),
                "Remove it, or put it between backticks to show it as code.",
            ),
            _ => (
                match tag.value("src") {
                    Some(_) => format!("`<{}>` is left out, and a link to its address is shown", tag.name),
                    None => format!("`<{}>` is left out, and only the words inside it are shown", tag.name),
                },
                "Say it in Markdown, or put it between backticks to show it as code.",
            ),
        };
        self.add(what, place, help);
    }

    pub(super) fn unseen(&mut self, unseen: Unseen, place: Span) {
        let (opening, closing) = unseen.signs();
        let what = format!("`{opening}…{closing}` and what it holds are left out");
        self.add(what, place, "Remove it, or put it between backticks to show it as code.");
    }

    pub(super) fn attribute(&mut self, tag: &Tag, attribute: &Attribute, place: Span) {
        let what = format!("the attribute `{}` of `<{}>` is left out", attribute.name, tag.name);
        self.add(what, place, "Remove it. What it hides or colours is shown like the text around it.");
    }

    fn add(&mut self, what: String, place: Span, help: &'static str) {
        self.kinds.entry(what).or_insert((place, 0, help)).1 += 1;
    }

    /// Passes all on.
    pub(super) fn report(&mut self, notices: &Notices) {
        for (what, (place, count, help)) in std::mem::take(&mut self.kinds) {
            let message = match count {
                1 => what,
                2 => format!("{what}, here and in 1 more place"),
                _ => format!("{what}, here and in {} more places", count - 1),
            };
            notices.add(ProblemKind::HtmlLeftOut, place, (message, help));
        }
    }
}
