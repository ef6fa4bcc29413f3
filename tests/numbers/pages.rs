//! The numbers of the home page and of the pages of factors, actions, luck, metrics, terms and reviews, against a count
//! of the dataset by plain loops; and what is overdue, accepted or came back stands where it must, and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::dataset::{Dataset, STATES, day, is_withdrawn, list, state, text, texts};
use super::lines::check_lines;
use super::page::{between, duration, figures, number, numbers, table, words};
use crate::support::{TODAY, TestSite};
use chrono::NaiveDate;
use serde_json::Value;

/// The words of pages, from the table that pages take them from.
fn say(key: &str) -> String {
    static WORDS: std::sync::LazyLock<toml::Value> = std::sync::LazyLock::new(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n/en.toml");
        toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    });
    let (group, name) = key.split_once('.').unwrap();
    WORDS[group][name].as_str().unwrap_or_else(|| panic!("{key} has no words")).to_owned()
}

fn label(chart: &str) -> String {
    format!("aria-label=\"{}\"", say(chart))
}

/// Every page of a list: `name.html`, and what follows it as `name.2.html` or `name/page-2.html`.
fn pages(space: &TestSite, first: &str) -> String {
    let stem = first.trim_end_matches(".html").trim_end_matches("/index");
    let names = |number: usize| [format!("public/{stem}.{number}.html"), format!("public/{stem}/page-{number}.html")];
    let further = (2..).map_while(|number| names(number).into_iter().find(|name| space.path(name).exists()));
    std::iter::once(format!("public/{first}")).chain(further).map(|name| space.read(&name)).collect()
}

fn check_home(space: &TestSite, dataset: &Dataset) {
    let home = space.read("public/index.html");
    let shown: BTreeMap<&str, Vec<usize>> = between(&home, "<p class=\"counts\">", "</p>")
        .split("<a href=\"")
        .skip(1)
        .map(|part| {
            let said = words(between(part, ">", "</a>"));
            let numbers = said.split(' ').filter(|word| word.contains(char::is_numeric)).map(number).collect();
            (part.split('"').next().unwrap(), numbers)
        })
        .collect();
    let mut expected = BTreeMap::from([
        ("reviews/index.html", vec![dataset.reviews().len()]),
        ("factors/index.html", vec![dataset.seen(dataset.counted()).len()]),
    ]);
    let done = dataset.actions().filter(|(_, action)| state(action) == 3).count();
    // What was given up is no longer to be done.
    let promised = dataset.actions().filter(|(_, action)| state(action) < 4).count();
    expected.extend((promised > 0).then(|| ("actions.html", vec![done, promised])));
    let luck = dataset.counted().map(|review| list(review, "got_lucky").len()).sum::<usize>();
    expected.extend((luck > 0).then(|| ("lucky.html", vec![luck])));
    let shown_places: BTreeMap<&str, Vec<usize>> =
        shown.into_iter().filter(|(place, _)| *place != "organisations/index.html").collect();
    assert_eq!(shown_places, expected);
    // Durations of organisations that have nothing in common are not pooled, and no review stands there twice.
    assert!(!home.contains("<dl class=\"figures"));
    let cards: Vec<&str> =
        home.split("<div class=\"what\">\n<h3>").skip(1).map(|card| between(card, "<a href=\"", "\"")).collect();
    assert!(!cards.is_empty() && cards.len() == cards.iter().collect::<BTreeSet<_>>().len(), "{cards:?}");
    check_lines(&home, dataset);
}

