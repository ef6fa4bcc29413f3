//! The numbers on the pages of factors, against a count of the dataset by plain loops.

use std::collections::{BTreeMap, BTreeSet};

use super::dataset::{Dataset, day, is_withdrawn, list, text, texts};
use super::page::between;
use crate::support::TestSite;
use chrono::{Datelike, NaiveDate};
use serde_json::Value;

/// What a review says, as far as it is counted here.
struct Read {
    id: String,
    day: NaiveDate,
    organisation: String,
    detection: Option<String>,
    related: Vec<String>,
    is_withdrawn: bool,
    factors: Vec<(String, bool)>,
    actions: Vec<Done>,
}

struct Done {
    factors: BTreeSet<String>,
    closed: Option<NaiveDate>,
}

fn read(dataset: &Dataset) -> Vec<Read> {
    let organisation = text(&dataset.data, "organisation");
    let review = |review: &Value| {
        let factors = list(review, "factors").iter().map(|used| (dataset.factor(text(used, "id")), text(used, "role")));
        let action = |action: &Value| Done {
            factors: dataset.addressed(action).into_iter().map(str::to_owned).collect(),
            closed: day(action, "closed").filter(|_| text(action, "status") == "done"),
        };
        Read {
            id: text(review, "id").to_owned(),
            day: day(review, "date").unwrap(),
            organisation: review["organisation"].as_str().unwrap_or(organisation).to_owned(),
            detection: review["response"]["detection"].as_str().map(str::to_owned),
            related: texts(review, "related").into_iter().map(str::to_owned).collect(),
            is_withdrawn: is_withdrawn(review),
            factors: factors.filter_map(|(id, role)| Some((id?.to_owned(), role == "primary"))).collect(),
            actions: list(review, "actions").iter().map(action).collect(),
        }
    };
    dataset.reviews().iter().map(review).collect()
}

/// Every page of the list that begins at `first`, one after the other.
fn pages(space: &TestSite, first: &str) -> String {
    let stem = first.trim_end_matches(".html");
    let further = (2..).map(|number| format!("public/{stem}/page-{number}.html"));
    let names = std::iter::once(format!("public/{first}")).chain(further);
    names.take_while(|name| space.path(name).exists()).map(|name| space.read(&name)).collect()
}

/// The names and numbers of a list of shares.
fn shares(html: &str, id: &str) -> BTreeMap<String, usize> {
    let list = between(between(html, &format!("<h2 id=\"{id}\">"), "</section>"), "<ol class=\"bars\">", "</ol>");
    let share = |item: &str| {
        let name = match item.split("href=\"").nth(1) {
            Some(link) => link.split(".html").next().unwrap().rsplit('/').next().unwrap().to_owned(),
            None => between(item, "<span>", "</span>").to_owned(),
        };
        (name, between(item, "<small>", " review").parse().unwrap())
    };
    list.split("<li>").skip(1).map(share).collect()
}

