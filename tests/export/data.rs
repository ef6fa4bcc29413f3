//! The files for other programs: valid, harmless, complete, and readable by programs that are not ours.

use std::collections::BTreeMap;

use crate::support::form::{factor_names, full};
use crate::support::python::python;
use crate::support::yaml::parts;
use crate::support::{TODAY, TestSite};
use casebook::analysis::{Analysis, Facet, related};
use casebook::dataset::{Issuer, dataset, read, review, schema};
use casebook::disk;
use casebook::model::Corpus;
use casebook::pipeline::{Audience, Options, corpus};
use jsonschema::Validator;
use serde_json::{Value, json};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "the schema is none");
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
}

fn complaints(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn built(space: TestSite) -> TestSite {
    space.build().expect(0, &[]);
    space
}

fn json_of(space: &TestSite) -> Value {
    serde_json::from_str(&space.read("public/data/casebook.json")).unwrap()
}

#[test]
fn every_dataset_is_valid() {
    let validator = validator();
    for space in [TestSite::site(), TestSite::demo(), TestSite::bundled(), TestSite::large()].map(built) {
        let data = json_of(&space);
        assert_eq!(complaints(&validator, &data), Vec::<String>::new());
        assert_eq!(space.read("public/data/casebook.schema.json"), schema());
        let reviews = data["reviews"].as_array().unwrap();
        assert!(!reviews.is_empty() && reviews.iter().all(|review| !review["title"].as_str().unwrap().is_empty()));
        let lines = space.read("public/data/casebook.json").lines().count();
        assert_eq!(lines, reviews.len() + 2, "a review a line");
    }
    assert_eq!(TestSite::empty().run(&["schema", "dataset"]).out, schema());
}

#[test]
fn a_review_is_told_whole_and_without_markup() {
    let space = TestSite::site();
    space.edit("— the error-rate alert pages", "— the **error-rate** `alert` [pages](https://example.org/p)");
    space.edit("Filtering was switched off until", "Filtering[^1] was *switched* off until");
    space.edit("## Root cause\n", "## Root cause\n\n[^1]: Of rules.\n");
    space.edit("note = \"The rule reached", "note = \"The `rule` <b>reached</b>");
    let data = json_of(&built(space));
    let review = &data["reviews"][0];
    assert_eq!(
        review["summary"],
        "A new filter rule used all CPU of the edge servers. Filtering was switched off until the rule was removed.\n\nOf rules."
    );
    assert_eq!(
        review["timeline"][2],
        json!({ "at": "2024-03-04T13:57:00Z", "precision": "minute", "marks": ["Detected"],
                "text": "the error-rate alert pages the on-call engineer." })
    );
    assert_eq!(review["timeline"].as_array().unwrap().len(), 7);
    assert_eq!(
        review["root_cause"],
        "Rules ran without a limit on CPU, and a rule could need time that grows with the square of the input."
    );
    assert_eq!(review["factors"][1]["note"], "The rule reached every server in one step.");
    assert_eq!(review["metrics"]["time_to_mitigate"], json!({ "seconds": 27 * 60, "precision": "minute" }));
    assert_eq!(review["url"], "https://example.org/repo/reviews/2024-03-04-edge-cpu.html");
    assert_eq!(review["accepted"][0]["weakness"], review["got_lucky"][0]["label"]);
    assert_eq!(data["factors"][0]["id"], "no-staged-rollout");
}

#[test]
fn a_review_has_a_file_of_its_own_on_request() {
    let space = TestSite::site();
    assert!(!built(TestSite::site()).path("public/reviews/2024-03-04-edge-cpu.json").exists());
    let config = space.read("casebook.toml");
    space.write("casebook.toml", format!("{config}licence = \"CC-BY-4.0\"\n[exports]\nper_review = [\"json\"]\n"));
    let space = built(space);
    let mut one: Value = serde_json::from_str(&space.read("public/reviews/2024-03-04-edge-cpu.json")).unwrap();
    let details = one.as_object_mut().unwrap().remove("details").unwrap();
    assert!(details.as_str().unwrap().contains("## Root cause"));
    assert_eq!(one.as_object_mut().unwrap().remove("schema_version"), Some(json!("1.3.0")));
    let data = json_of(&space);
    assert_eq!(one, data["reviews"][0]);
    assert_eq!(data["licence"], "CC-BY-4.0");
    assert!(space.read("public/data.html").contains("CC-BY-4.0"));
}

/// Each change makes the dataset wrong, for the schema and for the reader.
#[test]
fn wrong_datasets_are_refused_by_schema_and_reader_alike() {
    let validator = validator();
    let right = json_of(&built(TestSite::site()));
    assert!(read(&right.to_string()).is_ok());
    let cases: [(&str, Value); 17] = [
        ("/schema_version", json!("2.0.0")),
        ("/title", json!(1)),
        ("/url", json!("javascript:alert(1)")),
        ("/url", json!("https://a.example/\"><script>")),
        ("/reviews", json!({})),
        ("/factors/0/id", json!(["a"])),
        ("/reviews/0/id", json!("../../index")),
        ("/reviews/0/id", json!("a/b")),
        ("/reviews/0/id", json!("")),
        ("/reviews/0/url", json!("data:text/html,x")),
        ("/reviews/0/status", json!("finished")),
        ("/reviews/0/date", json!("2024-3-4")),
        ("/reviews/0/timeline/0/at", json!("2024-03-04 13:31")),
        ("/reviews/0/timeline/0/precision", json!("week")),
        ("/reviews/0/factors/0/role", json!("root")),
        ("/reviews/0/actions/0/link", json!("ftp://example.org")),
        ("/reviews/0/metrics/time_to_detect/seconds", json!("1")),
    ];
    for (pointer, value) in cases {
        let mut wrong = right.clone();
        match wrong.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => {
                let (parent, key) = pointer.rsplit_once('/').unwrap();
                wrong.pointer_mut(parent).unwrap()[key] = value;
            }
        }
        assert!(!complaints(&validator, &wrong).is_empty(), "the schema takes {pointer}");
        assert!(read(&wrong.to_string()).is_err(), "the reader takes {pointer}");
    }
    let mut newer = right.clone();
    newer["schema_version"] = json!("1.7.0");
    newer["reviews"][0]["mood"] = json!("calm");
    assert!(complaints(&validator, &newer).is_empty() && read(&newer.to_string()).is_ok(), "a later version adds keys");
}