fn check_board(space: &TestSite, dataset: &Dataset) {
    let board = space.read("public/actions.html");
    let shown = figures(&board);
    for (at, name) in STATES.iter().enumerate() {
        let count = dataset.actions().filter(|(_, action)| state(action) == at).count();
        check_list(space, &shown, (&say(&format!("action.{name}")), name), count);
    }
    let accepted = dataset.counted().map(|review| list(review, "accepted").len()).sum();
    check_list(space, &shown, (&say("board.accepted"), "accepted"), accepted);

    let owner = |_: &Value, action: &Value| action["owner"].as_str().map(str::to_owned).into_iter().collect();
    check_chart(&board, "board.by_owner_chart", &dataset.tallies(owner));
    let kind = |_: &Value, action: &Value| action["kind"].as_str().map(|kind| say(&format!("purpose.{kind}")));
    check_chart(&board, "board.by_purpose_chart", &dataset.tallies(|r, action| kind(r, action).into_iter().collect()));
    let names: BTreeMap<&str, &str> =
        list(&dataset.data, "factors").iter().map(|factor| (text(factor, "id"), text(factor, "name"))).collect();
    let named = |_: &Value, action: &Value| {
        let ids = dataset.addressed(action);
        ids.into_iter().filter_map(|id| Some((*names.get(id)?).to_owned())).collect()
    };
    check_chart(&board, "board.by_weakness_chart", &dataset.tallies(named));
    check_chart(&board, "board.by_age_chart", &dataset.tallies(age));
    let mut kept = vec![0; 3];
    for (_, action) in dataset.actions().filter(|(_, action)| state(action) == 3) {
        kept[match (day(action, "due"), day(action, "closed")) {
            (Some(due), Some(closed)) => usize::from(closed > due),
            _ => 2,
        }] += 1;
    }
    if kept.iter().sum::<usize>() > 0 {
        let shown = numbers(&board, &label("board.promises"));
        assert_eq!(shown.values().collect::<Vec<_>>(), [&kept]);
    }
    let updates = dataset.tallies(|_, action| texts(action, "updates").into_iter().map(str::to_owned).collect());
    for (update, tally) in updates {
        let head = words(between(&board, &format!("<h3 id=\"change-{update}\">"), "</h3>"));
        let counts: Vec<usize> = head
            .split(' ')
            .filter_map(|word| word.trim_start_matches(|c: char| !c.is_numeric()).parse().ok())
            .collect();
        let left = tally[..3].iter().sum::<usize>();
        let done = head.replace(&say(&format!("update.{update}")), "");
        assert_eq!(counts, if left > 0 { vec![tally[3], left] } else { vec![tally[3]] }, "{update}: {done}");
    }
}

/// The figure of a state, and the rows of the list behind it: all while something is left to do, else the newest hundred
/// and how many more there are.
fn check_list(space: &TestSite, figures: &BTreeMap<String, String>, (name, slug): (&str, &str), count: usize) {
    assert_eq!(figures.get(name).map_or(0, |figure| number(figure)), count, "{name}");
    let first = format!("actions/{slug}.html");
    let listed = if space.path(&format!("public/{first}")).exists() { pages(space, &first) } else { String::new() };
    let rows: usize =
        ["<li class=\"action-", "<li>\n<div class=\"key\">"].iter().map(|row| listed.matches(row).count()).sum();
    let is_over = ["done", "cancelled"].contains(&slug);
    let expected = if is_over { count.min(100) } else { count };
    assert_eq!(rows, expected, "the list of {name}");
    assert_eq!(left_out(&listed), count - expected, "the list of {name}");
}

/// How many entries a page says that it does not list.
fn left_out(html: &str) -> usize {
    let before = html.split_once(" more are not listed").map(|(before, _)| before);
    before.map_or(0, |before| number(before.rsplit(|c: char| !c.is_numeric()).next().unwrap()))
}

/// A chart of actions by state shows at most fifteen rows, and those rightly.
fn check_chart(html: &str, title: &str, expected: &BTreeMap<String, Vec<usize>>) {
    let shown = if expected.is_empty() { BTreeMap::new() } else { numbers(html, &label(title)) };
    assert_eq!(shown.len(), expected.len().min(15), "{title}");
    for (name, counts) in shown {
        assert_eq!(expected.get(&name), Some(&counts), "{title}: {name}");
    }
}

