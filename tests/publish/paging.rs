//! Many reviews: no page holds the whole collection, and nothing is lost between the pages.

use std::collections::BTreeMap;

use crate::support::large::REVIEWS;
use crate::support::{TODAY, TestSite};

/// The greatest size of a page in bytes.
const LARGEST: usize = 400_000;

fn occurrences(html: &str, part: &str) -> usize {
    html.matches(part).count()
}

fn pages(space: &TestSite) -> BTreeMap<String, String> {
    let files = space.files("public").into_iter().filter(|(name, _)| name.ends_with(".html"));
    files.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

/// The number that stands at once after a piece of a page.
fn number_after(html: &str, before: &str) -> usize {
    let rest = html.split_once(before).unwrap_or_else(|| panic!("{before}: {html:.3000}")).1;
    rest.split(|c: char| !c.is_numeric()).next().unwrap().parse().unwrap()
}

#[test]
fn long_lists_come_in_pages() {
    let space = TestSite::large();
    let run = space.run(&["build", "--now", TODAY]);
    run.expect(0, &[]);
    let pages = pages(&space);
    for (name, html) in &pages {
        assert!(html.len() <= LARGEST, "{name} has {} bytes", html.len());
    }
    let list = |first: &str| {
        let stem = first.trim_end_matches(".html").trim_end_matches("/index");
        let further = (2..).map(|number| format!("{stem}/page-{number}.html"));
        let names = std::iter::once(first.to_owned()).chain(further);
        names.map_while(|name| pages.get(&name)).collect::<Vec<_>>()
    };
    let seen = number_after(&pages["factors/f-8.html"], "<dt>Seen in</dt><dd>");
    assert!(seen > 100, "{seen}");
    for (first, length, count) in [("reviews/index.html", 7, REVIEWS), ("factors/f-8.html", 2, seen)] {
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

/// The number of reviews or entries that a list has is that of its pages, and of those that it says are not on them.
#[test]
fn no_list_leaves_entries_out_without_saying_so() {
    let space = TestSite::large();
    space.run(&["build", "--now", TODAY]).expect(0, &[]);
    let pages = pages(&space);
    let folders = ["actions/", "lucky/", "controls/", "services/", "severities/", "kinds/", "years/", "organisations/"];
    let is_first = |name: &str| {
        let in_folder = folders.iter().find_map(|folder| name.strip_prefix(folder));
        in_folder.is_some_and(|rest| rest != "index.html" && !rest.contains('/') && occurrences(rest, ".") == 1)
    };
    let mut cut: BTreeMap<&str, usize> = BTreeMap::new();
    for (first, html) in pages.iter().filter(|(name, html)| is_first(name) && !html.contains("http-equiv=\"refresh\""))
    {
        let stem = first.trim_end_matches(".html");
        let further = (2..).map_while(|at| {
            pages.get(&format!("{stem}.{at}.html")).or_else(|| pages.get(&format!("{stem}/page-{at}.html")))
        });
        let rows = std::iter::once(html).chain(further).flat_map(|html| html.split("<ol class=\"rows\">").skip(1));
        let listed: usize = rows.map(|rows| occurrences(rows.split("</ol>").next().unwrap(), "<li")).sum();
        let count = number_after(html, "<p class=\"quiet\">");
        let said = if html.contains(" more are not listed") && html.contains(" entries") {
            number_after(html, " entries. ")
        } else if html.contains(&format!("Search all {count} reviews</a>")) {
            assert_eq!(listed, 100, "{first}");
            count - listed
        } else {
            0
        };
        assert_eq!(listed + said, count, "{first}");
        *cut.entry(first.split('/').next().unwrap()).or_default() += usize::from(said > 0);
    }
    assert!(cut["actions"] >= 2 && cut["organisations"] == 4 && cut["years"] == 0, "{cut:?}");
}
