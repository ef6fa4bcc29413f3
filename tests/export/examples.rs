//! The examples for jq, DuckDB and pandas, in the guide and on the page of the data: they run on every kind of
//! dataset, and give what a count of the dataset by plain loops gives.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::support::python::python;
use crate::support::requirement::missing;
use crate::support::{TODAY, TestSite};
use serde_json::{Value, json};

/// The site and its dataset.
struct Built {
    space: TestSite,
    data: Value,
}

fn built() -> [Built; 4] {
    [TestSite::site(), TestSite::demo(), TestSite::bundled(), TestSite::large()].map(|space| {
        space.build().expect(0, &[]);
        let data = serde_json::from_str(&space.read("public/data/casebook.json")).unwrap();
        Built { space, data }
    })
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

impl Built {
    /// The reviews that were not withdrawn.
    fn counted(&self) -> impl Iterator<Item = &Value> {
        list(&self.data, "reviews").iter().filter(|review| review["withdrawn"].is_null())
    }

    /// How many reviews have each factor.
    fn factors(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for used in self.counted().flat_map(|review| list(review, "factors")) {
            *counts.entry(text(&used["id"]).to_owned()).or_default() += 1;
        }
        counts
    }

    /// The seconds to detect, for each review where they are known to the minute.
    fn detection(&self) -> impl Iterator<Item = (&Value, i64)> {
        self.counted().filter_map(|review| {
            let metric = &review["metrics"]["time_to_detect"];
            let is_exact = ["minute", "second"].contains(&text(&metric["precision"]));
            is_exact.then(|| (review, metric["seconds"].as_i64().unwrap()))
        })
    }

    /// The median minutes to detect of each severity, with the number of reviews.
    fn medians(&self) -> Vec<Value> {
        let mut minutes: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for (review, seconds) in self.detection() {
            minutes.entry(text(&review["severity"])).or_default().push(seconds);
        }
        let median = |(severity, mut all): (&str, Vec<i64>)| {
            all.sort_unstable();
            let middle = (all[(all.len() - 1) / 2] + all[all.len() / 2]) as f64 / 2.0;
            json!([severity, all.len(), middle / 60.0])
        };
        minutes.into_iter().map(median).collect()
    }

    /// The actions still to be done, each with its review.
    fn open(&self) -> impl Iterator<Item = (&Value, &Value)> {
        let all = self.counted().flat_map(|review| list(review, "actions").iter().map(move |action| (review, action)));
        all.filter(|(_, action)| ["open", "in-progress"].contains(&text(&action["status"])))
    }

    /// How many reviews have each two factors.
    fn pairs(&self) -> BTreeMap<(String, String), usize> {
        let mut pairs = BTreeMap::new();
        for review in self.counted() {
            let ids: BTreeSet<&str> = list(review, "factors").iter().map(|used| text(&used["id"])).collect();
            for (at, one) in ids.iter().enumerate() {
                for other in ids.iter().skip(at + 1) {
                    *pairs.entry(((*one).to_owned(), (*other).to_owned())).or_default() += 1;
                }
            }
        }
        pairs
    }
}

/// The code blocks of a language in the guide.
fn guide(language: &str) -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data.md");
    let text = std::fs::read_to_string(path).unwrap();
    let opening = format!("```{language}\n");
    let blocks = text.split(&opening).skip(1);
    blocks.map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

/// The examples on the page of the data, in its order.
fn page(space: &TestSite) -> Vec<String> {
    let page = space.read("public/data.html");
    let code = page.split("<code translate=\"no\">").skip(1).map(|rest| rest.split("</code>").next().unwrap());
    let signs = [("&#x27;", "'"), ("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#x2F;", "/")];
    let plain = |code: &str| signs.iter().fold(code.to_owned(), |code, (sign, plain)| code.replace(sign, plain));
    code.map(|code| plain(code).replace("&amp;", "&")).collect()
}

/// An example that reads the files of the built site in place of addresses.
fn local(example: &str) -> String {
    let mut example = example.replace("curl -s ", "cat ").replace("urllib.request.urlopen(", "open(");
    while let Some(start) = example.find("https://") {
        let end = start + example[start..].find("/data/").unwrap();
        example.replace_range(start..end, "public");
    }
    example
}

fn lines(space: &TestSite, script: &str) -> Vec<String> {
    let output = Command::new("sh").arg("-c").arg(local(script)).current_dir(space.path("")).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{script}\n{output:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn the_examples_count_right() {
    let sites = built();
    check_jq(&sites);
    check_duckdb(&sites);
    check_pandas(&sites);
}

fn check_jq(sites: &[Built]) {
    if !Command::new("jq").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return missing("jq", "CASEBOOK_JQ_REQUIRED");
    }
    let examples: Vec<String> = guide("sh").into_iter().filter(|block| block.contains("jq ")).collect();
    let [factors, minutes, open, month] = examples.as_slice() else { panic!("{examples:#?}") };
    let mut found = [0; 4];
    for site in sites {
        let shown = |lines: Vec<String>| -> BTreeMap<String, usize> {
            let count = |line: &String| line.split_once(' ').map(|(n, id)| (id.to_owned(), n.parse().unwrap()));
            lines.iter().filter_map(count).collect()
        };
        assert_eq!(shown(lines(&site.space, factors)), site.factors());
        assert_eq!(shown(lines(&site.space, &page(&site.space)[0])), site.factors());
        let of_detection = |(review, seconds): (&Value, i64)| {
            format!("{}\t{}\t{}", text(&review["id"]), text(&review["severity"]), seconds / 60)
        };
        let given = lines(&site.space, minutes);
        assert_eq!(given, site.detection().map(of_detection).collect::<Vec<_>>());
        let mut days: Vec<&str> = site.open().map(|(_, action)| text(&action["due"])).collect();
        days.sort_unstable();
        let shown = lines(&site.space, open);
        let day = |line: &String| line.split(' ').next().unwrap().replace("null", "");
        assert_eq!(shown.iter().map(day).collect::<Vec<_>>(), days);
        let entries = list(&site.data, "reviews").iter().flat_map(|review| list(review, "timeline"));
        let of_month = entries.filter(|entry| text(&entry["at"]).starts_with("2026-04")).count();
        let told = lines(&site.space, month);
        assert_eq!(told.len(), of_month);
        let counts = [site.factors().len(), given.len(), shown.len(), told.len()];
        found.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    assert!(found.iter().all(|count| *count > 5), "{found:?}");
}

fn check_duckdb(sites: &[Built]) {
    let ask = "import duckdb, json, sys\nprint(json.dumps(duckdb.sql(sys.stdin.read()).fetchall()))";
    let examples = guide("sql");
    let [medians, pairs, overdue] = examples.as_slice() else { panic!("{examples:#?}") };
    for site in sites {
        let rows = |example: &str| -> Option<Vec<Value>> {
            let rows = python(ask, &site.space.path(""), &local(example))?;
            Some(serde_json::from_str(&rows).unwrap())
        };
        let Some(shown) = rows(medians) else { return };
        assert_eq!(shown, site.medians());
        assert_eq!(rows(&page(&site.space)[1]).unwrap(), site.medians());
        let mut expected: Vec<_> = site.pairs().into_iter().collect();
        expected.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), pair.clone()));
        let expected: Vec<Value> = expected.iter().take(10).map(|((a, b), count)| json!([a, b, count])).collect();
        assert_eq!(rows(pairs).unwrap(), expected);
        // Those without an owner come last.
        let mut owners: BTreeMap<(bool, Option<&str>), usize> = BTreeMap::new();
        for (_, action) in site.open().filter(|(_, action)| !action["due"].is_null() && text(&action["due"]) < TODAY) {
            let owner = action["owner"].as_str();
            *owners.entry((owner.is_none(), owner)).or_default() += 1;
        }
        let expected: Vec<Value> = owners.iter().map(|((_, owner), count)| json!([owner, count])).collect();
        assert_eq!(rows(overdue).unwrap(), expected);
    }
}

