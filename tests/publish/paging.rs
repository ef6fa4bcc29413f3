//! Many reviews: no page holds the whole collection, and nothing is lost between the pages.

use std::collections::BTreeMap;

use crate::support::large::REVIEWS;
use crate::support::{TODAY, TestSite};

/// The greatest size of a page in bytes.
const LARGEST: usize = 400_000;

fn occurrences(html: &str, part: &str) -> usize {
    html.matches(part).count()
}

#[test]
fn long_lists_come_in_pages() {
    let space = TestSite::large();
    let run = space.run(&["build", "--now", TODAY]);
    run.expect(0, &[]);
    let pages: BTreeMap<String, String> = space
        .files("public")
        .into_iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect();
    for (name, html) in &pages {
        assert!(html.len() <= LARGEST, "{name} has {} bytes", html.len());
    }
    let list = |first: &str| {
        let stem = first.trim_end_matches(".html").trim_end_matches("/index");
        let further = (2..).map(|number| format!("{stem}/page-{number}.html"));
        let names = std::iter::once(first.to_owned()).chain(further);
        names.map_while(|name| pages.get(&name)).collect::<Vec<_>>()
    };
    for (first, length, count) in
        [("reviews/index.html", 7, REVIEWS), ("organisations/organisation-2.html", 2, REVIEWS / 4)]
    {
        let list = list(first);
        assert_eq!(list.len(), length, "{first}");
        let cards: usize = list.iter().map(|html| occurrences(html, "class=\"line\"")).sum();
        assert_eq!(cards, count, "{first}");
        assert!(!list[0].contains("rel=\"prev\"") && list[0].contains("<link rel=\"next\""), "{first}");
        assert!(!list[length - 1].contains("<link rel=\"next\""), "{first}");
        for html in &list {
            assert_eq!(occurrences(html, "aria-current=\"page\""), 1, "{first}");
        }
    }
    let third = &pages["reviews/page-3.html"];
    assert!(third.contains("<link rel=\"canonical\" href=\"https://example.org/reviews/page-3.html\">"));
    assert!(third.contains("<link rel=\"prev\" href=\"page-2.html\">"));
    assert!(third.contains("<title>Reviews, page 3 – Large</title>"), "{}", &third[..900]);
}
