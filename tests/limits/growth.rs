//! Texts made to be expensive: work and memory grow no faster than the text.

use casebook::pipeline::{Audience, Options, prepare};
use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
use casebook::text::{SitePath, SourceSet};

use crate::support::yaml::in_yaml;
use crate::support::{TODAY, TestSite};

/// A text that grows with a number, and where it stands in the sample review.
struct Kind {
    name: &'static str,
    place: Place,
    count: usize,
    text: fn(usize) -> String,
}

enum Place {
    Body,
    Timeline,
    Poorly,
    Front,
    Yaml,
}

const fn kind(name: &'static str, place: Place, count: usize, text: fn(usize) -> String) -> Kind {
    Kind { name, place, count, text }
}

fn numbered(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect()
}

/// Each of these took time or memory with the square of its length, or would if something were looked for from the
/// beginning of the line, the text or the list.
const KINDS: &[Kind] = &[
    kind("anchors in one line", Place::Body, 20_000, |n| "[a](#b) ".repeat(n)),
    kind("images in one line", Place::Body, 20_000, |n| "![some words](x.png) ".repeat(n)),
    kind("unencrypted links in one line", Place::Body, 12_000, |n| "[a](http://e.example/x) ".repeat(n)),
    kind("letters of two bytes before links", Place::Body, 12_000, |n| "é [here](https://e.example) ".repeat(n)),
    kind("human error in one line", Place::Body, 10_000, |n| "human error ".repeat(n)),
    kind("hindsight in one sentence", Place::Body, 6_000, |n| "he should have known ".repeat(n)),
    kind("durations in one line", Place::Body, 2_000, |n| "The outage lasted 2 hours. ".repeat(n)),
    kind("durations without a full stop", Place::Body, 2_000, |n| "an outage of 2 hours and ".repeat(n)),
    kind("tokens in one line", Place::Body, 1_500, |n| {
        numbered(n, |at| format!("ghp_q7Zt2Kx9Lw4Rv8Nb3Mc6Yd1P5Hf0{at:06}ab "))
    }),
    kind("passwords, one a line", Place::Body, 1_500, |n| numbered(n, |at| format!("password=vanilla7Tulip{at}\n\n"))),
    kind("allowances in one paragraph", Place::Body, 2_500, |n| "<!-- casebook: allow B001: x -->\n".repeat(n)),
    kind("allowances with findings", Place::Body, 1_200, |n| {
        "<!-- casebook: allow B002: x --> he should have known.\n".repeat(n)
    }),
    kind("list signs before allowances", Place::Body, 2_500, |n| {
        format!("{}a\n{}", "- ".repeat(40 * n), "<!-- casebook: allow B001: x -->\n".repeat(n))
    }),
    kind("sections with items", Place::Body, 6_000, |n| "## What went well\n\n- **a.** b\n\n".repeat(n)),
    kind("headings and anchors", Place::Body, 1_500, |n| "### [a](#b)\n\n".repeat(n)),
    kind("headings to choose from", Place::Body, 1_500, |n| numbered(n, |at| format!("### [a](#b{at}) c{at}\n\n"))),
    kind("short-codes in a heading", Place::Body, 60_000, |n| format!("## {}", ":a:".repeat(n))),
    kind("quotations", Place::Body, 10_000, |n| "> a\n\n".repeat(n)),
    kind("open braces", Place::Body, 30_000, |n| "{{a ".repeat(n)),
    kind("images in images", Place::Body, 4_000, |n| "![a ".repeat(n) + &"](x)".repeat(n)),
    kind("addresses in one line", Place::Body, 8_000, |n| "https://e.example/x_(y)&amp;z. ".repeat(n)),
    kind("addresses that do not end", Place::Body, 20_000, |n| {
        format!("{} {}", "http://e.example/)".repeat(n), "a@".repeat(n))
    }),
    kind("short codes that are none", Place::Body, 30_000, |n| ":a:b::c_d:".repeat(n)),
    kind("links that are none", Place::Body, 8_000, |n| "[a][b c] x[^d] [e](f g.md) [^".repeat(n)),
    kind("open elements in one line", Place::Body, 20_000, |n| "<b>*a <kbd>".repeat(n)),
    kind("links that are not closed", Place::Body, 10_000, |n| "<a href=\"x\">_b ".repeat(n)),
    kind("open blocks", Place::Body, 8_000, |n| "<details>\n<ul><li>a\n\nb\n\n".repeat(n)),
    kind("scripts without end", Place::Body, 8_000, |n| "<div><script>a <!--\n".repeat(n)),
    kind("entities in a block", Place::Body, 8_000, |n| format!("<div>{}</div>", "&amp;x & ".repeat(n))),
    kind("attributes", Place::Body, 10_000, |n| format!("<div {}>", "a=\"b\" ".repeat(n))),
    kind("definitions in definitions", Place::Body, 3_000, |n| format!("a\n{}", ": ".repeat(n))),
    kind("marked entries", Place::Timeline, 2_000, |n| "- 2020-01-01 10:00 UTC — **Decision** — a.\n".repeat(n)),
    kind("entries in no order", Place::Timeline, 2_000, |n| {
        numbered(n, |at| format!("- 20{}-01-01 10:00 UTC — a.\n", 10 + at % 9))
    }),
    kind("marks of one entry", Place::Timeline, 8_000, |n| {
        format!("- 2020-01-01 10:00 UTC — **{}** — a.\n", "Decision, ".repeat(n))
    }),
    kind("headings with times", Place::Timeline, 3_000, |n| "### 2020-01-01 10:00 UTC\n\n- a\n\n".repeat(n)),
    kind("paragraphs with times", Place::Timeline, 4_000, |n| "2020-01-01 10:00 UTC — a.\n\n".repeat(n)),
    kind("paragraphs between headings", Place::Timeline, 3_000, |n| "10:00 UTC — a.\n\n### b\n\nc\n\n".repeat(n)),
    kind("days with times in nested lists", Place::Timeline, 3_000, |n| "- 2020-01-01\n  - 10:00 UTC — a.\n".repeat(n)),
    kind("times in one nested list", Place::Timeline, 6_000, |n| {
        format!("- 2020-01-01\n{}", "  - 10:00 UTC — a.\n".repeat(n))
    }),
    kind("items below an item", Place::Timeline, 6_000, |n| format!("- 10:00 UTC — a.\n{}", "  - b\n".repeat(n))),
    kind("lines of days above lists", Place::Timeline, 3_000, |n| "2020-01-01\n\n- 10:00 UTC — a.\n\n".repeat(n)),
    kind("headings of days", Place::Timeline, 3_000, |n| "### 2020-01-01\n\n- 10:00 UTC — a.\n\n".repeat(n)),
    kind("headings of days above paragraphs", Place::Timeline, 3_000, |n| {
        "### 2020-01-01\n\n10:00 UTC — a.\n\n".repeat(n)
    }),
    kind("headings of days, each on a level", Place::Timeline, 3_000, |n| {
        "### 2020-01-01\n\n#### b\n\nc\n\n".repeat(n)
    }),
    kind("rows", Place::Timeline, 4_000, |n| {
        format!("| Time (UTC) | Event |\n|-|-|\n{}", "| 2020-01-01 10:00 | a |\n".repeat(n))
    }),
    kind("tables", Place::Timeline, 1_500, |n| "| Time (UTC) | Event |\n|-|-|\n| 2020-01-01 10:00 | a |\n\n".repeat(n)),
    kind("times in unknown zones", Place::Timeline, 2_000, |n| "- 2020-01-01 10:00 CST — a.\n".repeat(n)),
    kind("entries without a time", Place::Timeline, 4_000, |n| {
        format!("- 2020-01-01 10:00 UTC\n{}", "- a.\n".repeat(n))
    }),
    kind("headings without a text", Place::Body, 6_000, |n| "## a\n\n".repeat(n)),
    kind("footnotes", Place::Body, 3_000, |n| numbered(n, |at| format!("a *b*[^{at}]\n\n[^{at}]: c\n\n"))),
    kind("labels", Place::Poorly, 4_000, |n| numbered(n, |at| format!("- **a {at}.** b\n"))),
    kind("factors", Place::Front, 1_000, |n| numbered(n, |at| format!("[[factors]]\nid = \"x{at}\"\n"))),
    kind("actions", Place::Front, 1_000, |n| {
        numbered(n, |at| format!("[[actions]]\nid = \"x{at}\"\nchange = \"Do {at}\"\naddresses = [\"y{at}\"]\n"))
    }),
    kind("factors in YAML", Place::Yaml, 1_000, |n| {
        format!("factors:\n{}", numbered(n, |at| format!("  - id: \"x{at}\"\n    note: ü {at}\n")))
    }),
    kind("keys in YAML", Place::Yaml, 20_000, |n| numbered(n, |at| format!("k{at}: v\n"))),
    kind("broken lines in YAML", Place::Yaml, 20_000, |n| "a: b: c\n".repeat(n)),
    kind("aliases in YAML", Place::Yaml, 5_000, |n| format!("a: &a b\nk: [{}]\n", "*a, ".repeat(n))),
    kind("aliases of aliases in YAML", Place::Yaml, 500, |n| {
        format!("a0: &a0 [x]\n{}", numbered(n, |at| format!("a{}: &a{} [*a{at}, *a{at}]\n", at + 1, at + 1)))
    }),
    kind("a long string in YAML", Place::Yaml, 20_000, |n| format!("x: |\n{}", "  some <words> of é\n".repeat(n))),
    kind("open brackets in YAML", Place::Yaml, 20_000, |n| format!("x: {}\n", "[".repeat(n))),
    kind("lists in each other in YAML", Place::Yaml, 20_000, |n| format!("x: {}a\n", "- ".repeat(n))),
    kind("tables in each other in YAML", Place::Yaml, 300, |n| numbered(n, |at| format!("{}a:\n", " ".repeat(at)))),
    kind("internal blocks in YAML", Place::Yaml, 2_000, |n| {
        numbered(n, |at| format!("# <!-- internal -->\nx{at}: é\n# <!-- /internal -->\n"))
    }),
    kind("a key without end", Place::Front, 20_000, |n| format!("[[actions]]\n{} = 1\n", "a".repeat(n))),
];

