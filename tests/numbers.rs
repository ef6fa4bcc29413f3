//! The numbers on the pages of actions, luck and metrics, against a count of the sources by plain loops; and what is
//! overdue or accepted stands where it must, and nowhere else.

mod space;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use space::{Space, TODAY};
use toml::Value;

/// A published review, as text.
struct Read {
    id: String,
    front: Value,
    body: String,
}

fn read(space: &Space) -> Vec<Read> {
    let today: NaiveDate = TODAY.parse().unwrap();
    let mut reviews = Vec::new();
    for (name, bytes) in space.files("content/reviews") {
        let text = String::from_utf8(bytes).unwrap_or_default();
        let Some((front, body)) = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")) else {
            continue;
        };
        let front: Value = toml::from_str(front).unwrap();
        let word = |key: &str| front.get(key).and_then(Value::as_str).unwrap_or_default();
        let embargo = front.get("publish").is_some_and(|publish| day(publish) > today);
        if word("tlp") == "TLP:CLEAR" && word("status") != "draft" && !embargo {
            let id = name.trim_end_matches("/index.md").trim_end_matches(".md").to_owned();
            reviews.push(Read { id, body: body.to_owned(), front: front.clone() });
        }
    }
    reviews
}

impl Read {
    fn word(&self, key: &str) -> &str {
        self.front.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn is_withdrawn(&self) -> bool {
        self.word("status") == "withdrawn"
    }
}

fn day(value: &Value) -> NaiveDate {
    value.to_string().parse().unwrap()
}

fn tables(review: &Read, key: &str) -> Vec<Value> {
    review.front.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
}

fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    html.split(from).nth(1).map_or("", |rest| rest.split(to).next().unwrap_or_default())
}

/// A number with its digits alone: 1,234 and 1 234 are one number.
fn number(text: &str) -> usize {
    let text: String = text.split('<').next().unwrap().chars().filter(char::is_ascii_digit).collect();
    text.parse().unwrap()
}

/// The value of a figure, which may be a link.
fn figure(html: &str, class: &str) -> usize {
    let figure = between(between(html, &format!("<div class=\"{class}\">"), "</div>"), "<dd>", "</dd>");
    let text = figure.rsplit_once("\">").map_or(figure, |(_, rest)| rest);
    if text.is_empty() { 0 } else { number(text) }
}

/// How far an action is on the day of the tests.
fn state(action: &Value) -> &'static str {
    let late = action.get("due").is_some_and(|due| day(due) < TODAY.parse().unwrap());
    match action.get("status").and_then(Value::as_str).unwrap_or("open") {
        "done" => "done",
        "cancelled" => "cancelled",
        _ if late => "overdue",
        "in-progress" => "in-progress",
        _ => "open",
    }
}

fn check_actions(space: &Space, reviews: &[Read]) -> usize {
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    let mut overdue: BTreeSet<(String, String)> = BTreeSet::new();
    for review in reviews.iter().filter(|review| !review.is_withdrawn()) {
        for (at, action) in tables(review, "actions").iter().enumerate() {
            *states.entry(state(action)).or_default() += 1;
            let name = action.get("id").and_then(Value::as_str).map_or_else(|| (at + 1).to_string(), str::to_owned);
            if state(action) == "overdue" {
                overdue.insert((review.id.clone(), format!("action-{name}")));
            }
        }
        *states.entry("accepted").or_default() += tables(review, "accepted").len();
    }
    let board = space.read("public/actions.html");
    for state in ["overdue", "in-progress", "open", "done", "cancelled", "accepted"] {
        let expected = states.get(state).copied().unwrap_or_default();
        assert_eq!(figure(&board, &format!("figure-{state}")), expected, "{state}");
        // The list behind the figure has as many.
        let mut listed = 0;
        for page in (1..).map(|page| {
            if page == 1 {
                format!("public/actions/{state}.html")
            } else {
                format!("public/actions/{state}.{page}.html")
            }
        }) {
            if !space.path(&page).exists() {
                break;
            }
            let html = space.read(&page);
            listed += html.matches("<li class=\"row").count();
        }
        assert_eq!(listed, expected, "the list of {state}");
    }
    let mut shown: BTreeSet<(String, String)> = BTreeSet::new();
    for review in reviews {
        let html = space.read(&format!("public/reviews/{}.html", review.id));
        for item in html.split("<li class=\"row action ").skip(1) {
            let item = item.split("</li>").next().unwrap();
            if item.contains("badge-overdue") {
                shown.insert((review.id.clone(), between(item, "id=\"", "\"").to_owned()));
            }
        }
        let reasons = tables(review, "accepted");
        assert_eq!(html.contains(">Accepted"), !reasons.is_empty(), "{}", review.id);
    }
    assert_eq!(shown, overdue);
    overdue.len() + states["accepted"]
}

/// The conditions of luck: the items of a section whose words begin in bold.
fn check_luck(space: &Space, reviews: &[Read]) -> usize {
    let section = |review: &Read| {
        let section = review.body.split("\n## ").find(|section| section.starts_with("Where we got lucky"));
        section.map_or(0, |section| section.lines().filter(|line| line.starts_with("- **")).count())
    };
    let expected: usize = reviews.iter().filter(|review| !review.is_withdrawn()).map(section).sum();
    let html = space.read("public/lucky.html");
    let figures = between(&html, "<dl class=\"figures\">", "</dl>");
    let shown: usize =
        figures.split("<dd>").skip(1).map(|dd| number(dd.split_once('>').map_or(dd, |(_, rest)| rest))).sum();
    assert_eq!(shown, expected);
    assert_eq!(html.matches("<li class=\"row condition ").count(), expected);
    expected
}