/// How long ago the review of an action was held, when the action is still to be done.
fn age(review: &Value, action: &Value) -> Vec<String> {
    let held = day(review, "reviewed").or_else(|| day(review, "published"));
    let days = held.map(|held| (TODAY.parse::<NaiveDate>().unwrap() - held).num_days());
    let Some(days) = days.filter(|_| state(action) < 3) else { return Vec::new() };
    let name = if days > 365 {
        "year"
    } else if days > 90 {
        "months"
    } else if days > 30 {
        "weeks"
    } else {
        "fresh"
    };
    vec![say(&format!("age.{name}"))]
}

fn check_luck(space: &TestSite, dataset: &Dataset) -> usize {
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for review in dataset.counted() {
        for item in list(review, "got_lucky") {
            *expected.entry(dataset.standing(review, text(item, "label"))).or_default() += 1;
        }
    }
    let html = space.read("public/lucky.html");
    let shown: BTreeSet<usize> = figures(&html).values().map(|figure| number(figure)).collect();
    assert_eq!(shown, expected.values().copied().collect(), "{expected:?}");
    for standing in ["unanswered", "underway", "accepted", "controlled"] {
        let count = expected.get(standing).copied().unwrap_or_default();
        assert!(count <= 40, "the list of lucky breaks has further pages");
        assert_eq!(html.matches(&format!("<li class=\"condition condition-{standing}\"")).count(), count, "{standing}");
    }
    expected.values().sum()
}

const METRICS: [&str; 6] =
    ["time_to_detect", "time_to_respond", "time_to_mitigate", "time_to_resolve", "time_of_impact", "exposure"];

/// The metrics of the reviews of one perspective, on a page of their own.
fn check_metrics(dataset: &Dataset, perspective: &str, html: &str) -> usize {
    let reviews: Vec<&Value> = dataset.counted().filter(|review| text(review, "perspective") == perspective).collect();
    let lead = words(between(html, "<p class=\"lead\">", "</p>"));
    assert!(lead.split(' ').any(|word| word == reviews.len().to_string()), "{lead}");
    let mut checked = 0;
    for metric in METRICS {
        let section = between(html, &format!("<h3 id=\"{}\">", metric.replace('_', "-")), "</section>");
        let (values, ..) = Dataset::sample(reviews.iter().copied(), metric);
        if values.len() < 20 {
            checked += check_each(section, &reviews, metric);
            continue;
        }
        let (by_severity, over_time) = section.split_once("<h4>").unwrap_or((section, ""));
        for (name, cells) in table(by_severity, "<table>").iter().chain(&table(over_time, "<table>")) {
            let is_in = |review: &&&Value| {
                name == "All" || dataset.severity(review).is_some_and(|(_, of)| of == *name) || is_of(review, name)
            };
            let sample = Dataset::sample(reviews.iter().filter(is_in).copied(), metric);
            check_sample(&format!("{metric} of {name}"), cells, &sample);
            checked += sample.0.len();
        }
    }
    check_answers(html, &reviews);
    check_calendar(html, dataset, &reviews);
    check_held(html, dataset, &reviews);
    checked
}

/// Whether the incident of a review lies in a year, a quarter or a month, as pages call it.
fn is_of(review: &Value, period: &str) -> bool {
    let Some(day) = day(review, "date") else { return false };
    let quarter =
        format!("{} Q{}", day.format("%Y"), day.format("%m").to_string().parse::<usize>().unwrap().div_ceil(3));
    [day.format("%Y").to_string(), quarter, day.format("%B %Y").to_string()].iter().any(|name| name == period)
}

