//! Odd values of every key: each is a finding or can be published, and none ends the program.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use casebook::model::format::{PAGE, REGISTRY, REVIEW, SITE};
use casebook::pipeline::{Audience, BuildCache, Configuration, Options, ReviewRules, Stages, prepare, render_all};
use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
use casebook::table::{Key, KeyKind, TableSchema};
use casebook::text::{SitePath, SourceSet};

use crate::support::TODAY;

/// Values as they stand in TOML, whatever the key takes.
#[allow(clippy::too_many_lines, reason = "a list of cases")]
fn odd_values() -> Vec<String> {
    let mut values: Vec<String> = [
        "\"\"",
        "\" \"",
        "\"\\t\\n\"",
        "\"\\u0000\"",
        "\"a\\u0000b\"",
        "\"\\u001b[31m\"",
        "\"\\u202Eabc\"",
        "\"\\u00A0\"",
        "\"🙂\"",
        "\"é\"",
        "\"e\\u0301\"",
        "\"İ\"",
        "\".\"",
        "\"..\"",
        "\"../../x\"",
        "\"/etc/passwd\"",
        "\"a/b\"",
        "\"a\\\\b\"",
        "\"con\"",
        "\"NUL\"",
        "\"lpt1\"",
        "\"a.\"",
        "\"a \"",
        "\" a\"",
        "\"index\"",
        "\"404\"",
        "\"page-2\"",
        "\"-\"",
        "\"--\"",
        "\"http://\"",
        "\"https://a:99999/\"",
        "\"https://[::1\"",
        "\"https://%zz/\"",
        "\"https://a/%\"",
        "\"javascript:x\"",
        "\"{path}\"",
        "\"https://a/{path}{path}\"",
        "\"{count}\"",
        "\"{{ x }}\"",
        "\"<b>&amp;\"",
        "\"en-\"",
        "\"xx-yy-zz\"",
        "\"99999999999999999999\"",
        "\">=99\"",
        "\"2024-01-01\"",
        "0",
        "-0",
        "-1",
        "1",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551616",
        "4294967296",
        "0xFFFFFFFFFFFFFFFF",
        "1.5",
        "1e400",
        "nan",
        "inf",
        "-inf",
        "true",
        "0000-01-01",
        "0001-01-01",
        "0026-01-01",
        "9999-12-31",
        "2024-02-30",
        "1969-12-31",
        "2024-01-01T00:00:00Z",
        "9999-12-31T23:59:60-23:59",
        "23:59:59",
        "[]",
        "[[]]",
        "[[[[[]]]]]",
        "[\"\"]",
        "[\"a\", \"a\"]",
        "[\"a\", \"A\"]",
        "[\"con\", \"aux\"]",
        "[1]",
        "[\"\\u0000\"]",
        "[{}]",
        "[{}, {}]",
        "{}",
        "{ a = 1 }",
        "{ \"\" = \"\" }",
        "{ \"\\u0000\" = {} }",
        "{ \"a/b\" = { name = \"x\" } }",
        "{ collected = 1 }",
        "{ \"con\" = { review_within = 9223372036854775807, act_within = 9223372036854775807 } }",
    ]
    .map(str::to_owned)
    .into();
    for length in [121, 250, 251, 256, 5000] {
        values.push(format!("\"{}\"", "y".repeat(length)));
        values.push(format!("[\"{}\"]", "y".repeat(length)));
        values.push(format!("\"{}\"", "ä".repeat(length)));
        values.push(format!("{{ \"{}\" = {{}} }}", "y".repeat(length)));
    }
    values
}