fn check_pandas(sites: &[Built]) {
    // Tables are written whole, and not as a person would see them.
    let prelude = "import builtins\ndef print(frame): builtins.print(frame.to_csv(lineterminator='\\n'))\n";
    let examples = guide("python");
    let [years] = examples.as_slice() else { panic!("{examples:#?}") };
    for site in sites {
        let run = |example: &str| python(&format!("{prelude}{}", local(example)), &site.space.path(""), "");
        let Some(table) = run(years) else { return };
        let mut expected: BTreeMap<(String, String), usize> = BTreeMap::new();
        for review in site.counted() {
            let year = text(&review["date"])[..4].to_owned();
            let ids: BTreeSet<&str> = list(review, "factors").iter().map(|used| text(&used["id"])).collect();
            ids.iter().for_each(|id| *expected.entry(((*id).to_owned(), year.clone())).or_default() += 1);
        }
        let mut rows = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let heads = rows.next().unwrap();
        let mut shown: BTreeMap<(String, String), usize> = BTreeMap::new();
        for row in rows.filter(|row| row.len() == heads.len()) {
            for (year, count) in heads.iter().zip(&row).skip(1).filter(|(_, count)| **count != "0") {
                shown.insert((row[0].to_owned(), (*year).to_owned()), count.parse().unwrap());
            }
        }
        assert_eq!(shown, expected);
        let ids = "import csv, sys\nfor row in csv.DictReader(sys.stdin): print(row['id'], row['action_status'])";
        let open = python(ids, &site.space.path(""), &run(&page(&site.space)[2]).unwrap()).unwrap();
        let expected: Vec<String> = site
            .open()
            .map(|(review, action)| format!("{} {}", text(&review["id"]), text(&action["status"])))
            .collect();
        assert_eq!(open.lines().collect::<Vec<_>>(), expected);
    }
}