/// Fewer than twenty durations are listed, the longest first, each with its review.
fn check_each(section: &str, reviews: &[&Value], metric: &str) -> usize {
    let mut shown: Vec<(&str, String)> = between(section, "<ol class=\"each\">", "</ol>")
        .split("<li><span>")
        .skip(1)
        .map(|row| (between(row, "href=\"reviews/", ".html\""), words(row.split("</span>").next().unwrap())))
        .collect();
    let of = |id: &str| {
        let review = reviews.iter().find(|review| text(review, "id") == id).unwrap();
        Dataset::sample(std::iter::once(*review), metric).0[0]
    };
    assert!(shown.iter().map(|(id, _)| of(id)).is_sorted_by(|longer, shorter| longer >= shorter), "{shown:?}");
    for (id, said) in &shown {
        let (seconds, unit) = duration(said.trim_start_matches("about "));
        // What is about right is said in round numbers: 68 minutes are about 70.
        let room = if said.starts_with("about ") { unit.max(of(id) / 10) } else { unit };
        assert!((of(id) - seconds).abs() <= room, "{metric} of {id} is not {said}");
    }
    let count = shown.len();
    shown.sort();
    shown.dedup();
    assert_eq!((shown.len(), count), (count, Dataset::sample(reviews.iter().copied(), metric).0.len()), "{metric}");
    count
}

fn check_sample(what: &str, cells: &[String], (values, coarse, missing): &(Vec<i64>, usize, usize)) {
    let counts = [number(&cells[0]), number(&cells[6]), number(&cells[7])];
    assert_eq!(counts, [values.len(), *coarse, *missing], "{what}");
    // Quartiles by linear interpolation, and only of twenty values or more.
    let quartile = |part: f64| {
        let at = (values.len() - 1) as f64 * part;
        let (low, high) = (values[at.floor() as usize] as f64, values[at.ceil() as usize] as f64);
        low + (high - low) * at.fract()
    };
    for (cell, part) in cells[1..6].iter().zip([0.0, 0.25, 0.5, 0.75, 1.0]) {
        let is_shown = if part == 0.0 || part == 1.0 { !values.is_empty() } else { values.len() >= 20 };
        if !is_shown {
            assert_eq!(cell, "–", "{what}");
            continue;
        }
        let (seconds, unit) = duration(cell);
        assert!((quartile(part) - seconds as f64).abs() <= unit as f64, "{what}: {cell} is not {}", quartile(part));
    }
}

fn check_answers(html: &str, reviews: &[&Value]) {
    let questions = ["detected_quickly", "severity_fit", "right_people", "runbook", "communication", "evidence"];
    let mut expected: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for question in questions {
        let count =
            |answer: &str| reviews.iter().filter(|r| text(&r["response"][question], "answer") == answer).count();
        expected.insert(say(&format!("question.{question}")), ["yes", "partly", "no", ""].map(count).into());
    }
    let given = reviews.iter().filter(|review| !review["response"]["controls"].is_null()).count();
    expected.insert(say("question.controls"), vec![given, 0, 0, reviews.len() - given]);
    // What no review answers is not drawn.
    expected.retain(|_, counts| counts[..3].iter().sum::<usize>() > 0);
    let any = !expected.is_empty();
    let shown = if any { numbers(html, &label("metrics.answers_chart")) } else { BTreeMap::new() };
    assert_eq!(shown, if any { expected } else { BTreeMap::new() });

    let mut expected: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for review in reviews {
        let by = review["response"]["detection"].as_str().unwrap_or("none");
        expected.entry(say(&format!("detection.{by}"))).or_insert_with(|| vec![0])[0] += 1;
    }
    let is_said = expected.keys().any(|name| *name != say("detection.none"));
    let shown = if is_said { numbers(html, &label("metrics.detection_chart")) } else { BTreeMap::new() };
    assert_eq!(shown, if is_said { expected } else { BTreeMap::new() });
}

fn check_calendar(html: &str, dataset: &Dataset, reviews: &[&Value]) {
    let section = between(html, "<h2 id=\"time\">", "</section>");
    let heads: Vec<String> = between(section, "<thead>", "</thead>")
        .split("<th ")
        .skip(1)
        .map(|head| words(head.split_once('>').unwrap().1))
        .collect();
    let mut sum = 0;
    for (period, counts) in numbers(section, "<table>") {
        for (name, count) in heads.iter().zip(counts) {
            let is_in = |review: &&&Value| {
                is_of(review, &period)
                    && (*name == "All" || dataset.severity(review).is_some_and(|(_, of)| of == *name))
            };
            assert_eq!(reviews.iter().filter(is_in).count(), count, "{name} in {period}");
            sum += if name == "All" { count } else { 0 };
        }
    }
    // The calendar has at most forty periods, and says how many reviews lie before them.
    assert!(sum == reviews.len() || section.contains("earlier"), "{sum} of {}", reviews.len());
}