fn check_factor(html: &str, id: &str, reviews: &[Read]) -> usize {
    let counted = || reviews.iter().filter(|review| !review.is_withdrawn);
    let has = |review: &&Read| review.factors.iter().any(|(factor, _)| factor == id);
    let seen: Vec<&Read> = counted().filter(has).collect();
    let primary = seen.iter().filter(|review| review.factors.iter().any(|(f, primary)| f == id && *primary)).count();
    let figures = between(html, "<dl class=\"figures\">", "</dl>");
    let figure = |name: &str| between(between(figures, &format!("<dt>{name}</dt>"), "</div>"), "<dd>", "<").to_owned();
    if seen.is_empty() {
        assert!(figures.is_empty() && html.contains("No published review has this factor"), "{id}");
    } else {
        assert_eq!((figure("Seen in"), figure("As the primary factor")), (seen.len().to_string(), primary.to_string()));
    }

    let mut quarters: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for review in &seen {
        let quarter = format!("{} Q{}", review.day.year(), review.day.month().div_ceil(3));
        let count = quarters.entry(quarter).or_default();
        count.0 += 1;
        count.1 += usize::from(review.factors.iter().any(|(f, primary)| f == id && *primary));
    }
    let newest = counted().map(|review| review.day).max().unwrap();
    let oldest = newest.year() * 4 + newest.month0() as i32 / 3 - 39;
    quarters.retain(|name, _| name[..4].parse::<i32>().unwrap() * 4 + name[6..].parse::<i32>().unwrap() > oldest);
    let table = between(between(html, "<h2 id=\"trend\">", "</section>"), "<tbody>", "</tbody>");
    let shown: BTreeMap<String, (usize, usize)> = table
        .split("<tr>")
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> =
                row.split('>').filter_map(|part| part.split_once("</").map(|(text, _)| text)).collect();
            let [quarter, primary, _, all, ..] = cells[..] else { panic!("{row}") };
            (quarter.to_owned(), (all.parse().unwrap(), primary.parse().unwrap()))
        })
        .collect();
    assert_eq!(shown, quarters, "{id}");

    let mut together: BTreeMap<String, usize> = BTreeMap::new();
    let mut noticed: BTreeMap<&str, usize> = BTreeMap::new();
    for review in &seen {
        let others: BTreeSet<&String> = review.factors.iter().map(|(factor, _)| factor).filter(|f| *f != id).collect();
        for other in others {
            *together.entry(other.clone()).or_default() += 1;
        }
        let name = match review.detection.as_deref() {
            None => "Not stated",
            Some("monitoring") => "First noticed by monitoring",
            Some("staff") => "First noticed by staff",
            Some("customer") => "First noticed by a customer",
            Some("partner") => "First noticed by a partner",
            Some("researcher") => "First noticed by a researcher",
            Some(_) => "First noticed by the public",
        };
        *noticed.entry(name).or_default() += 1;
    }
    let shown = shares(html, "together");
    assert_eq!(shown.len(), together.len().min(12), "{id}");
    assert!(shown.iter().all(|(other, count)| together[other] == *count), "{id}: {shown:?} {together:?}");
    let shown = shares(html, "detection");
    assert_eq!(shown, noticed.into_iter().map(|(name, count)| (name.to_owned(), count)).collect(), "{id}");
    check_recurrence(html, id, &seen, reviews)
}

/// Every incident against every action, both ways.
fn check_recurrence(html: &str, id: &str, seen: &[&Read], reviews: &[Read]) -> usize {
    let mut came_back: BTreeSet<&str> = BTreeSet::new();
    let mut did_not_hold: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    let mut addressed = Vec::new();
    for earlier in reviews.iter().filter(|review| !review.is_withdrawn) {
        for (at, action) in earlier.actions.iter().enumerate().filter(|(_, action)| action.factors.contains(id)) {
            addressed.push((earlier.id.as_str(), at));
            for later in seen.iter().filter(|later| later.organisation == earlier.organisation) {
                if earlier.day < later.day && action.closed.is_some_and(|closed| closed < later.day) {
                    came_back.insert(&later.id);
                    *did_not_hold.entry((&earlier.id, at)).or_default() += 1;
                }
            }
        }
    }
    let rows = |class: &str| -> Vec<String> {
        let opening = format!("<li class=\"{class}\">");
        let rows = html.split(&opening).skip(1);
        rows.map(|row| row.split("</li>").next().unwrap().to_owned()).collect()
    };
    let review = |row: &str, from: &str| between(row, from, ".html").rsplit('/').next().unwrap().to_owned();
    let cases = rows("line").into_iter().filter(|row| row.contains("badge-recurring"));
    let shown: BTreeSet<String> = cases.map(|row| review(&row, "<h3><a href=\"")).collect();
    assert_eq!(shown, came_back.into_iter().map(str::to_owned).collect(), "{id}");
    // One incident after it is named, more are counted.
    let times =
        |row: &str| between(between(row, "Came back in</small>", "</p>"), "</a> · ", " incident").parse().unwrap_or(1);
    let facts = |row: &String| (review(row, "<p class=\"quiet\"><a href=\""), times(row));
    let mut shown: Vec<(String, usize)> = rows("control came-back").iter().map(facts).collect();
    // The newest twenty are there, and how many there are.
    let newest = &addressed[..addressed.len().min(20)];
    let lapses = did_not_hold.len();
    let mut expected: Vec<(String, usize)> = did_not_hold
        .into_iter()
        .filter(|(action, _)| newest.contains(action))
        .map(|(action, count)| (action.0.to_owned(), count))
        .collect();
    shown.sort();
    expected.sort();
    assert_eq!(shown, expected, "{id}");
    assert_eq!(html.matches("<li class=\"control ").count(), newest.len(), "{id}");
    let said = format!("The newest 20 of {}. <a", addressed.len());
    assert_eq!(html.contains(&said), addressed.len() > 20, "{id}");
    lapses
}

