//! Long lists in pages: where the pages stand and what each of them holds.

use std::ops::Range;

use super::address::path;
use super::{PageKind, PageRoute, Route};
use crate::text::SitePath;

/// The number of reviews on a page of a list.
pub(crate) const REVIEWS_A_PAGE: usize = 100;

/// The number of factors on a page of their index.
pub(crate) const FACTORS_A_PAGE: usize = 500;

/// The number of sightings on a page of a factor.
pub(crate) const SIGHTINGS_A_PAGE: usize = 100;

/// The number of terms on a page of a facet.
pub(crate) const TERMS_A_PAGE: usize = 500;

/// The most reviews that stand in the page of the factors for its filter. With more they have a file of their own.
pub(crate) const REVIEWS_IN_FILTER: usize = 2000;

/// How many pages a list of `count` takes, at most `size` on each. An empty list has a page, too.
pub(crate) fn page_count(count: usize, size: usize) -> usize {
    count.div_ceil(size.max(1)).max(1)
}

/// What stands on a page of a list of `count`. Pages are counted from 1; a page that is not there holds nothing.
pub(crate) fn page_range(number: usize, count: usize, size: usize) -> Range<usize> {
    let start = number.saturating_sub(1).saturating_mul(size).min(count);
    start..start.saturating_add(size).min(count)
}

/// The address of a page of the list that begins at `first`: `reviews/page-2.html` for `reviews/index.html`,
/// `services/edge/page-2.html` for `services/edge.html`. The first page keeps its address, however long the list gets.
pub(crate) fn page_path(first: &SitePath, number: usize) -> SitePath {
    if number <= 1 {
        return first.clone();
    }
    let stem = first.as_str().trim_end_matches(".html");
    match stem.strip_suffix("index") {
        Some(folder) => path(&format!("{folder}page-{number}.html")),
        None => path(&format!("{stem}/page-{number}.html")),
    }
}

/// The pages of a list that begins at `first`.
pub(super) fn pages(first: SitePath, kind: PageKind, count: usize) -> impl Iterator<Item = (SitePath, Route)> {
    (1..=count).map(move |number| {
        let page = PageRoute { kind: kind.clone(), first: first.clone(), number };
        (page_path(&first, number), Route::Page(page))
    })
}

#[cfg(test)]
mod tests {
    use super::{page_count, page_path, page_range};
    use crate::text::SitePath;

    #[test]
    fn pages_hold_everything_once() {
        for count in [0, 1, 9, 10, 11, 20, 21, 995] {
            let pages = 1..=page_count(count, 10);
            let all: Vec<usize> = pages.clone().flat_map(|number| page_range(number, count, 10)).collect();
            assert_eq!(all, (0..count).collect::<Vec<_>>());
            assert!(count == 0 || pages.into_iter().all(|number| !page_range(number, count, 10).is_empty()), "{count}");
        }
        assert!(page_range(7, 60, 10).is_empty() && page_range(usize::MAX, 60, 10).is_empty());
    }

    #[test]
    fn the_first_page_keeps_its_address() {
        let check = |first: &str, number: usize, expected: &str| {
            assert_eq!(page_path(&SitePath::new(first).unwrap(), number).as_str(), expected);
        };
        check("reviews/index.html", 1, "reviews/index.html");
        check("reviews/index.html", 2, "reviews/page-2.html");
        check("services/edge.html", 12, "services/edge/page-12.html");
        check("actions.html", 3, "actions/page-3.html");
        check("index.html", 2, "page-2.html");
    }
}