fn check_held(html: &str, dataset: &Dataset, reviews: &[&Value]) {
    let mut expected: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for review in reviews {
        let Some((rank, name)) = dataset.severity(review) else { continue };
        let Some(within) = list(&dataset.data, "severities")[rank]["review_within"].as_i64() else { continue };
        let days = if within == 1 { "1\u{a0}day".to_owned() } else { format!("{within}\u{a0}days") };
        let counts = expected.entry(format!("{name}, within {days}")).or_insert_with(|| vec![0; 3]);
        let mut entries = list(review, "timeline").iter().filter(|entry| texts(entry, "marks").contains("Resolved"));
        let end =
            |entry: &Value| text(entry["until"].as_object().map_or(entry, |_| &entry["until"]), "at")[..10].to_owned();
        let resolved: Option<NaiveDate> = entries.next_back().map(|entry| end(entry).parse().unwrap());
        counts[match day(review, "reviewed").zip(resolved) {
            Some((held, resolved)) => usize::from((held - resolved).num_days() > within),
            None => 2,
        }] += 1;
    }
    expected.retain(|_, counts| counts[0] + counts[1] > 0);
    let shown = if expected.is_empty() { BTreeMap::new() } else { numbers(html, &label("metrics.held_chart")) };
    assert_eq!(shown, expected);
}

/// Every service, severity, kind, year and organisation: its number in the index, and its cards and factors.
fn check_terms(space: &TestSite, dataset: &Dataset) -> usize {
    let organisation = text(&dataset.data, "organisation");
    let mut checked = 0;
    for folder in ["services", "severities", "kinds", "years", "organisations"] {
        let has = |review: &Value, slug: &str| {
            let is = |name: &str| {
                let letters = name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " ");
                letters.split_whitespace().collect::<Vec<_>>().join("-") == slug
            };
            match folder {
                "services" => texts(review, "services").into_iter().any(is),
                "severities" => is(text(review, "severity")),
                "kinds" => is(text(review, "kind")),
                "years" => text(review, "date").starts_with(slug),
                _ => is(review["organisation"].as_str().unwrap_or(organisation)),
            }
        };
        if !space.path(&format!("public/{folder}/index.html")).exists() {
            assert!(dataset.reviews().iter().all(|review| folder == "services" && texts(review, folder).is_empty()));
            continue;
        }
        let mut covered = 0;
        let index = pages(space, &format!("{folder}/index.html"));
        let lists = index.split("<ul class=\"terms\">").skip(1).map(|list| list.split("</ul>").next().unwrap());
        for item in lists.flat_map(|list| list.split("<li>").skip(1)) {
            let slug = between(item, "href=\"", ".html");
            let reviews = || dataset.reviews().iter().filter(|review| has(review, slug));
            assert_eq!(number(between(item, "class=\"count\">", "<")), reviews().count(), "{folder}: {slug}");
            let html = pages(space, &format!("{folder}/{slug}.html"));
            check_listing(&html, (folder, slug), reviews().count());
            let seen = dataset.seen(reviews().filter(|review| !is_withdrawn(review)));
            let expected = seen.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect();
            check_shares(between(&html, "<h2 id=\"factors\">", "</section>"), expected, &format!("{folder}: {slug}"));
            covered += reviews().count();
            checked += 1;
        }
        assert!(covered >= dataset.reviews().len() || folder == "services", "{folder} leaves reviews out");
    }
    checked
}

/// The reviews on the pages of a term: all of a year, else the newest hundred and the search for the rest.
fn check_listing(html: &str, (folder, slug): (&str, &str), count: usize) {
    let listed = if folder == "years" { count } else { count.min(100) };
    assert_eq!(html.matches("<li class=\"line\">").count(), listed, "{folder}: {slug}");
    let search = format!("Search all {count} reviews</a>");
    assert_eq!(html.contains(&search), listed < count, "{folder}: {slug}");
    assert_eq!(html.contains("../search.html?"), listed < count, "{folder}: {slug}");
}