/// Every key of a shape and of those inside it, as the way that leads to it.
fn ways(shape: &'static TableSchema) -> Vec<Vec<&'static str>> {
    let mut ways = Vec::new();
    for key in shape.keys {
        ways.push(vec![key.name]);
        if let KeyKind::Table(inner) | KeyKind::TextOrTable(inner) | KeyKind::Tables(inner) | KeyKind::Named(inner) =
            key.kind
        {
            ways.extend(self::ways(inner).into_iter().map(|way| [vec![key.name], way].concat()));
        }
    }
    ways
}

/// A value that the key takes, with `odd` in its place where `way` leads to.
fn value(key: &Key, way: &[&str], odd: &str) -> String {
    let way = match way {
        [name] if *name == key.name => return odd.to_owned(),
        [name, rest @ ..] if *name == key.name => rest,
        _ => &[],
    };
    let inner = |shape: &TableSchema| {
        let keys = shape.keys.iter().map(|key| format!("{} = {}", key.name, value(key, way, odd)));
        format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
    };
    match key.kind {
        KeyKind::Text => format!("\"{}\"", text(key.name)),
        KeyKind::Date => "2024-03-15".to_owned(),
        KeyKind::Count => "3".to_owned(),
        KeyKind::Flag => (key.name == "published").to_string(),
        KeyKind::Texts => format!("[\"{}\"]", text(key.name)),
        KeyKind::Word(words) => {
            format!("\"{}\"", word(key.name, &words().iter().map(|(word, _)| *word).collect::<Vec<_>>()))
        }
        KeyKind::Words(words) => format!("[\"{}\"]", words()[0].0),
        KeyKind::Table(shape) | KeyKind::TextOrTable(shape) => inner(shape),
        // The factor that reviews name stays beside the odd one.
        KeyKind::Tables(shape) if key.name == "factor" => {
            let odd = inner(shape).replacen("\"no-staged-rollout\"", "\"another\"", 1);
            format!(
                "[{odd}, {{ id = \"no-staged-rollout\", name = \"N\", category = \"process\", definition = \"D\" }}]"
            )
        }
        KeyKind::Tables(shape) => format!("[{}]", inner(shape)),
        KeyKind::Named(shape) => format!("{{ P1 = {} }}", inner(shape)),
        KeyKind::NamedTexts => "{ IST = \"Asia/Kolkata\" }".to_owned(),
        KeyKind::Reasons | KeyKind::Levels | KeyKind::Any => "{}".to_owned(),
    }
}

/// A text that any key of the name takes.
fn text(name: &str) -> &'static str {
    match name {
        "severity" => "P1",
        "language" => "en",
        "theme" => "default",
        "requires" => ">=0.1",
        "category" => "process",
        "repository" => "https://example.org/team/app",
        "edit_url" => "https://example.org/{path}",
        "base_url" | "url" | "link" => "https://example.org/x",
        "mailboxes" => "team@example.org",
        "zone" => "Europe/Berlin",
        "related" => "a",
        "id" | "weakness" | "addresses" => "no-staged-rollout",
        _ => "words",
    }
}

