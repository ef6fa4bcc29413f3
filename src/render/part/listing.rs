//! A list of reviews under headings, over several pages.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::ReviewIndex;
use crate::render::context::PageContext;
use crate::render::part::card::{CardView, review_card};
use crate::render::part::link::JumpView;
use crate::site::{REVIEWS_A_PAGE, page_path};

/// A list of reviews under headings.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ListingView {
    /// What the list holds, in a sentence; may be empty.
    pub lead: String,
    /// The number of reviews in the whole list.
    pub count: usize,
    /// The years of the whole list, each with the place where it begins.
    pub jumps: Vec<JumpView>,
    /// The reviews of this page, by year.
    pub groups: Vec<GroupView>,
    /// The search for all of them, where the pages of the list show the newest only.
    pub search: String,
}

/// A part of a list.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct GroupView {
    /// Its heading; may be empty.
    pub title: String,
    /// The anchor of the part.
    pub id: String,
    /// The reviews of the part that stand on this page.
    pub reviews: Vec<CardView>,
}

/// What this page holds of a list of reviews, by year, and where each year begins.
pub(in crate::render) fn review_listing(
    context: &PageContext<'_>,
    lead: &str,
    positions: &[ReviewIndex],
) -> ListingView {
    let mut groups: Vec<GroupView> = Vec::new();
    for &position in &positions[context.range_of_page(positions.len(), REVIEWS_A_PAGE)] {
        let year = year_name(context, position);
        if groups.last().is_none_or(|group| group.title != year) {
            groups.push(GroupView { id: year_id(&year), title: year, reviews: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.reviews.push(review_card(context, position));
        }
    }
    ListingView {
        lead: lead.to_owned(),
        count: positions.len(),
        jumps: year_jumps(context, positions),
        groups,
        search: String::new(),
    }
}

fn year_jumps(context: &PageContext<'_>, positions: &[ReviewIndex]) -> Vec<JumpView> {
    let mut years: Vec<JumpView> = Vec::new();
    for (at, &position) in positions.iter().enumerate() {
        let title = year_name(context, position);
        if let Some(year) = years.last_mut().filter(|year| year.title == title) {
            year.count += 1;
            continue;
        }
        let page = page_path(&context.route.first, at / REVIEWS_A_PAGE + 1);
        let page = context.before_anchor(&page);
        years.push(JumpView { href: format!("{page}#{}", year_id(&title)), title, count: 1 });
    }
    years
}

fn year_name(context: &PageContext<'_>, position: ReviewIndex) -> String {
    let day = context.analysis.corpus.reviews[position].date();
    day.map_or_else(|| context.say("date.none").to_owned(), |day| day.format("%Y").to_string())
}

fn year_id(year: &str) -> String {
    format!("y{}", year.replace(' ', "-"))
}
