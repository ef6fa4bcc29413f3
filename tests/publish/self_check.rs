//! The questions for readers, as they stand in a built site without any script: could this happen to you?

use super::federation::{acme, dataset_of, example, map_factors};
use crate::support::TestSite;
use casebook::rules::SAMPLE_REVIEW;

const REVIEW: &str = "public/reviews/2024-03-04-edge-cpu.html";
const PAGE: &str = "public/self-check.html";

const COMPUTATION: [&str; 2] = ["Can any request take all of a CPU?", "Is there work without a limit on <time>?"];
const ROLLOUT: [&str; 2] =
    ["Can one change reach all instances in a minute?", "Does any kind of change skip the stages?"];

/// Adds questions to a factor of a site.
fn ask(space: &TestSite, id: &str, questions: &[&str]) {
    let factors = space.read("content/factors.toml");
    let head = format!("id = \"{id}\"\n");
    assert!(factors.contains(&head), "{factors}");
    space.write("content/factors.toml", factors.replace(&head, &format!("{head}ask = {questions:?}\n")));
}

/// The site of the sample review, with questions for both of its factors.
fn site() -> TestSite {
    let space = TestSite::site();
    ask(&space, "unbounded-computation", &COMPUTATION);
    ask(&space, "no-staged-rollout", &ROLLOUT);
    space
}

/// What stands in each `<dt>` and `<dd>` of a page, as text.
fn said(html: &str, element: &str) -> Vec<String> {
    let open = format!("<{element}>");
    let inside = |part: &str| {
        let html = part.split(&format!("</{element}>")).next().unwrap();
        let words = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words));
        words.collect::<String>().replace("&lt;", "<").replace("&gt;", ">")
    };
    html.split(&open).skip(1).map(inside).collect()
}

/// The part of a page with questions; none when it has no such part.
fn questions(html: &str) -> Option<&str> {
    html.split_once("<section class=\"questions\"").map(|(_, rest)| rest.split("</section>").next().unwrap())
}

#[test]
fn a_review_asks_the_questions_of_its_factors() {
    let space = site();
    let turned = "id = \"no-staged-rollout\"\nrole = \"primary\"";
    space.edit("id = \"unbounded-computation\"\nrole = \"primary\"", "id = \"unbounded-computation\"");
    space.edit("id = \"no-staged-rollout\"", turned);
    space.edit("addresses = [\"no-staged-rollout\"]", "addresses = [\"big-bang-release\"]");
    space.build().expect(0, &[]);
    let page = space.read(REVIEW);
    let summary = page.find("id=\"summary\"").unwrap();
    let part = questions(&page[summary..]).expect("it asks");
    assert!(page.find("<section class=\"questions\"") < page.find("class=\"figures metrics\""), "after the summary");
    let (first, folded) = part.split_once("<details><summary>2 more questions</summary>").unwrap();
    assert_eq!(said(first, "dd"), ROLLOUT, "those of the primary factor stand open");
    assert_eq!(said(first, "dt"), ["No staged rollout"], "nothing is done about it");
    assert_eq!(said(folded, "dd"), COMPUTATION);
    assert_eq!(said(folded, "dt"), ["Unbounded computation 1 change done, 1 held"]);
    assert!(!part.contains("<input") && part.contains("../factors/no-staged-rollout.html"), "{part}");

    let factor = space.read("public/factors/unbounded-computation.html");
    assert_eq!(said(questions(&factor).expect("the factor asks"), "dd"), COMPUTATION);
    let all = space.read(PAGE);
    assert_eq!(said(&all, "dd"), [ROLLOUT, COMPUTATION].concat(), "by category, as casebook.toml orders them");
    assert!(all.contains("<a href=\"reviews/2024-03-04-edge-cpu.html\">A filter rule took all CPU on the edge</a>"));
    assert!(
        all.contains("Abort the evaluation of a rule after 5 ms of CPU – <a href=\"reviews/"),
        "the change that held"
    );
    assert!(!all.contains("Release filter rules"), "a change that is not done has not held");
    assert!(space.read("public/index.html").contains("href=\"self-check.html\""), "readers find it from any page");
}