/// The factors of a term: all, or the sixty most frequent and how many more there are.
fn check_shares(html: &str, mut expected: BTreeMap<String, usize>, name: &str) {
    let shown = bars(html);
    let left = expected.len().saturating_sub(60);
    assert_eq!(left_out(html), left, "{name}");
    if left > 0 {
        assert_eq!(shown.len(), 60, "{name}");
        let least = *shown.values().min().unwrap();
        let rest = expected.iter().filter(|(id, _)| !shown.contains_key(*id));
        assert!(rest.clone().all(|(_, count)| *count <= least), "{name}");
        expected.retain(|id, _| shown.contains_key(id));
    }
    assert_eq!(shown, expected, "{name}");
}

/// The factors of a list with bars, each with its number.
fn bars(html: &str) -> BTreeMap<String, usize> {
    let item = |item: &str| {
        let slug = between(item, "href=\"", ".html").rsplit('/').next().unwrap().to_owned();
        (slug, number(between(item, "<small>", " review")))
    };
    html.split("<ol class=\"bars\">")
        .skip(1)
        .flat_map(|list| list.split("</ol>").next().unwrap().split("<li>").skip(1).map(item))
        .collect()
}

/// The number beside each factor in the index, and how often each two were seen together.
fn check_index(space: &TestSite, dataset: &Dataset) {
    let html = pages(space, "factors/index.html");
    let seen = dataset.seen(dataset.counted());
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    for row in between(&html, "<table class=\"factors\">", "</table>").split("<tr id=").skip(1) {
        let count = number(between(row, "<td>", "</td>"));
        shown.insert(between(row, "href=\"", ".html").to_owned(), count);
    }
    let registry = list(&dataset.data, "factors").iter().map(|factor| text(factor, "id"));
    assert_eq!(shown, registry.map(|id| (id.to_owned(), seen.get(id).copied().unwrap_or_default())).collect());
    let body = between(between(&html, "together with</th>", "</table>"), "<tbody>", "</tbody>");
    for row in body.split("<tr>").skip(1) {
        let cells: Vec<&str> = row.split("<td").skip(1).collect();
        let (one, other) = (between(cells[0], "href=\"", ".html"), between(cells[1], "href=\"", ".html"));
        let both = dataset.counted().map(|review| dataset.factors_of(review));
        let count = both.filter(|factors| factors.contains(one) && factors.contains(other)).count();
        assert_eq!(number(between(cells[2], ">", "<")), count, "{one} and {other}");
    }
}