impl Kind {
    /// The sample site with the text of this kind, `times` as long as usual. It never was a file: those may not be so long.
    fn sources(&self, times: usize) -> SourceSet {
        let text = (self.text)(self.count * times);
        let (before, after) = match self.place {
            Place::Body => ("## Root cause\n", format!("## Root cause\n\n{text}\n\n")),
            Place::Timeline => ("## Timeline\n\n", format!("## Timeline\n\n{text}")),
            Place::Poorly => ("## What went poorly\n\n", format!("## What went poorly\n\n{text}")),
            Place::Yaml => ("---\n", format!("---\n{text}")),
            Place::Front => ("+++\n\n## Summary", format!("{text}+++\n\n## Summary")),
        };
        let mut sources = SourceSet::default();
        let config = "title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\n";
        let plain = match self.place {
            Place::Yaml => in_yaml(SAMPLE_REVIEW),
            Place::Body | Place::Timeline | Place::Poorly | Place::Front => SAMPLE_REVIEW.to_owned(),
        };
        let review = plain.replacen(before, &after, 1);
        assert_eq!(times == 0, review.len() <= plain.len() + 4, "{} is not put anywhere", self.name);
        for (path, text) in
            [("casebook.toml", config), ("content/factors.toml", SAMPLE_FACTORS), (SAMPLE_PATH, &review)]
        {
            sources.add_text(SitePath::new(path).unwrap(), text);
        }
        sources
    }
}