fn options() -> Options {
    Options { today: TODAY.parse().unwrap(), base_url: None, audience: Audience::Public }
}

fn issuer() -> Issuer<'static> {
    Issuer {
        title: "Site",
        description: "",
        organisation: "",
        base_url: "https://example.org/",
        language: "en",
        licence: "",
    }
}

#[test]
fn the_dataset_loads_back_into_the_same_site() {
    for space in [TestSite::site(), TestSite::demo(), TestSite::bundled(), TestSite::large()] {
        let sources = disk::read(&space.path(""), &casebook::pipeline::review_files(None)).unwrap();
        let (corpus, _) = corpus(&sources, &options());
        let written = dataset(&corpus, &issuer());
        let data = read(&written).unwrap();
        let reviews = data.reviews.iter().map(|data| review(data, None, &corpus.policy).into()).collect();
        let again = Corpus::new(reviews, corpus.pages.clone(), corpus.policy.clone());
        for (before, after) in written.lines().zip(dataset(&again, &issuer()).lines()) {
            assert_eq!(before, after);
        }
        let (one, two) = (Analysis::new(corpus), Analysis::new(again));
        assert_eq!(one.sightings(), two.sightings());
        let ids =
            |analysis: &Analysis| analysis.corpus.reviews.iter().map(|review| review.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&one), ids(&two));
        assert_eq!(one.board().list_counts, two.board().list_counts);
        assert_eq!(one.board().lists, two.board().lists);
        let durations = |analysis: &Analysis| {
            analysis.corpus.indexed().map(|(at, _)| format!("{:?}", analysis.durations(at))).collect::<Vec<_>>()
        };
        assert_eq!(durations(&one), durations(&two));
        for facet in Facet::ALL {
            assert_eq!(format!("{:?}", one.facets()[&facet]), format!("{:?}", two.facets()[&facet]));
        }
        for factor in one.corpus.policy.registry.iter() {
            assert_eq!(one.history(factor), two.history(factor));
        }
        for (at, _) in one.corpus.indexed() {
            assert_eq!(related(&one, at), related(&two, at));
        }
        let luck = |analysis: &Analysis| -> Vec<_> {
            analysis
                .lucky_breaks()
                .iter()
                .flat_map(|(standing, luck)| {
                    luck.iter().map(|luck| (*standing, luck.review, luck.weakness.name.clone()))
                })
                .collect()
        };
        assert_eq!(luck(&one), luck(&two));
        for group in one.groups() {
            let numbers = |analysis: &Analysis| format!("{:?}", analysis.measures(group));
            assert_eq!(numbers(&one), numbers(&two));
        }
    }
}

/// The records of a CSV file, as RFC 4180 describes it.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let record = records.last_mut().unwrap();
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => record.last_mut().unwrap().push(signs.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\r' if !quoted => assert_eq!(signs.peek(), Some(&'\n')),
            '\n' if !quoted => records.push(vec![String::new()]),
            sign => record.last_mut().unwrap().push(sign),
        }
    }
    assert!(!quoted && records.pop() == Some(vec![String::new()]), "the last record ends with a line end");
    assert!(records.iter().all(|record| record.len() == records[0].len()), "all records are of one length");
    records
}