/// The first moment of a mark in a timeline of lines such as `- 2024-03-04 13:31 UTC — **Introduced** — …`.
fn moment(body: &str, mark: &str) -> Option<NaiveDateTime> {
    let section = body.split("\n## ").find(|section| section.starts_with("Timeline"))?;
    let mut date: Option<NaiveDate> = None;
    for line in section.lines().filter_map(|line| line.strip_prefix("- ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        date = words.first().and_then(|word| word.parse().ok()).or(date);
        let time = words.iter().take(2).find_map(|word| {
            chrono::NaiveTime::parse_from_str(word.trim_start_matches('~').split('–').next()?, "%H:%M").ok()
        });
        if line.contains(&format!("**{mark}**")) {
            return Some(date?.and_time(time?));
        }
    }
    None
}

fn check_metrics(space: &Space, reviews: &[Read]) -> usize {
    let html = space.read("public/metrics.html");
    let mut checked = 0;
    for (id, to) in
        [("time-to-detect", "Detected"), ("time-to-respond", "Responded"), ("time-to-mitigate", "Mitigated")]
    {
        let mut minutes: Vec<i64> = reviews
            .iter()
            .filter(|review| !review.is_withdrawn())
            .filter_map(|review| {
                Some((moment(&review.body, to)? - moment(&review.body, "Impact started")?).num_minutes())
            })
            .collect();
        minutes.sort_unstable();
        let row =
            between(between(&html, &format!("<h3 id=\"{id}\">"), "</table>"), "<th scope=\"row\">All</th>", "</tr>");
        let cells: Vec<&str> = row.split("<td>").skip(1).map(|cell| cell.split('<').next().unwrap()).collect();
        let human = |minutes: i64| match (minutes / 60, minutes % 60) {
            (0, minutes) => format!("{minutes} min"),
            (hours, 0) => format!("{hours} h"),
            (hours, minutes) => format!("{hours} h {minutes} min"),
        };
        assert_eq!(cells[0], minutes.len().to_string(), "{id}: {minutes:?}");
        let median = if minutes.len() % 2 == 1 {
            minutes[minutes.len() / 2]
        } else {
            (minutes[minutes.len() / 2 - 1] + minutes[minutes.len() / 2]) / 2
        };
        assert_eq!(
            [cells[1], cells[3], cells[5]],
            [human(minutes[0]), human(median), human(*minutes.last().unwrap())],
            "{id}"
        );
        checked += minutes.len();
    }
    checked
}

#[test]
fn the_numbers_of_the_demo_are_right() {
    let space = Space::demo();
    space.build().expect(0, &[]);
    let reviews = read(&space);
    assert!(check_actions(&space, &reviews) >= 4);
    assert!(check_luck(&space, &reviews) >= 8);
    assert!(check_metrics(&space, &reviews) >= 20);
}

#[test]
fn the_numbers_of_many_reviews_are_right() {
    let space = Space::large();
    space.build().expect(0, &[]);
    check_actions(&space, &read(&space));
}

/// What a reader who filters the factors sees, from the data in the page.
fn filtered(data: &serde_json::Value, facet: usize, at: usize) -> BTreeMap<String, usize> {
    let numbers = |field: &str| -> Vec<usize> {
        field.split('.').filter(|item| !item.is_empty()).map(|item| usize::from_str_radix(item, 36).unwrap()).collect()
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in data["rows"].as_str().unwrap().split(';') {
        let fields: Vec<Vec<usize>> = row.split(',').map(numbers).collect();
        for factor in fields.last().unwrap().iter().filter(|_| fields[facet].contains(&at)) {
            let page = data["factors"][*factor][1].as_str().unwrap();
            *counts.entry(page.trim_end_matches(".html").to_owned()).or_default() += 1;
        }
    }
    counts
}

/// For each choice of each list, the factors that the sources give by plain loops.
#[test]
fn the_filter_of_factors_counts_right() {
    let space = Space::demo();
    space.build().expect(0, &[]);
    let reviews: Vec<Read> = read(&space).into_iter().filter(|review| !review.is_withdrawn()).collect();
    let html = space.read("public/factors/index.html");
    let form = between(&html, "<form class=\"factor-filter\" hidden", "</form>");
    let data = between(&html, "<script type=\"application/json\" id=\"factor-data\">", "</script>");
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    let mut choices = 0;
    for (facet, list) in form.split("<select name=\"").skip(1).enumerate() {
        let name = list.split('"').next().unwrap();
        let options = list.split("<option value=\"").skip(2).map(|option| option.split('"').next().unwrap());
        for (at, slug) in options.enumerate() {
            let has = |review: &Read| match name {
                "severities" => review.word("severity").to_lowercase() == slug,
                "years" => review.id[..4] == *slug,
                "services" => review.front["services"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|service| service.as_str().unwrap().replace(' ', "-") == slug),
                other => panic!("{other}"),
            };
            let mut expected: BTreeMap<String, usize> = BTreeMap::new();
            for review in reviews.iter().filter(|review| has(review)) {
                let factors = tables(review, "factors");
                let factors: BTreeSet<&str> = factors.iter().map(|factor| factor["id"].as_str().unwrap()).collect();
                factors.into_iter().for_each(|factor| *expected.entry(factor.to_owned()).or_default() += 1);
            }
            assert_eq!(filtered(&data, facet, at), expected, "{name}: {slug}");
            choices += 1;
        }
    }
    assert!(choices >= 10, "only {choices} choices");
}