/// Which kind a process of its own checks, and how long: `3 4` is the fourth, four times as long.
const TASK: &str = "CASEBOOK_GROWTH";

/// What such a process does. Started by the test below, so that its time and memory are its own.
#[test]
#[ignore = "the test of growth runs it"]
fn check_one() {
    let task = std::env::var(TASK).unwrap();
    let (kind, times) = task.split_once(' ').unwrap();
    let sources = KINDS[kind.parse::<usize>().unwrap()].sources(times.parse().unwrap());
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let prepared = prepare(&sources, &Options { today, base_url: None, audience: Audience::Public });
    assert!(casebook::report::json(&prepared.findings, &prepared.counts, &sources).contains("summary"));
}

fn work(kind: usize, times: usize) -> f64 {
    let test = std::env::current_exe().unwrap();
    let mut command = limited(1024, &test, &["--exact", "growth::check_one", "--ignored"]);
    let (code, taken) = measured(command.env(TASK, format!("{kind} {times}")));
    assert_eq!(code, 0, "{} at {times} does not end well", KINDS[kind].name);
    taken
}

/// A run that may take so much memory and no more: its exit code, and the processor time that it took in milliseconds.
fn run(space: &TestSite, mebibytes: usize, arguments: &[&str]) -> (i32, f64) {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--now", TODAY]).collect();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_casebook"));
    measured(limited(mebibytes, program, &arguments).current_dir(space.path("")))
}

/// A shell that runs a program within a limit of memory, and then prints the times.
fn limited(mebibytes: usize, program: &std::path::Path, arguments: &[&str]) -> std::process::Command {
    let script = format!("ulimit -v {}; \"$@\" >/dev/null 2>&1; code=$?; times; exit $code", mebibytes * 1024);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script, "sh"]).arg(program).args(arguments);
    command
}