/// The cells of a column.
fn column(records: &[Vec<String>], name: &str) -> Vec<String> {
    let at = records[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("no column {name}"));
    records[1..].iter().map(|record| record[at].clone()).collect()
}

#[test]
fn tables_say_the_same_as_the_dataset() {
    for space in [TestSite::demo(), TestSite::bundled()].map(built) {
        let data = json_of(&space);
        let reviews = data["reviews"].as_array().unwrap();
        let table = |name: &str| records(&space.read(&format!("public/data/{name}.csv")));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let of_reviews = table("reviews");
        assert_eq!(column(&of_reviews, "id"), reviews.iter().map(|review| text(&review["id"])).collect::<Vec<_>>());
        let seconds = |review: &Value| match &review["metrics"]["time_to_detect"] {
            metric if metric["precision"] == "minute" || metric["precision"] == "second" => {
                metric["seconds"].to_string()
            }
            _ => String::new(),
        };
        assert_eq!(column(&of_reviews, "time_to_detect_s"), reviews.iter().map(seconds).collect::<Vec<_>>());
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for review in reviews.iter().filter(|review| review["status"] != "withdrawn") {
            for factor in review["factors"].as_array().into_iter().flatten() {
                *seen.entry(text(&factor["id"])).or_default() += 1;
            }
        }
        let of_factors = table("factors");
        let counts: Vec<String> =
            column(&of_factors, "id").iter().map(|id| seen.get(id).unwrap_or(&0).to_string()).collect();
        assert_eq!(column(&of_factors, "reviews"), counts);
        let actions: Vec<&Value> =
            reviews.iter().flat_map(|review| review["actions"].as_array().into_iter().flatten()).collect();
        let changes: Vec<String> = actions.iter().map(|action| text(&action["change"])).collect();
        let of_actions = table("actions");
        assert_eq!(column(&of_actions, "change"), changes);
        assert_eq!(column(&of_actions, "url"), actions.iter().map(|action| text(&action["url"])).collect::<Vec<_>>());
        assert!(changes.len() > 10);
    }
}

#[test]
fn no_cell_is_a_formula() {
    let space = TestSite::site();
    space.edit("change = \"Abort", "change = \"=HYPERLINK(\\\"https://evil.example\\\")");
    space.edit("owner = \"Edge platform team\"\ndue = 2024-03-31", "owner = \"-SUM(1+1)\"\ndue = 2024-03-31");
    space.edit("title = \"A filter", "title = \"+1, \\\"A\\\" filter");
    let space = built(space);
    let actions = records(&space.read("public/data/actions.csv"));
    assert!(column(&actions, "change")[0].starts_with("'=HYPERLINK(\"https://evil.example\")"));
    assert_eq!(column(&actions, "owner")[0], "'-SUM(1+1)");
    assert!(column(&actions, "review_title")[0].starts_with("'+1, \"A\" filter"));
    for name in ["reviews", "factors", "actions"] {
        for cell in records(&space.read(&format!("public/data/{name}.csv"))).concat() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{name}: {cell}");
        }
    }
}

#[test]
fn another_program_reads_the_calendar() {
    let space = TestSite::demo();
    let text = space.read("content/reviews/2026-04-20-name-service.md");
    let long = "Serve, name; and\\\\n \u{1f9a6}\u{1f9a6}\u{1f9a6} answer ".repeat(6);
    space.write(
        "content/reviews/2026-04-20-name-service.md",
        text.replace("change = \"Serve the names", &format!("change = \"{long}Serve the names")),
    );
    let space = built(space);
    let text = space.read("public/data/actions.ics");
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{} bytes: {line}", line.len());
    }
    let calendars: Vec<_> = ical::IcalParser::new(text.as_bytes()).collect::<Result<_, _>>().unwrap();
    let [calendar] = calendars.as_slice() else { panic!("{} calendars", calendars.len()) };
    let value = |properties: &[ical::property::Property], name: &str| {
        let found: Vec<_> = properties.iter().filter(|property| property.name == name).collect();
        assert_eq!(found.len(), 1, "{name} stands once");
        found[0].value.clone().unwrap()
    };
    assert_eq!(value(&calendar.properties, "VERSION"), "2.0");
    assert!(value(&calendar.properties, "PRODID").contains("Casebook"));
    let data = json_of(&space);
    let open = |action: &&Value| {
        ["open", "in-progress"].contains(&action["status"].as_str().unwrap()) && action["due"] != Value::Null
    };
    let actions: Vec<&Value> = data["reviews"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|review| review["actions"].as_array().into_iter().flatten())
        .filter(open)
        .collect();
    assert!(calendar.events.len() == actions.len() && actions.len() > 1);
    let mut uids = std::collections::BTreeSet::new();
    for (event, action) in calendar.events.iter().zip(&actions) {
        let of_event = |name: &str| value(&event.properties, name);
        assert_eq!(of_event("DTSTART"), action["due"].as_str().unwrap().replace('-', ""));
        assert_eq!(of_event("DTSTAMP").len(), "20260101T000000Z".len());
        assert_eq!(of_event("URL"), action["url"].as_str().unwrap());
        let summary = of_event("SUMMARY").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
        // That parser drops a blank at the end of a folded line.
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(letters(&summary), letters(&format!("Due: {}", action["change"].as_str().unwrap())));
        assert!(uids.insert(of_event("UID")));
    }
    let script = "import icalendar, json\n\
                  events = icalendar.Calendar.from_ical(open('public/data/actions.ics', 'rb').read()).walk('VEVENT')\n\
                  print(json.dumps([[str(e['summary']), str(e.decoded('dtstart')), str(e['url'])] for e in events]))";
    let Some(read) = python(script, &space.path(""), "") else { return };
    let text = |action: &Value, key: &str| action[key].as_str().unwrap().to_owned();
    let expected: Vec<[String; 3]> = actions
        .iter()
        .map(|action| [format!("Due: {}", text(action, "change")), text(action, "due"), text(action, "url")])
        .collect();
    assert_eq!(serde_json::from_str::<Vec<[String; 3]>>(&read).unwrap(), expected);
}

