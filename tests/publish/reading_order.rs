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

/// The bundled collection holds the reviews of many organisations, the demo those of one.
#[test]
fn home_pools_no_durations_over_organisations() {
    let home = demo(TODAY).read("public/index.html");
    let figures =
        |page: &str| page.split_once("<dl class=\"figures\">").unwrap().1.split_once("</dl>").unwrap().0.to_owned();
    assert!(figures(&home).contains("metrics.html"), "{home}");
    let space = TestSite::empty();
    let output = space.path("shown");
    let bundled = env!("CARGO_MANIFEST_DIR");
    space.run(&["--site", bundled, "build", "--now", TODAY, "--output", output.to_str().unwrap()]).expect(0, &[]);
    assert!(!figures(&space.read("shown/index.html")).contains("metrics.html"));
}
