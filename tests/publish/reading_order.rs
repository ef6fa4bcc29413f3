//! What readers meet first on the pages of actions, of a factor, and at home.

use crate::support::{TODAY, TestSite};

/// The places of `parts` in a page, in the order of `parts`.
fn places(page: &str, parts: &[&str]) -> Vec<usize> {
    parts.iter().map(|part| page.find(part).unwrap_or_else(|| panic!("no {part}\n{page}"))).collect()
}

fn demo(day: &str) -> TestSite {
    let space = TestSite::demo();
    let output = space.path("public");
    space.run(&["build", "--now", day, "--output", output.to_str().unwrap()]).expect(0, &[]);
    space
}

#[test]
fn actions_are_drawn_first_then_listed_by_review_without_their_state() {
    let page = demo(TODAY).read("public/actions.html");
    assert!(places(&page, &["id=\"owners\"", "id=\"overdue\"", "id=\"changed\""]).is_sorted());
    let overdue = page.split_once("id=\"overdue\"").unwrap().1.split_once("</section>\n</section>").unwrap().0;
    assert!(overdue.contains("<section class=\"of-review\">\n<h3><a href=\"reviews/"), "{overdue}");
    assert!(!overdue.contains("badge-overdue"), "{overdue}");
    let titles: Vec<&str> = overdue.split("<h3>").skip(1).map(|part| part.split_once("</h3>").unwrap().0).collect();
    let mut once = titles.clone();
    once.dedup();
    assert_eq!(titles, once);
}

#[test]
fn a_number_of_none_is_no_alarm() {
    let page = demo("2025-03-01").read("public/actions.html");
    assert!(page.contains("<div class=\"figure-overdue is-none\">"), "{page}");
    let style = include_str!("../../themes/default/assets/style.css");
    assert!(places(style, &[".figure-overdue dd", ".figures .is-none dd"]).is_sorted());
}

#[test]
fn a_factor_asks_first_and_draws_last() {
    let page = demo(TODAY).read("public/factors/single-point-of-failure.html");
    assert!(places(&page, &["id=\"ask\"", "id=\"actions\"", "id=\"seen\"", "id=\"trend\""]).is_sorted());
    assert!(!page.contains("id=\"conditions\""));
}

#[test]
fn home_shows_incidents_before_it_counts() {
    let home = demo(TODAY).read("public/index.html");
    let parts =
        ["<h1>", "class=\"lines-chart\"", "id=\"latest\"", "id=\"recurs\"", "id=\"promises\"", "class=\"counts\""];
    assert!(places(&home, &parts).is_sorted());
    // The lines lead to their reviews by mouse, and the table below them by keyboard.
    let drawing = home.split_once("class=\"lines-chart\"").unwrap().1.split_once("</svg>\n<figcaption>").unwrap();
    assert!(drawing.0.matches("<a ").count() > 5);
    assert_eq!(drawing.0.matches("<a ").count(), drawing.0.matches("\" tabindex=\"-1\"><title>").count());
    let table = drawing.1.split_once("<details class=\"data\">").unwrap().1.split_once("</details>").unwrap().0;
    assert_eq!(table.matches("<a href=\"reviews/").count(), drawing.0.matches("<a ").count());
    // What failed stands in the list, as a whole.
    assert!(
        home.contains("<p>One broker carried all messages. There was no second one to take over or to go back to.</p>")
    );
}