/// What the counts of tests/numbers/pages.rs rest on.
#[test]
fn the_dataset_says_what_the_sources_say() {
    for space in [TestSite::demo(), TestSite::bundled(), TestSite::large()].map(built) {
        let data = json_of(&space);
        let reviews = data["reviews"].as_array().unwrap();
        let registry: toml::Value = toml::from_str(&space.read("content/factors.toml")).unwrap();
        let names = factor_names(&space.read("content/factors.toml"));
        let mut seen = 0;
        for (name, bytes) in space.files("content/reviews").into_iter().filter(|(name, _)| name.ends_with(".md")) {
            let text = String::from_utf8(bytes).unwrap();
            let is_light = parts(&text).1.trim_start().starts_with("# ");
            let text = if is_light { full(&text, &names) } else { text };
            let (front, _) = parts(&text);
            let front: toml::Value = toml::from_str(front).unwrap();
            let word = |value: &toml::Value, key: &str| value.get(key).map(|value| value.to_string().replace('"', ""));
            let id = name.trim_end_matches("/index.md").trim_end_matches(".md");
            let is_public = word(&front, "tlp").unwrap() == "TLP:CLEAR"
                && word(&front, "status").unwrap() != "draft"
                && word(&front, "publish").is_none_or(|day| day.as_str() <= TODAY);
            let Some(review) = reviews.iter().find(|review| review["id"] == id) else {
                assert!(!is_public, "{id}");
                continue;
            };
            assert!(is_public, "{id}");
            seen += 1;
            assert_eq!(!review["withdrawn"].is_null(), word(&front, "status").unwrap() == "withdrawn", "{id}");
            let parts = |key: &str, keys: &[&str]| -> Vec<Vec<Option<String>>> {
                let tables = front.get(key).and_then(toml::Value::as_array).map_or(&[][..], Vec::as_slice);
                tables.iter().map(|table| keys.iter().map(|key| word(table, key)).collect()).collect()
            };
            let told = |key: &str, keys: &[&str]| -> Vec<Vec<Option<String>>> {
                let tables = review[key].as_array().map_or(&[][..], Vec::as_slice);
                let cell = |table: &Value, key: &str| table[key].as_str().map(str::to_owned);
                tables.iter().map(|table| keys.iter().map(|key| cell(table, key)).collect()).collect()
            };
            let mut used = parts("factors", &["id", "role"]);
            for factor in &mut used {
                let known = registry["factor"].as_array().unwrap().iter().find(|known| {
                    let aliases = known.get("aliases").and_then(toml::Value::as_array);
                    aliases.is_some_and(|aliases| aliases.iter().any(|alias| alias.as_str() == factor[0].as_deref()))
                });
                factor[0] = known.map_or(factor[0].clone(), |known| word(known, "id"));
                factor[1].get_or_insert_with(|| "contributing".to_owned());
            }
            assert_eq!(told("factors", &["id", "role"]), used, "{id}");
            let mut actions = parts("actions", &["id", "owner", "due", "closed", "status"]);
            actions.iter_mut().for_each(|action| _ = action[4].get_or_insert_with(|| "open".to_owned()));
            assert_eq!(told("actions", &["id", "owner", "due", "closed", "status"]), actions, "{id}");
            assert_eq!(told("accepted", &["weakness"]), parts("accepted", &["weakness"]), "{id}");
        }
        assert_eq!(seen, reviews.len());
    }
}