fn check(space: &TestSite, least: usize) {
    space.build().expect(0, &[]);
    let dataset = Dataset::of(space);
    let reviews = read(&dataset);
    let mut lapses = 0;
    for factor in list(&dataset.data, "factors") {
        let id = text(factor, "id");
        lapses += check_factor(&pages(space, &format!("factors/{id}.html")), id, &reviews);
        for alias in texts(factor, "aliases") {
            let page = space.read(&format!("public/factors/{alias}.html"));
            assert!(page.contains(&format!("url={id}.html")), "{alias}");
        }
    }
    assert!(lapses >= least, "only {lapses} actions did not hold");
    check_related(space, &reviews);
}

/// What one review names stands on the pages of both.
fn check_related(space: &TestSite, reviews: &[Read]) {
    let mut named: BTreeSet<(&str, &str)> = BTreeSet::new();
    for review in reviews {
        for other in reviews.iter().filter(|other| review.related.contains(&other.id)) {
            named.extend([(review.id.as_str(), other.id.as_str()), (other.id.as_str(), review.id.as_str())]);
        }
    }
    let mut shown: BTreeSet<(String, String)> = BTreeSet::new();
    for review in reviews {
        let html = space.read(&format!("public/reviews/{}.html", review.id));
        let list = between(&html, "<h2 id=\"related\">", "</section>");
        for row in list.split("<li>").skip(1).filter(|row| row.contains("Linked by the authors")) {
            shown.insert((review.id.clone(), between(row, "href=\"", ".html").to_owned()));
        }
    }
    let named: BTreeSet<(String, String)> = named.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    assert_eq!(shown, named);
}

#[test]
fn the_numbers_of_the_demo_are_right() {
    check(&TestSite::demo(), 2);
}

#[test]
fn the_numbers_of_the_bundled_content_are_right() {
    check(&TestSite::bundled(), 0);
}

#[test]
fn the_numbers_of_many_reviews_are_right() {
    check(&TestSite::large(), 500);
}

/// The factors on the page of a term are those of its reviews.
#[test]
fn terms_count_their_own_factors() {
    let space = TestSite::large();
    space.build().expect(0, &[]);
    let reviews = read(&Dataset::of(&space));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for review in reviews.iter().filter(|review| review.organisation == "Organisation 1" && !review.is_withdrawn) {
        for factor in review.factors.iter().map(|(factor, _)| factor.clone()).collect::<BTreeSet<_>>() {
            *counts.entry(factor).or_default() += 1;
        }
    }
    let html = space.read("public/organisations/organisation-1.html");
    let mut shown = shares(&html, "factors");
    assert_eq!(shown.len(), 12);
    let rest = between(&html, "<details class=\"unseen\">", "</details>");
    shown.extend(shares(&format!("<h2 id=\"factors\">{rest}</section>"), "factors"));
    assert_eq!(shown, counts);
}

#[test]
fn a_withdrawn_review_keeps_its_page_with_the_reason() {
    let space = TestSite::site();
    space.edit("status = \"final\"", "status = \"withdrawn\"");
    space.edit("[impact]", "[[revisions]]\ndate = 2024-05-01\nchange = \"The incident was another one.\"\n\n[impact]");
    space.build().expect(0, &[]);
    let page = space.read("public/reviews/2024-03-04-edge-cpu.html");
    for words in ["has been withdrawn", "id=\"corrections\"", "The incident was another one."] {
        assert!(page.contains(words), "{words}");
    }
    assert!(space.read("public/reviews/index.html").contains("Withdrawn"));
    assert!(space.read("public/factors/no-staged-rollout.html").contains("No published review has this factor"));
}