fn word(name: &str, words: &[&'static str]) -> &'static str {
    match name {
        "status" if words.contains(&"final") => "final",
        "tlp" => "TLP:CLEAR",
        _ => words[0],
    }
}

/// A whole table, one key a line. What nothing at all is known of stays out, unless it is the odd one.
fn lines(shape: &'static TableSchema, way: &[&str], odd: &str) -> String {
    let mut text = String::new();
    for key in shape.keys {
        // Sources and languages bring other files into play; they are there where they are odd.
        if !matches!(key.name, "sources" | "related" | "pages" | "internal" | "allow") || way.first() == Some(&key.name)
        {
            writeln!(text, "{} = {}", key.name, value(key, way, odd)).unwrap();
        }
    }
    text
}

/// The files of which each kind of value can be part.
const KINDS: [(&str, &TableSchema); 4] = [
    ("casebook.toml", &SITE),
    ("content/factors.toml", &REGISTRY),
    ("content/reviews/2024-03-05-odd.md", &REVIEW),
    ("content/pages/about.md", &PAGE),
];

/// Front matter before the text of the sample review.
fn document(front: &str) -> String {
    format!("+++\n{front}+++\n{}", SAMPLE_REVIEW.splitn(3, "+++\n").last().unwrap())
}

fn sources(path: &str, text: &str) -> SourceSet {
    let mut sources = SourceSet::default();
    let mut add = |path: &str, text: &str| sources.add_text(SitePath::new(path).unwrap(), text);
    add("casebook.toml", "title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\norganisation = \"Us\"\n");
    add("content/factors.toml", SAMPLE_FACTORS);
    match path {
        "content/factors.toml" => add("content/reviews/2024-03-05-odd.md", &document(&lines(&REVIEW, &[], ""))),
        _ => add(SAMPLE_PATH, SAMPLE_REVIEW),
    }
    add(path, &if path.ends_with(".toml") { text.to_owned() } else { document(text) });
    sources
}

/// Checks and, where nothing stands in the way, renders: the number of files, or what went wrong.
fn outcome(sources: &SourceSet, cache: &mut BuildCache) -> Result<usize, String> {
    let options = Options { today: TODAY.parse().unwrap(), base_url: None, audience: Audience::Public };
    let run = || {
        let prepared = Stages::read(Configuration::read(sources, &options), Some(cache), ReviewRules::AtOnce).finish();
        let Some(renderer) = prepared.renderer else { return Ok(0) };
        let written = render_all(&renderer, |path, _| Ok::<SitePath, ()>(path.clone()));
        let written = written.map_err(|failure| format!("content that was checked cannot be rendered: {failure:?}"))?;
        writeable(&written)
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(outcome) => outcome,
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            Err(format!("panic: {}", words.unwrap_or("without words")))
        }
    }
}

/// Whether every file system can hold files of these names.
fn writeable(paths: &[SitePath]) -> Result<usize, String> {
    let mut seen = BTreeSet::new();
    for path in paths {
        if !seen.insert(path.as_str().to_lowercase()) {
            return Err(format!("{path} is written twice where case does not count"));
        }
        for part in path.as_str().split('/') {
            let stem = part.split('.').next().unwrap_or_default().to_lowercase();
            let is_windows_device = ["con", "prn", "aux", "nul", "com1", "lpt1"].contains(&stem.as_str());
            if part.len() > 255 || is_windows_device || part.ends_with(['.', ' ']) {
                return Err(format!("not every file system can hold {path}"));
            }
        }
    }
    Ok(paths.len())
}

#[test]
fn every_value_is_a_finding_or_can_be_published() {
    let cases: Vec<(&str, String, String)> = KINDS
        .iter()
        .flat_map(|(path, shape)| {
            let of = |way: Vec<&'static str>| {
                odd_values()
                    .into_iter()
                    .map(move |odd| (*path, format!("{} = {odd}", way.join(".")), lines(shape, &way, &odd)))
            };
            ways(shape).into_iter().flat_map(of).collect::<Vec<_>>()
        })
        .collect();
    // All of them take minutes. One of seven meets each key and each value, and never the same pairs only.
    let step = if std::env::var_os("CASEBOOK_ALL").is_some() { 1 } else { 7 };
    let cases: Vec<_> = cases.into_iter().step_by(step).collect();
    let (faults, published) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    let next = Mutex::new(cases.iter());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut cache = BuildCache::default();
                loop {
                    let Some((path, name, text)) = next.lock().unwrap().next() else { return };
                    let name: String = name.chars().take(100).collect();
                    match outcome(&sources(path, text), &mut cache) {
                        Ok(files) => published.fetch_add(files.min(1), Ordering::Relaxed),
                        Err(fault) => {
                            faults.lock().unwrap().push(format!("{path}: {name}: {fault}"));
                            0
                        }
                    };
                }
            });
        }
    });
    let (faults, published) = (faults.into_inner().unwrap(), published.into_inner());
    println!("{} cases, {published} published", cases.len());
    assert!(published * 8 > cases.len(), "only {published} of {} cases say anything about publishing", cases.len());
    assert!(faults.is_empty(), "{} of {} cases:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

/// Without an odd value nothing stands in the way, so that an odd one is the only thing that can.
#[test]
fn the_other_values_are_fine() {
    for (path, shape) in KINDS {
        let sources = sources(path, &lines(shape, &[], ""));
        let options = Options { today: TODAY.parse().unwrap(), base_url: None, audience: Audience::Public };
        let prepared = prepare(&sources, &options);
        let found: Vec<_> =
            prepared.findings.iter().filter(|finding| finding.level == casebook::diagnostic::Level::Error).collect();
        assert!(prepared.renderer.is_some(), "{path}: {found:#?}");
        assert!(!lines(shape, &[], "").is_empty());
    }
}

/// Values as they stand in the dataset of another site.
const ODD_DATA: [&str; 24] = [
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "9223372036854775807",
    "18446744073709551616",
    "\"\"",
    "\" \"",
    "\"\\u0000\"",
    "\"a\\u0000b\"",
    "\"\\u202eabc\"",
    "\"../x\"",
    "\"a/b\"",
    "\"con\"",
    "\"index\"",
    "\"0000-01-01\"",
    "\"9999-12-31\"",
    "\"9999-12-31T23:59:59Z\"",
    "\"0000-01-01T00:00:00Z\"",
    "[]",
    "[[]]",
    "{}",
    "[{}]",
];

/// The site whose dataset is taken over, and its dataset.
fn dataset() -> serde_json::Value {
    let sources = sources(SAMPLE_PATH, "");
    let mut sources = SourceSet { texts: sources.texts, ..SourceSet::default() };
    sources.add_text(SitePath::new(SAMPLE_PATH).unwrap(), SAMPLE_REVIEW);
    let options = Options { today: TODAY.parse().unwrap(), base_url: None, audience: Audience::Public };
    let renderer = prepare(&sources, &options).renderer.unwrap();
    let found = render_all(&renderer, |path, output| {
        Ok::<_, ()>(match output {
            casebook::text::Output::Bytes(bytes) if path.as_str() == "data/casebook.json" => Some(bytes),
            _ => None,
        })
    });
    let bytes = found.unwrap().into_iter().flatten().next().expect("the site has a dataset");
    serde_json::from_slice(&bytes).unwrap()
}

/// Every place in a value, as the way that leads to it.
fn places(value: &serde_json::Value, way: &str, found: &mut Vec<String>) {
    found.push(way.to_owned());
    match value {
        serde_json::Value::Object(object) => {
            object.iter().for_each(|(key, value)| places(value, &format!("{way}/{key}"), found));
        }
        serde_json::Value::Array(items) => {
            items.iter().enumerate().take(2).for_each(|(at, value)| places(value, &format!("{way}/{at}"), found));
        }
        _ => {}
    }
}

/// What another site says is a finding or can be published, too.
#[test]
fn odd_values_of_other_sites_end_nothing() {
    let whole = dataset();
    let mut ways = Vec::new();
    places(&whole, "", &mut ways);
    let long = format!("\"{}\"", "y".repeat(300));
    let values = ODD_DATA.iter().copied().chain([long.as_str()]);
    let cases: Vec<(&String, &str)> = values.flat_map(|odd| ways.iter().map(move |way| (way, odd))).collect();
    let settings = "title = \"Sample\"\nbase_url = \"https://example.org/other/\"\norganisation = \"We\"\n\
                    sources = [{ id = \"them\", organisation = \"Us\" }]\n";
    let step = if std::env::var_os("CASEBOOK_ALL").is_some() { 1 } else { 41 };
    let (mut cache, mut faults, mut taken) = (BuildCache::default(), Vec::new(), 0);
    let with = |dataset: &str| {
        let mut sources = sources("casebook.toml", settings);
        sources.add_text(SitePath::new("content/sources/them.json").unwrap(), dataset);
        sources
    };
    let without = outcome(&with("{}"), &mut cache).unwrap();
    for (way, odd) in cases.iter().step_by(step) {
        // A number that no program holds is no JSON for this one.
        let Ok(value) = serde_json::from_str(odd) else { continue };
        let mut dataset = whole.clone();
        *dataset.pointer_mut(way).unwrap() = value;
        match outcome(&with(&dataset.to_string()), &mut cache) {
            Ok(files) => taken += usize::from(files > without),
            Err(fault) => faults.push(format!("{way} = {}: {fault}", odd.chars().take(40).collect::<String>())),
        }
    }
    println!("{} cases, {taken} taken over", cases.len() / step);
    assert!(faults.is_empty() && taken * step * 8 > cases.len(), "{taken} taken over\n{}", faults.join("\n"));
}
