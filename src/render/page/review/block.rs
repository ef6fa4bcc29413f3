//! The parts of a review in their order.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::SectionKind;
use crate::model::Perspective;
use crate::model::{Part, Review, ReviewIndex, section_anchor};
use crate::render::context::PageContext;
use crate::render::markdown::Body;
use crate::render::page::review::factor::{FactorUseView, factors_block};
use crate::render::page::review::follow_up::{ResponseView, actions_block, response_block};
use crate::render::page::review::timeline::{EntryView, timeline_block};
use crate::render::page::review::weakness::WeaknessAnswerView;

/// A part of a review's page.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct BlockView {
    /// `section`, `timeline`, `root-cause`, `factors`, `reflection`, `response` or `actions`.
    pub kind: &'static str,
    /// The anchor of the block on its page.
    pub id: String,
    /// Its heading; may be empty.
    pub title: String,
    /// The level of the heading: 2, or 3 below the heading of another block.
    pub level: u8,
    /// For `timeline`: what stands above its first entry, as HTML; may be empty.
    pub intro: String,
    /// Its text, as HTML; may be empty. For `factors` it is what stands below the last
    /// factor that the text lists, for `timeline` what stands there beside the list.
    pub html: String,
    /// For `timeline`: the entries in the order of time.
    pub entries: Vec<EntryView>,
    /// For `timeline`: the number of entries that mark no phase. Where they are many, narrow screens show them on request.
    pub unmarked: usize,
    /// For `timeline`: whether any entry has a time in UTC.
    pub has_utc: bool,
    /// For `factors`: the factors; those that the text lists last, in its order.
    pub factors: Vec<FactorUseView>,
    /// For `reflection`: what went well, poorly, and where the team was lucky. `kind` is `went-well`, `went-poorly` or `got-lucky`.
    pub columns: Vec<BlockView>,
    /// For `response`: who noticed first, the answers, and what should change.
    pub response: Option<ResponseView>,
    /// For `actions`: each change with what it answers, and what nothing answers.
    pub changes: Vec<WeaknessAnswerView>,
    /// For `actions`: whether the weaknesses that they answer are named.
    pub told: bool,
    /// For `actions`: what stands below the last one in the text, as HTML; may be empty.
    pub after: String,
}

/// The parts of the text in their order, with what the front matter says at its place.
pub(super) fn review_blocks(
    context: &PageContext<'_>,
    position: ReviewIndex,
    review: &Review,
    body: &Body<'_>,
) -> Vec<BlockView> {
    let mut blocks = written_blocks(context, position, review, body);
    if !review.factors.is_empty() && !blocks.iter().any(|block| block.kind == "factors") {
        let after =
            ["root-cause", "timeline"].iter().find_map(|kind| blocks.iter().rposition(|block| block.kind == *kind));
        blocks.insert(after.map_or(blocks.len(), |at| at + 1), factors_block(context, position, None, body));
    }
    let after = blocks.iter().rposition(|block| block.kind == "reflection").map_or(blocks.len(), |at| at + 1);
    let is_said = blocks.iter().any(|block| block.kind == "actions");
    let actions = actions_block(context, position, None, body);
    let actions = (!is_said && !actions.changes.is_empty()).then_some(actions);
    blocks.splice(after..after, response_block(context, position).into_iter().chain(actions));
    blocks
}

/// The sections of the text after the summary. A second section of a kind that a page has once is shown as any other.
fn written_blocks(
    context: &PageContext<'_>,
    position: ReviewIndex,
    review: &Review,
    body: &Body<'_>,
) -> Vec<BlockView> {
    let mut blocks: Vec<BlockView> = Vec::new();
    for (part, anchor) in review.parts.iter().zip(review.part_anchors()) {
        let Some(anchor) = anchor else { continue };
        let is_first = part.kind.and_then(section_anchor) == Some(anchor.as_str());
        let html = || body.html(part.content);
        let view = |kind: &'static str, title: &str| BlockView {
            level: part.level,
            ..block_view(kind, &anchor, title, html())
        };
        match part.kind {
            Some(SectionKind::Summary) if is_first && !part.is_empty => {}
            Some(SectionKind::Timeline) if is_first => {
                let title = section_title(context, part, "section.timeline");
                let block = timeline_block(context, review, part.content, body);
                blocks.push(BlockView { title: title.to_owned(), level: part.level, ..block });
            }
            Some(SectionKind::RootCause) if is_first => {
                blocks.push(view("root-cause", section_title(context, part, "section.root-cause")));
            }
            Some(SectionKind::ContributingFactors) if is_first => {
                let title = section_title(context, part, "section.factors");
                let block = factors_block(context, position, Some(part), body);
                blocks.push(BlockView { title: title.to_owned(), level: part.level, ..block });
            }
            Some(SectionKind::Actions) => {
                let block = actions_block(context, position, Some(part), body);
                let title = own_heading(part).map_or_else(|| block.title.clone(), str::to_owned);
                blocks.push(BlockView { id: anchor.clone(), title, level: part.level, ..block });
            }
            Some(SectionKind::WentWell) => {
                let title = section_title(context, part, "section.went-well");
                add_reflection(&mut blocks, view("went-well", title));
            }
            Some(SectionKind::WentPoorly) => {
                let title = section_title(context, part, "section.went-poorly");
                add_reflection(&mut blocks, view("went-poorly", title));
            }
            Some(SectionKind::GotLucky) => {
                let title = section_title(context, part, luck_title(review.perspective));
                add_reflection(&mut blocks, view("got-lucky", title));
            }
            Some(
                SectionKind::Summary
                | SectionKind::Timeline
                | SectionKind::RootCause
                | SectionKind::ContributingFactors
                | SectionKind::Impact
                | SectionKind::Background
                | SectionKind::Trigger
                | SectionKind::Detection
                | SectionKind::Response
                | SectionKind::Resolution
                | SectionKind::FiveWhys
                | SectionKind::Lessons
                | SectionKind::References,
            )
            | None => blocks.push(view("section", part.heading())),
        }
    }
    blocks
}

fn luck_title(perspective: Perspective) -> &'static str {
    match perspective {
        Perspective::Own => "section.got-lucky",
        Perspective::Collected => "section.got-lucky-collected",
    }
}

/// The author's own heading. The one of the template is shown in the language of the site.
fn section_title<'a>(context: &PageContext<'a>, part: &'a Part, key: &str) -> &'a str {
    own_heading(part).unwrap_or_else(|| context.say(key))
}

/// A heading that is the author's own.
fn own_heading(part: &Part) -> Option<&str> {
    Some(part.heading()).filter(|heading| !heading.is_empty() && !part.has_heading_of_template())
}

pub(super) fn block_view(kind: &'static str, id: &str, title: &str, html: String) -> BlockView {
    BlockView {
        kind,
        id: id.to_owned(),
        title: title.to_owned(),
        level: 2,
        intro: String::new(),
        html,
        entries: Vec::new(),
        unmarked: 0,
        has_utc: false,
        factors: Vec::new(),
        columns: Vec::new(),
        response: None,
        changes: Vec::new(),
        told: false,
        after: String::new(),
    }
}

/// Adds a column to the block of reflections, which opens with the first of them.
fn add_reflection(blocks: &mut Vec<BlockView>, column: BlockView) {
    if blocks.last().is_none_or(|last| last.kind != "reflection") {
        blocks.push(block_view("reflection", "", "", String::new()));
    }
    if let Some(last) = blocks.last_mut() {
        last.columns.push(column);
    }
}
