//! What became of each change, against the dataset: every action against every incident of the same organisation.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::dataset::{Dataset, day, list, state, text};
use super::page::{between, numbers, words};
use crate::support::TestSite;

/// The states in the order of the page: their names in addresses, and what the page calls them.
const STATES: [(&str, &str); 6] = [
    ("held", "Held so far"),
    ("came-back", "Came back"),
    ("not-verified", "Done, not verified"),
    ("in-progress", "Planned or in progress"),
    ("overdue", "Promised and overdue"),
    ("given-up", "Given up"),
];

/// What the dataset says of a change: its state for one factor, and for how many incidents it held.
fn became(dataset: &Dataset, review: &Value, action: &Value, factor: &str) -> (usize, usize) {
    let whose = |review: &Value| text(review, "organisation").to_owned();
    let (Some(began), closed) = (day(review, "date"), day(action, "closed")) else { return (2, 0) };
    match (state(action), closed) {
        (0, _) => return (4, 0),
        (1 | 2, _) => return (3, 0),
        (4, _) => return (5, 0),
        (_, None) => return (2, 0),
        (_, Some(_)) => {}
    }
    let until = closed.unwrap().max(began);
    let later = dataset.counted().filter(|other| whose(other) == whose(review));
    let later: Vec<&Value> = later.filter(|other| day(other, "date").is_some_and(|day| day > until)).collect();
    match (later.iter().any(|other| dataset.factors_of(other).contains(factor)), text(action, "evidence")) {
        (true, _) => (1, 0),
        (false, "") => (2, 0),
        (false, _) => (0, later.len()),
    }
}

/// A row of the page: its place in the review, its factors, and for how many incidents it held.
type Row = (String, BTreeSet<String>, usize);

fn expected(dataset: &Dataset) -> [BTreeSet<Row>; 6] {
    let mut all: [BTreeSet<Row>; 6] = Default::default();
    for (review, action) in dataset.actions() {
        let mut of_action: BTreeMap<usize, (BTreeSet<String>, usize)> = BTreeMap::new();
        for name in dataset.addressed(action).into_iter().filter(|name| dataset.factor(name).is_some()) {
            let (state, later) = became(dataset, review, action, name);
            let row = of_action.entry(state).or_default();
            row.0.insert(name.to_owned());
            row.1 = later;
        }
        let place = text(action, "url").rsplit('/').next().unwrap();
        for (state, (factors, later)) in of_action {
            all[state].insert((place.to_owned(), factors, later));
        }
    }
    all
}

/// The rows of a piece of a page.
fn rows(html: &str) -> BTreeSet<Row> {
    let row = |row: &str| {
        let row = row.split("</li>").next().unwrap();
        let facts = between(row, "<p class=\"quiet\">", "</p>");
        let links: Vec<&str> = facts.split("href=\"").skip(1).map(|link| link.split('"').next().unwrap()).collect();
        let factors = links[1..].iter().map(|link| between(link, "/factors/", ".html").to_owned());
        let later = between(between(row, "<div class=\"key\">", "</div>"), "<small>", "</small>");
        let later = later.split_once(" later incident").map_or(0, |(count, _)| count.parse().unwrap_or_default());
        (links[0].rsplit('/').next().unwrap().to_owned(), factors.collect(), later)
    };
    html.split("<li class=\"control ").skip(1).map(row).collect()
}

fn check(space: &TestSite, least: usize) {
    space.build().expect(0, &[]);
    let dataset = Dataset::of(space);
    let html = space.read("public/controls/index.html");
    let all = expected(&dataset);
    let mut shown = 0;
    for ((slug, name), expected) in STATES.iter().zip(&all) {
        let part = between(&html, &format!("<h2 id=\"{slug}\">"), "</section>");
        let heading = words(&format!("<b>{}", part.split("</h2>").next().unwrap()));
        if expected.is_empty() {
            assert_eq!(part, "", "{slug}");
            continue;
        }
        assert_eq!(heading, format!("{name}{}", expected.len()), "{slug}");
        let mut found = rows(part);
        assert_eq!(found.len(), expected.len().min(25), "{slug}");
        if expected.len() > 25 {
            let further = (2..).map(|number| format!("public/controls/{slug}.{number}.html"));
            let pages = std::iter::once(format!("public/controls/{slug}.html")).chain(further);
            let pages: Vec<String> = pages.take(expected.len().div_ceil(100)).map(|name| space.read(&name)).collect();
            let listed: BTreeSet<Row> = pages.iter().flat_map(|html| rows(html)).collect();
            assert!(found.is_subset(&listed), "{slug}");
            found = listed;
        }
        assert_eq!(&found, expected, "{slug}");
        shown += found.len();
    }
    assert!(shown >= least, "only {shown} changes");

    let mut by_factor: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut by_kind: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let kinds: BTreeMap<&str, &str> = dataset
        .actions()
        .map(|(_, action)| (text(action, "url").rsplit('/').next().unwrap(), text(action, "kind")))
        .collect();
    for (state, rows) in all.iter().enumerate() {
        for (place, factors, _) in rows {
            for factor in factors {
                let named = list(&dataset.data, "factors").iter().find(|known| text(known, "id") == factor).unwrap();
                by_factor.entry(text(named, "name").to_owned()).or_insert_with(|| vec![0; 6])[state] += 1;
            }
            let kind = match kinds[place.as_str()] {
                "prevent" => "Prevent recurrence",
                "detect" => "Detect sooner",
                "mitigate" => "Reduce impact",
                "process" => "Improve the process",
                _ => continue,
            };
            by_kind.entry(kind.to_owned()).or_insert_with(|| vec![0; 6])[state] += 1;
        }
    }
    let chart = numbers(&html, "<h2 id=\"factors\">");
    assert_eq!(chart.len(), by_factor.len().min(15));
    assert!(chart.iter().all(|(name, numbers)| by_factor[name] == *numbers), "{chart:?}");
    if !by_kind.is_empty() {
        assert_eq!(numbers(&html, "<h2 id=\"kinds\">"), by_kind);
    }
    assert!(html.len() < 150_000, "the page has {} bytes", html.len());
}

#[test]
fn what_became_of_changes_is_right_in_the_demo() {
    check(&TestSite::demo(), 25);
}

#[test]
fn what_became_of_changes_is_right_in_the_bundled_content() {
    check(&TestSite::bundled(), 60);
}

#[test]
fn what_became_of_changes_is_right_in_many_reviews() {
    check(&TestSite::large(), 600);
}
