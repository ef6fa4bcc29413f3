//! The way through a list of several pages.

use schemars::JsonSchema;
use serde::Serialize;

use crate::render::context::PageContext;
use crate::render::part::link::{LinkView, link};
use crate::site::page_path;

/// The pages of a list: `page.pages`; none when there is only one.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct PagesView {
    /// The number of this page, from 1.
    pub number: usize,
    /// The number of pages of the list.
    pub count: usize,
    /// A link to the page before this one; none on the first.
    pub previous: Option<LinkView>,
    /// A link to the page after this one; none on the last.
    pub next: Option<LinkView>,
    /// The first page, the last one, and those around this one, by their numbers. An empty `href` stands for a gap.
    pub links: Vec<LinkView>,
}

/// How many pages are named on each side of this one.
const PAGES_EACH_SIDE: usize = 2;

/// The way through the pages of the list that this page belongs to, as they were planned.
pub(in crate::render) fn page_links(context: &PageContext<'_>) -> Option<PagesView> {
    let is_planned =
        |number: &usize| context.site.page(&page_path(&context.route.first, *number)) == Some(&context.route.kind);
    let count = (2..).take_while(is_planned).last().unwrap_or(1);
    let number = context.route.number;
    let to = |wanted: usize| LinkView {
        current: wanted == number,
        ..link(wanted.to_string(), context.to(&page_path(&context.route.first, wanted)))
    };
    let mut links = Vec::new();
    let mut before = 0;
    for wanted in (1..=count).filter(|page| is_named(*page, number, count)) {
        if wanted > before + 1 {
            links.push(link("…", String::new()));
        }
        links.push(to(wanted));
        before = wanted;
    }
    (count > 1).then(|| PagesView {
        number,
        count,
        previous: (number > 1).then(|| to(number - 1)),
        next: (number < count).then(|| to(number + 1)),
        links,
    })
}

fn is_named(page: usize, number: usize, count: usize) -> bool {
    // A gap that hides a single page is as wide as its number.
    let from = if number <= PAGES_EACH_SIDE + 3 { 1 } else { number - PAGES_EACH_SIDE };
    let to = if number + PAGES_EACH_SIDE + 2 >= count { count } else { number + PAGES_EACH_SIDE };
    page == 1 || page == count || (from..=to).contains(&page)
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn gaps_hide_more_than_one_page() {
        let named = |number: usize, count: usize| -> Vec<usize> {
            (1..=count).filter(|page| is_named(*page, number, count)).collect()
        };
        assert_eq!(named(1, 3), [1, 2, 3]);
        assert_eq!(named(1, 20), [1, 2, 3, 20]);
        assert_eq!(named(5, 20), [1, 2, 3, 4, 5, 6, 7, 20]);
        assert_eq!(named(10, 20), [1, 8, 9, 10, 11, 12, 20]);
        assert_eq!(named(20, 20), [1, 18, 19, 20]);
    }
}
