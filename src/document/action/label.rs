//! Actions in running text: paragraphs that a label such as `**Action item:**` begins, or that name an owner.

use std::sync::LazyLock;

use regex::Regex;

use super::value::ActionField;
use super::{ActionLine, ActionReader};
use crate::document::section::within;
use crate::text::Span;

/// A label that names one action, wherever it stands.
static LABEL: LazyLock<Regex> =
    LazyLock::new(|| label("action item|follow[- ]?up (?:action|item)|action planned|planned action"));

/// Labels that name an action only where actions stand; elsewhere they tell what was done.
static LABEL_AMONG_ACTIONS: LazyLock<Regex> = LazyLock::new(|| {
    label(
        "action item|follow[- ]?up(?: (?:action|item))?|action planned|planned action|action|todo|to do|task|recommendation",
    )
});

fn label(names: &str) -> Regex {
    let pattern = format!(
        r"(?mi)^[ \t]*(?:\*\*|__)(?:{names})(?:[ \t]+#?\d{{1,3}})?[ \t]*(?::(?:\*\*|__)|(?:\*\*|__)[ \t]*:)[ \t]*"
    );
    Regex::new(&pattern).expect("a regular expression")
}

impl ActionReader<'_> {
    /// The paragraphs of a section for actions that are some: with a label, or with an owner.
    pub(super) fn paragraphs(&self) -> Vec<ActionLine> {
        let mut lines = Vec::new();
        for paragraph in within(&self.outline.paragraphs, self.section.content, |paragraph| *paragraph) {
            let labelled = self.in_block(&LABEL_AMONG_ACTIONS, *paragraph);
            if labelled.is_empty() {
                let line = self.finish(*paragraph, *paragraph, self.fields(*paragraph, &[]));
                lines.extend(Some(line).filter(|line| line.field(ActionField::Owner).is_some()));
            } else {
                // What stands before the first label stays in the text.
                lines.extend(labelled.into_iter().map(|line| ActionLine { block: Some(line.span), ..line }));
            }
        }
        lines
    }

    /// The paragraphs and items of another section that say that they are an action.
    pub(super) fn labelled(&self) -> Vec<ActionLine> {
        let content = self.section.content;
        let paragraphs = within(&self.outline.paragraphs, content, |paragraph| *paragraph).copied();
        let items =
            self.section.items(self.outline).map(|item| Span::new(item.start.min(item.span.end), item.span.end));
        let blocks = paragraphs.chain(items);
        let lines = blocks.flat_map(|block| self.in_block(&LABEL, block));
        lines.map(|line| ActionLine { block: None, groups: Vec::new(), ..line }).collect()
    }

    /// What stands behind each label of a block.
    fn in_block(&self, label: &Regex, block: Span) -> Vec<ActionLine> {
        let labels: Vec<Span> = label
            .find_iter(block.slice(self.text))
            .map(|found| Span::new(block.start + found.start(), block.start + found.end()))
            .collect();
        let mut lines = Vec::new();
        for (at, label) in labels.iter().enumerate() {
            let end = labels.get(at + 1).map_or(block.end, |next| next.start);
            let words = Span::new(label.end.min(end), end);
            lines.push(self.finish(Span::new(label.start, end), words, self.fields(words, &[])));
        }
        lines
    }
}