/// What is overdue or accepted on each review, how each weakness is answered, and which reviews it is related to.
fn check_reviews(space: &TestSite, dataset: &Dataset) -> usize {
    let mut found = 0;
    for review in dataset.reviews() {
        let id = text(review, "id");
        let html = space.read(&format!("public/reviews/{id}.html"));
        let overdue = |action: &&Value| state(action) == 0 && !is_withdrawn(review);
        let expected: BTreeSet<&str> = list(review, "actions")
            .iter()
            .filter(overdue)
            .map(|action| text(action, "url").split_once('#').unwrap().1)
            .collect();
        let shown = html.split("<li class=\"action-").skip(1).map(|item| item.split("</li>").next().unwrap());
        let shown: BTreeSet<&str> =
            shown.filter(|item| item.contains("badge-overdue")).map(|item| between(item, "id=\"", "\"")).collect();
        assert_eq!(shown, expected, "{id}");
        let mut names: Vec<&str> = dataset.factors_of(review).into_iter().collect();
        names.extend(
            ["went_poorly", "got_lucky"].iter().flat_map(|key| list(review, key)).map(|item| text(item, "label")),
        );
        names.extend(
            list(review, "accepted")
                .iter()
                .map(|accepted| dataset.factor(text(accepted, "weakness")).unwrap_or(text(accepted, "weakness"))),
        );
        let mut known = BTreeSet::new();
        names.retain(|name| name.is_empty() || known.insert(*name));
        // Each weakness stands beside every action that answers it; those without any stand in one row, each accepted one
        // in a row of its own.
        let changes =
            html.split_once("<ol class=\"rows changes told\" id=\"weaknesses\">").map_or("", |(_, rest)| rest);
        let rows: Vec<&str> = changes.split("</section>").next().unwrap().split("<li").skip(1).collect();
        let weak = |row: &str| between(row, "<div class=\"weak\">", "</div>").matches("<p>").count();
        let unanswered: usize = rows.iter().filter(|row| row.contains("class=\"nothing\"")).map(|row| weak(row)).sum();
        let open = names.iter().filter(|name| dataset.standing(review, name) == "unanswered").count();
        assert_eq!(unanswered, open, "{id}: unanswered");
        let accepted = rows.iter().filter(|row| !row.contains(" id=\"") && !row.contains("class=\"nothing\""));
        assert_eq!(accepted.count(), list(review, "accepted").len(), "{id}: accepted");
        for action in list(review, "actions") {
            let anchor = format!("id=\"{}\"", text(action, "url").split_once('#').unwrap().1);
            let row: Vec<&&str> = rows.iter().filter(|row| row.contains(&anchor)).collect();
            let addressed = texts(action, "addresses");
            let answered: BTreeSet<&str> = addressed.iter().map(|name| dataset.factor(name).unwrap_or(name)).collect();
            assert_eq!(row.iter().map(|row| weak(row)).sum::<usize>(), answered.len(), "{id}: {anchor}");
        }
        found += expected.len() + list(review, "accepted").len();
        check_related(&html, review, dataset);
    }
    found
}

/// The five that share the rarest factors and services, found by looking at all pairs; those that the authors named first.
fn check_related(html: &str, review: &Value, dataset: &Dataset) {
    let services = |review: &Value| -> BTreeSet<String> {
        if is_withdrawn(review) {
            BTreeSet::new()
        } else {
            texts(review, "services").into_iter().map(str::to_lowercase).collect()
        }
    };
    let factors = |review| if is_withdrawn(review) { BTreeSet::new() } else { dataset.factors_of(review) };
    let names = |one: &Value, other: &Value| {
        texts(one, "related").iter().any(|name| *name == text(other, "id") || texts(other, "aliases").contains(name))
    };
    let mut scores: Vec<(bool, f64, usize)> = Vec::new();
    for (at, other) in dataset.reviews().iter().enumerate().filter(|(_, other)| other["id"] != review["id"]) {
        let is_one = |other: &Value| other["organisation"] == review["organisation"];
        let rarity = |count: usize| 1.0 / count as f64;
        let shared = factors(review)
            .intersection(&factors(other))
            .map(|id| rarity(dataset.seen(dataset.counted())[id]))
            .sum::<f64>();
        let mut score = shared;
        if is_one(other) {
            for service in services(review).intersection(&services(other)) {
                score += 0.5
                    * rarity(dataset.reviews().iter().filter(|r| is_one(r) && services(r).contains(service)).count());
            }
        }
        let is_named = names(review, other) || names(other, review);
        if is_named || score > 0.0 {
            scores.push((is_named, score, at));
        }
    }
    scores.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    let named = scores.iter().filter(|(is_named, ..)| *is_named).count();
    scores.truncate(named.max(5));
    let list = between(html, "<h2 id=\"related\">", "</section>");
    let shown: Vec<(bool, &str)> = list
        .split("<li>")
        .skip(1)
        .map(|row| (row.contains(&say("relation.named")), between(row, "href=\"", ".html")))
        .collect();
    let expected: Vec<(bool, &str)> =
        scores.iter().map(|(is_named, _, at)| (*is_named, text(&dataset.reviews()[*at], "id"))).collect();
    assert_eq!(shown, expected, "{}", review["id"]);
}

