//! Finds the actions of a text: the items of lists and the rows of tables below headings such as "Action items".

mod field;
mod field_pattern;
mod label;
mod link;
mod table;
mod value;

pub use table::field_named as action_field_named;
pub use value::ActionField;

use super::outline::{Heading, HeadingForm, Item, Outline};
use super::section::{Section, SectionKind, within};
use super::section_heading::names_horizon;
use crate::text::{Span, Spanned};
use field::Fields;
use table::Columns;

/// The greatest number of actions that are read from one text.
const ACTIONS: usize = 500;

/// An action as written in the text.
#[derive(Clone, Debug)]
pub struct ActionLine {
    /// The item or the row.
    pub span: Span,
    /// The same with all items around it. `None` outside of the sections for actions, where the words belong to the text.
    pub block: Option<Span>,
    /// The sub-headings and the label above it, outer ones first: a horizon such as "Short term", or a category.
    pub groups: Vec<Spanned<String>>,
    /// What is changed, in Markdown on one line, without what was read as a field.
    pub change: Spanned<String>,
    /// The fields that were read, each kind once.
    pub fields: Vec<(ActionField, Spanned<String>)>,
    /// What stands in the place of its deadline, or looks like one, and is no day; the words stay in `change`.
    pub unread_due: Option<Spanned<String>>,
}

impl ActionLine {
    /// The field of a kind.
    pub fn field(&self, kind: ActionField) -> Option<&Spanned<String>> {
        self.fields.iter().find(|(field, _)| *field == kind).map(|(_, value)| value)
    }
}

/// Reads the actions of all sections for them, in order.
pub(super) fn read(text: &str, outline: &Outline, sections: &[Section]) -> Vec<ActionLine> {
    let mut lines: Vec<ActionLine> = Vec::new();
    for section in sections {
        let reader = ActionReader { text, outline, section };
        match section.kind {
            Some(SectionKind::Actions) => {
                lines.extend(section.items(outline).flat_map(|item| reader.item(item)));
                lines.extend(reader.rows());
                lines.extend(reader.paragraphs());
            }
            // What was done stands there.
            Some(SectionKind::Timeline | SectionKind::Resolution) => {}
            Some(_) | None => lines.extend(reader.labelled()),
        }
    }
    lines.retain(|line| !line.change.value.is_empty());
    lines.sort_by_key(|line| line.span.start);
    lines.truncate(ACTIONS);
    lines
}

struct ActionReader<'a> {
    text: &'a str,
    outline: &'a Outline,
    section: &'a Section,
}

impl ActionReader<'_> {
    /// An item; where it is a label for the list inside it, the items of that list.
    fn item(&self, item: &Item) -> Vec<ActionLine> {
        let inner = self.inside(item);
        if let Some(first) = inner.first() {
            let own = Span::new(item.start.min(first.span.start), first.span.start);
            let words = own.slice(self.text).trim();
            let is_bold = item.lead.as_ref().is_some_and(|lead| self.text[lead.span.end..own.end].trim().is_empty());
            if is_bold || words.ends_with([':', '：']) || words.ends_with(":**") {
                let group = words.trim_matches(['*', '_', ':', '：', ' ']).to_owned();
                let label = Some(Spanned::new(group, own)).filter(|label| !label.value.is_empty());
                let groups: Vec<_> = self.headings_above(item.span.start).into_iter().chain(label).collect();
                let lines = inner.iter().map(|inner| self.line(inner));
                return lines
                    .map(|line| ActionLine { groups: groups.clone(), block: Some(item.span), ..line })
                    .collect();
            }
        }
        vec![self.line(item)]
    }

    /// The items of the lists in an item.
    fn inside(&self, item: &Item) -> Vec<&Item> {
        let inner = within(&self.outline.items, item.span, |inner| inner.span);
        inner.filter(|inner| inner.depth == item.depth + 1).collect()
    }

    fn line(&self, item: &Item) -> ActionLine {
        let marker = self.text.get(item.span.start..item.start).unwrap_or_default();
        let whole = Span::new(item.start.min(item.span.end), item.span.end);
        let mut fields = self.fields(whole, &self.inside(item));
        if let Some(at) = marker.find("[x]").or_else(|| marker.find("[X]")) {
            fields.add(ActionField::Status, "done", Span::at(item.span.start + at));
        } else if let Some(at) = marker.find("[ ]") {
            fields.add(ActionField::Status, "open", Span::at(item.span.start + at));
        }
        self.finish(item.span, whole, fields)
    }

    /// The rows of the tables of the section.
    fn rows(&self) -> Vec<ActionLine> {
        let rows = within(&self.outline.rows, self.section.content, |row| row.span);
        let mut lines = Vec::new();
        for row in rows {
            let head = self.outline.tables.get(row.table).map_or(&[][..], Vec::as_slice);
            let columns = Columns::of(self.text, head);
            let Some(cell) = row.cells.get(columns.change) else { continue };
            let mut fields = self.fields(*cell, &[]);
            for (at, cell) in row.cells.iter().enumerate().filter(|(at, _)| *at != columns.change) {
                columns.add(&mut fields, at, *cell);
            }
            lines.push(self.finish(row.span, *cell, fields));
        }
        lines
    }

    fn finish(&self, span: Span, words: Span, mut fields: Fields<'_>) -> ActionLine {
        let mut links = within(&self.outline.links, span, |link| link.span).filter(|link| !link.image);
        if let (Some(link), None) = (links.next(), links.next()) {
            fields.add(ActionField::Link, &link.destination, link.span);
        }
        let groups = self.headings_above(span.start);
        let change = Spanned::new(fields.rest(), words);
        ActionLine { span, block: Some(span), groups, change, fields: fields.found, unread_due: fields.unread_due }
    }

    /// The headings that an action stands below, outer ones first.
    fn headings_above(&self, at: usize) -> Vec<Spanned<String>> {
        let inside = |heading: &&Heading| heading.span.start < at;
        let content = self.section.content;
        let headings = within(&self.outline.headings, content, |heading| heading.span).take_while(inside);
        let labels = within(&self.outline.labels, content, |heading| heading.span).take_while(inside);
        let mut headings: Vec<&Heading> = headings.chain(labels).collect();
        headings.retain(|heading| match heading.form {
            HeadingForm::Heading | HeadingForm::BoldLine => true,
            HeadingForm::Inner | HeadingForm::ParagraphLabel | HeadingForm::ItemLabel => false,
        });
        headings.sort_by_key(|heading| heading.span.start);
        let mut above: Vec<&Heading> = Vec::new();
        for heading in headings {
            let is_label = heading.form == HeadingForm::BoldLine;
            above.retain(|above| above.form != HeadingForm::BoldLine && (is_label || above.level < heading.level));
            above.push(heading);
        }
        if above.is_empty() {
            above.extend(self.section.heading.as_ref().filter(|heading| names_horizon(&heading.text)));
        }
        let name = |heading: &str| heading.trim().trim_end_matches([':', '：']).to_owned();
        above.into_iter().map(|heading| Spanned::new(name(&heading.text), heading.span)).collect()
    }

    fn fields(&self, words: Span, inner: &[&Item]) -> Fields<'_> {
        Fields::of_text(self.text, words, &self.outline.links, inner)
    }
}
