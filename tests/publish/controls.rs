//! What was changed, and whether it held: the page of a built site without any script.

use super::federation::{acme, dataset_of, example, map_factors};
use crate::support::TestSite;
use casebook::rules::SAMPLE_REVIEW;

const PAGE: &str = "public/controls/index.html";
const EVIDENCE: &str = "\nevidence = \"The load test of 21 March stays under 40 % CPU with the same rule.\"";

/// The parts of the page by their anchors, each with its rows.
fn parts(space: &TestSite) -> Vec<(String, Vec<String>)> {
    let html = space.read(PAGE);
    let part = |part: &str| {
        let rows = part.split("</section>").next().unwrap().split("<li class=\"control ").skip(1);
        let rows: Vec<String> = rows.map(|row| row.split("</li>").next().unwrap().to_owned()).collect();
        (part.split('"').next().unwrap().to_owned(), rows)
    };
    html.split("<h2 id=\"").skip(1).map(part).filter(|(_, rows)| !rows.is_empty()).collect()
}

/// The part in which the first change of the sample review stands.
fn part_of_guard(space: &TestSite) -> String {
    let has = |rows: &[String]| rows.iter().any(|row| row.contains("2024-03-04-edge-cpu.html#action-cpu-guard"));
    parts(space).into_iter().find(|(_, rows)| has(rows)).expect("the change stands somewhere").0
}

#[test]
fn what_became_of_a_change_follows_from_the_days_that_reviews_give() {
    let later = |space: &TestSite, day: &str, change: &dyn Fn(String) -> String| {
        let review = SAMPLE_REVIEW.replace("id = \"cpu-guard\"", "id = \"cpu-guard-2\"").replace("2024-", "2025-");
        space.write(&format!("content/reviews/{day}-edge-again.md"), change(review));
    };
    let same = |review: String| review;
    let other = |review: String| review.replace("unbounded-computation", "another-one");
    type Change<'a> = &'a dyn Fn(&TestSite);
    let not_done = "status = \"done\"\nclosed = 2024-03-20";
    let cases: [(Change<'_>, &str); 7] = [
        (&|_| {}, "held"),
        (&|space| space.edit(EVIDENCE, ""), "not-verified"),
        (&|space| space.edit("\nclosed = 2024-03-20", ""), "not-verified"),
        (&|space| space.edit(not_done, "status = \"in-progress\""), "overdue"),
        (
            &|space| {
                space.edit(
                    "due = 2024-03-31\nstatus = \"done\"\nclosed = 2024-03-20",
                    "due = 2027-03-31\nstatus = \"open\"",
                )
            },
            "in-progress",
        ),
        (&|space| space.edit(not_done, "status = \"cancelled\"\nclosed = 2024-03-20"), "given-up"),
        (&|space| later(space, "2025-03-04", &same), "came-back"),
    ];
    for (change, expected) in cases {
        let space = TestSite::site();
        change(&space);
        space.build();
        assert_eq!(part_of_guard(&space), expected);
    }

    let space = TestSite::site();
    space.build();
    let held = &parts(&space)[0].1[0];
    for words in [
        "since 20 March 2024",
        "no later incident to tell by",
        "The load test of 21 March",
        "href=\"../factors/unbounded-computation.html\">",
    ] {
        assert!(held.contains(words), "{words}: {held}");
    }
    // Another incident without the factor is what the change stood through.
    let another = "\n[[factor]]\nid = \"another-one\"\nname = \"Another one\"\ncategory = \"process\"\ndefinition = \"It lacks a limit.\"\n";
    space.write("content/factors.toml", space.read("content/factors.toml") + another);
    later(&space, "2025-03-04", &other);
    space.build();
    assert_eq!(part_of_guard(&space), "held");
    assert!(parts(&space)[0].1[0].contains("1 later incident without it"), "{:?}", parts(&space)[0]);
    for page in [
        "public/actions.html",
        "public/index.html",
        "public/factors/index.html",
        "public/factors/unbounded-computation.html",
        "public/sitemap.xml",
        "public/llms.txt",
    ] {
        assert!(space.read(page).contains("controls/index.html"), "{page} leads there");
    }
}

#[test]
fn what_other_organisations_changed_counts_for_them_alone() {
    let space = example(&dataset_of(&acme()).to_string());
    map_factors(&space);
    space.build().expect(0, &[]);
    let states: Vec<(String, usize)> = parts(&space)
        .into_iter()
        .map(|(state, rows)| (state, rows.iter().filter(|row| row.contains("../sources/acme/")).count()))
        .filter(|(_, count)| *count > 0)
        .collect();
    let of = |wanted: &str| states.iter().find(|(state, _)| state == wanted).map(|(_, count)| *count);
    assert!(of("came-back") > Some(0) && of("held") > Some(0), "{states:?}");
    assert_eq!(of("overdue"), None, "{states:?}");
    assert!(space.read(PAGE).contains(" · Acme · "), "the organisation is named");
}

#[test]
fn a_site_without_changes_says_so() {
    let space = TestSite::site();
    space.edit("status = \"final\"", "status = \"withdrawn\"");
    space.build();
    let page = space.read(PAGE);
    assert!(page.contains("No published action addresses a factor.") && !page.contains("assets/filter"), "{page}");
}

#[test]
fn the_plain_theme_lists_changes_without_a_script() {
    let space = TestSite::site();
    let settings = space.read("casebook.toml");
    space.write("casebook.toml", format!("theme = \"plain\"\n{settings}"));
    space.build().expect(0, &[]);
    let page = space.read(PAGE);
    assert!(page.contains("Held so far") && !page.contains("<script src") && !page.contains("<form"), "{page}");
    assert_eq!(part_of_guard(&space), "held");
}