fn check(space: &TestSite) -> [usize; 4] {
    space.build().expect(0, &[]);
    let dataset = Dataset::of(space);
    check_home(space, &dataset);
    check_board(space, &dataset);
    check_index(space, &dataset);
    let mut measured = 0;
    let perspectives: BTreeSet<&str> = dataset.reviews().iter().map(|review| text(review, "perspective")).collect();
    for perspective in &perspectives {
        let has_own_page = perspectives.len() > 1 && *perspective == "collected";
        let page = if has_own_page { "metrics-collected.html" } else { "metrics.html" };
        measured += check_metrics(&dataset, perspective, &space.read(&format!("public/{page}")));
    }
    [measured, check_luck(space, &dataset), check_terms(space, &dataset), check_reviews(space, &dataset)]
}

#[test]
fn the_numbers_of_the_demo_are_right() {
    let found = check(&TestSite::demo());
    assert!(found.iter().zip([46, 10, 15, 4]).all(|(found, least)| *found >= least), "{found:?}");
}

#[test]
fn the_numbers_of_the_bundled_content_are_right() {
    let found = check(&TestSite::bundled());
    assert!(found.iter().zip([39, 1, 30, 0]).all(|(found, least)| *found >= least), "{found:?}");
}

#[test]
fn the_numbers_of_many_reviews_are_right() {
    let space = TestSite::large();
    space.build().expect(0, &[]);
    let dataset = Dataset::of(&space);
    check_home(&space, &dataset);
    check_board(&space, &dataset);
    check_index(&space, &dataset);
    assert!(check_terms(&space, &dataset) > 20);
    assert!(check_metrics(&dataset, "collected", &space.read("public/metrics.html")) > 500);
}

/// What a reader who filters the factors sees, from the data in the page.
fn filtered(data: &Value, facet: usize, at: usize) -> BTreeMap<String, usize> {
    let numbers = |field: &str| -> Vec<usize> {
        field.split('.').filter(|item| !item.is_empty()).map(|item| usize::from_str_radix(item, 36).unwrap()).collect()
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in data["rows"].as_str().unwrap().split(';') {
        let fields: Vec<Vec<usize>> = row.split(',').map(numbers).collect();
        for factor in fields.last().unwrap().iter().filter(|_| fields[facet].contains(&at)) {
            *counts.entry(data["factors"][*factor].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    counts
}

/// For each choice of each list, the factors that the dataset gives.
#[test]
fn the_filter_of_factors_counts_right() {
    let space = TestSite::demo();
    space.build().expect(0, &[]);
    let dataset = Dataset::of(&space);
    let html = space.read("public/factors/index.html");
    let form = between(&html, "factor-filter\"", "</form>");
    let data = between(&html, "<script type=\"application/json\" id=\"factor-data\">", "</script>");
    let data: Value = serde_json::from_str(data).unwrap();
    let mut choices = 0;
    // The first list is that of the categories, which the table itself knows.
    for (facet, list) in form.split("<select name=\"").skip(2).enumerate() {
        let name = list.split('"').next().unwrap();
        let options = list.split("<option").skip(2).map(|option| {
            // What is chosen by its name has no other word for it.
            option
                .strip_prefix(" value=\"")
                .map_or_else(|| between(option, ">", "<"), |rest| rest.split('"').next().unwrap())
        });
        for (at, slug) in options.enumerate() {
            let has = |review: &Value| match name {
                "severities" => text(review, "severity").to_lowercase() == slug,
                "years" => text(review, "date").starts_with(slug),
                "services" => texts(review, "services").iter().any(|service| service.replace(' ', "-") == slug),
                other => panic!("{other}"),
            };
            let expected = dataset.seen(dataset.counted().filter(|review| has(review)));
            let shown = filtered(&data, facet, at);
            assert_eq!(
                shown.iter().map(|(id, count)| (id.as_str(), *count)).collect::<BTreeMap<_, _>>(),
                expected,
                "{name}: {slug}"
            );
            choices += 1;
        }
    }
    assert!(choices >= 10, "only {choices} choices");
}