fn measured(command: &mut std::process::Command) -> (i32, f64) {
    let output = command.output().unwrap();
    let times = String::from_utf8(output.stdout).unwrap();
    // The last line is of the program: `0m0.230s 0m0.050s`, for itself and for the system.
    let seconds = |time: &str| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    };
    let taken: f64 = times.lines().last().unwrap().split_whitespace().map(seconds).sum();
    (output.status.code().unwrap_or(-1), taken * 1000.0)
}

#[test]
fn a_text_four_times_as_long_takes_about_four_times_the_work() {
    let base = work(0, 0);
    let mut slow = Vec::new();
    for (at, kind) in KINDS.iter().enumerate() {
        let (once, again) = ((work(at, 1) - base).max(0.0), work(at, 4) - base);
        // The square would be sixteen times as much.
        if again > once * 8.0 + 250.0 {
            slow.push(format!("{}: {once:.0} ms, then {again:.0}", kind.name));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn a_few_kilobytes_never_take_half_a_gigabyte() {
    let table = |n: usize| format!("|{}\n|{}\n{}", "a|".repeat(n), "-|".repeat(n), "|x|\n".repeat(n));
    let texts: &[(&str, String)] = &[
        ("a wide table with short rows", table(750)),
        ("a wider one", table(3_000)),
        ("quotations in each other", "> ".repeat(50_000) + "a"),
        ("lists in each other", "- ".repeat(50_000) + "a"),
        ("quotations and lists in each other", "> - ".repeat(20_000) + "a"),
        ("the deepest quotation with many lines", "> ".repeat(32) + "a\n" + &"b\n".repeat(20_000)),
        ("the deepest list with many lines", "- ".repeat(32) + "a\n" + &"b\n".repeat(20_000)),
        ("blank lines in a deep list", "- ".repeat(4_000) + "a\n" + &"\n".repeat(4_000) + "b"),
    ];
    for (name, text) in texts {
        let space = TestSite::site();
        space.edit("## Root cause\n", &format!("## Root cause\n\n{text}\n\n"));
        let (code, _) = run(&space, 512, &["build"]);
        assert!(matches!(code, 0 | 1), "{name} ends with {code}");
    }
}

#[test]
fn what_is_more_than_is_read_is_one_finding() {
    let quotes = |depth: usize| "> ".repeat(depth) + "a";
    let lists = |depth: usize| "- ".repeat(depth) + "a";
    let entries = |n: usize| "- 2024-03-04 13:31 UTC — a.\n".repeat(n);
    let labels = |n: usize| numbered(n, |at| format!("- **a {at}.** b\n"));
    let texts = |key: &str, n: usize| format!("{key} = [{}]\n", numbered(n, |at| format!("\"x{at}\", ")));
    let cells = |n: usize| format!("|{}\n|{}\n{}", "a|".repeat(101), "-|".repeat(101), "|x|\n".repeat(n));
    let cases: &[(&str, String, String, &str)] = &[
        ("## Root cause\n\n", quotes(32), quotes(33), "more than 32 quotations and lists"),
        ("## Root cause\n\n", lists(32), lists(33), "more than 32 quotations and lists"),
        ("## Root cause\n\n", cells(100), cells(101), "leave out more than 10000 cells"),
        ("## Root cause\n\n", labels(997), labels(998), "more than 1000 items"),
        ("## Timeline\n\n", entries(993), entries(994), "has 1001 entries, and no more than 1000"),
        ("tlp = ", texts("aliases", 1_000), texts("aliases", 1_001), "`aliases` has 1001 items"),
        ("tlp = ", texts("related", 50), texts("related", 51), "`related` has 51 items"),
    ];
    for (place, enough, much, message) in cases {
        let findings = |text: &str| {
            let space = TestSite::site();
            let (before, after) = if place.starts_with('#') { (*place, "\n\n") } else { ("", *place) };
            space.edit(place, &format!("{before}{text}{after}"));
            let run = space.check();
            run.out.lines().filter(|line| line.contains("D013")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(findings(enough), Vec::<String>::new(), "{message}");
        let found = findings(much);
        assert!(matches!(&found[..], [one] if one.contains(message)), "{message}: {found:?}");
    }
}

#[test]
fn a_long_timeline_is_read_to_its_limit() {
    let space = TestSite::site();
    let path = space.path(SAMPLE_PATH);
    space.edit("## Timeline\n\n", &format!("## Timeline\n\n{}", "- 2024-03-04 13:31 UTC — a.\n".repeat(2_000)));
    let text = std::fs::read_to_string(path).unwrap();
    let line = text.lines().position(|line| line == "## Timeline").unwrap() + 3 + 1_000;
    space.check().expect(1, &[&format!("{SAMPLE_PATH}:{line}:3"), "too-much"]);
}