#[test]
fn whether_a_change_held_is_said_only_where_it_is_known() {
    let again = |space: &TestSite| {
        let later = SAMPLE_REVIEW.replace("id = \"cpu-guard\"", "id = \"cpu-guard-2\"").replace("2024-", "2025-");
        space.write("content/reviews/2025-03-04-edge-again.md", later);
    };
    let evidence = "\nevidence = \"The load test of 21 March stays under 40 % CPU with the same rule.\"";
    type Change<'a> = &'a dyn Fn(&TestSite);
    let cases: [(Change<'_>, &str); 5] = [
        (&|_| {}, " 1 change done, 1 held"),
        (&|space| space.edit(evidence, ""), " 1 change done"),
        (&|space| space.edit("\nclosed = 2024-03-20", ""), " 1 change done"),
        (&|space| space.edit("status = \"done\"\nclosed = 2024-03-20", "status = \"in-progress\""), ""),
        (&again, " 2 changes done, 1 held, 1 did not hold"),
    ];
    for (change, expected) in cases {
        let space = site();
        change(&space);
        space.build();
        let page = space.read(PAGE);
        assert_eq!(said(&page, "dt")[1], format!("Unbounded computation{expected}"));
    }
}

#[test]
fn without_questions_nothing_is_shown() {
    let space = TestSite::site();
    space.build().expect(0, &[]);
    for page in [REVIEW, "public/factors/no-staged-rollout.html"] {
        let html = space.read(page);
        assert!(questions(&html).is_none() && !html.contains("assets/answers"), "{page} has questions");
    }
    let page = space.read(PAGE);
    assert!(page.contains("No factor has questions yet.") && !page.contains("assets/answers"));

    // A review that was wrong asks nothing, and what is withheld is not read.
    let space = site();
    let withheld = SAMPLE_REVIEW.replace("A filter rule took", "Zebracanary took").replace("TLP:CLEAR", "TLP:RED");
    space.write("content/reviews/2024-05-04-secret.md", withheld.replace("2024-03-", "2024-05-"));
    space.edit("status = \"final\"", "status = \"withdrawn\"");
    space.build();
    assert!(questions(&space.read(REVIEW)).is_none(), "a withdrawn review asks");
    let page = space.read(PAGE);
    assert_eq!(said(&page, "dd").len(), 4, "the factors still ask");
    assert!(
        !page.contains("Zebracanary") && !page.contains("A filter rule") && !page.contains("change done"),
        "{page}"
    );
}

#[test]
fn what_others_changed_counts() {
    let space = example(&dataset_of(&acme()).to_string());
    map_factors(&space);
    ask(&space, "no-staged-rollout", &ROLLOUT);
    space.build().expect(0, &[]);
    let page = space.read(PAGE);
    assert_eq!(said(&page, "dt"), ["No staged rollout 2 changes done, 1 held, 1 did not hold"]);
    assert!(page.contains("href=\"sources/acme/2025-03-04-relays.html\">Acme relays stopped again</a>"), "{page}");
    let review = space.read("public/sources/acme/2025-03-04-relays.html");
    assert_eq!(said(questions(&review).expect("a review of another site asks"), "dd"), ROLLOUT);
}

/// Three factors with two questions each are what a review has.
#[test]
fn questions_weigh_little() {
    let space = TestSite::site();
    let factors = space.read("content/factors.toml");
    let third = "\n[[factor]]\nid = \"no-end-to-end-probe\"\nname = \"No end-to-end probe\"\ncategory = \"monitoring\"\n\
                 definition = \"Nothing tries what users do.\"\n";
    space.write("content/factors.toml", factors + third);
    space.edit(
        "note = \"The rule reached every server in one step.\"",
        "note = \"The rule reached every server in one step.\"\n\n[[factors]]\nid = \"no-end-to-end-probe\"\nnote = \"Checks asked each server.\"",
    );
    space.build();
    let before = space.read(REVIEW).len();
    // As long as the questions of this repository's registry are.
    let question = "Could all your health checks be green while a user cannot complete the task?";
    for id in ["unbounded-computation", "no-staged-rollout", "no-end-to-end-probe"] {
        ask(&space, id, &[question, question]);
    }
    space.build();
    let page = space.read(REVIEW);
    assert_eq!(said(questions(&page).unwrap(), "dd").len(), 6);
    let more = page.len() - before;
    assert!(more <= 1200, "a review grows by {more} bytes");

    let scripts = space.files("public/assets");
    let script = |start: &str| scripts.iter().find(|(name, _)| name.starts_with(start)).expect("a script");
    let (answers, gathered) = (script("answers-"), script("self-check-"));
    let bytes = answers.1.len() + gathered.1.len();
    assert!(bytes < 4096, "the scripts have {bytes} bytes");
    let has = |page: &str, name: &str| space.read(page).contains(&format!("assets/{name}\" defer"));
    for page in [REVIEW, PAGE, "public/factors/no-staged-rollout.html"] {
        assert!(has(page, answers.0) && has(page, gathered.0) == (page == PAGE), "{page}");
    }
    for page in ["public/index.html", "public/factors/index.html", "public/lucky.html"] {
        assert!(!has(page, answers.0) && !has(page, gathered.0), "{page}");
    }
}

#[test]
fn the_plain_theme_asks_without_a_script() {
    let space = site();
    let settings = space.read("casebook.toml");
    space.write("casebook.toml", format!("theme = \"plain\"\n{settings}"));
    space.build().expect(0, &[]);
    for page in [REVIEW, PAGE, "public/factors/no-staged-rollout.html"] {
        let html = space.read(page);
        assert!(said(&html, "dd").iter().any(|question| question == ROLLOUT[0]), "{page} asks nothing");
        assert!(!html.contains("<script src"), "{page} has a script");
    }
}
