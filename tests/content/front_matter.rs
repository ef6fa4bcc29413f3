//! The same review under front matter in each syntax is the same review.

use casebook::diagnostic::{Diagnostic, Example};
use casebook::document::{Fence, parse};
use casebook::pipeline::{Audience, Options, prepare};
use casebook::rules::{CATALOGUE, SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
use casebook::text::{SitePath, Source, SourceSet};
use chrono::NaiveDate;

use crate::support::TestSite;
use crate::support::yaml::{in_yaml, parts};

const CONFIG: &str = "title = \"Lessons\"\nbase_url = \"https://example.org/\"\n";

/// The review in each syntax, with the name of the syntax.
fn forms(review: &str) -> Vec<(&'static str, String)> {
    let (front, body) = parts(review);
    vec![
        ("TOML", review.to_owned()),
        ("TOML after blank lines", format!("\n  \n{review}")),
        ("a block", format!("```toml\n{front}\n```\n{body}")),
        ("YAML", in_yaml(review)),
        ("YAML that ends with dots", in_yaml(review).replacen("\n---\n", "\n...\n", 1)),
        ("YAML with other ends of lines", format!("\u{feff}{}", in_yaml(review).replace('\n', "\r\n"))),
    ]
}

fn findings(review: &str) -> (Vec<Diagnostic>, Source) {
    let mut sources = SourceSet::default();
    for (path, text) in [("casebook.toml", CONFIG), ("content/factors.toml", SAMPLE_FACTORS), (SAMPLE_PATH, review)] {
        let path = SitePath::new(path).unwrap();
        sources.texts.insert(path.clone(), Source::new(path, text));
    }
    let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
    let options = Options { today, base_url: None, audience: Audience::Public };
    let mut found = prepare(&sources, &options).findings;
    found.retain(|finding| finding.path == SAMPLE_PATH);
    (found, sources.texts[&SitePath::new(SAMPLE_PATH).unwrap()].clone())
}

/// The words that a finding points at, without quotation marks; a place that has another form in each syntax is left out.
fn words(finding: &Diagnostic, source: &Source) -> String {
    let words = finding.span.slice(&source.text).trim();
    let is_table = words.starts_with(['[', '{']) || words.contains(": ") || ["+++", "---", "```toml"].contains(&words);
    if is_table { String::new() } else { words.trim_matches(['"', '\'']).to_owned() }
}

#[test]
fn every_example_has_the_same_findings_in_each_syntax() {
    let mut count = 0;
    for rule in CATALOGUE.iter().map(|rule| rule.metadata) {
        let review = match &rule.wrong {
            Example::Edit { replace, with } => SAMPLE_REVIEW.replacen(replace, with, 1),
            Example::Edits(edits) => {
                edits.iter().fold(SAMPLE_REVIEW.to_owned(), |review, (from, to)| review.replacen(from, to, 1))
            }
            Example::Cut { .. } | Example::File { .. } | Example::Shown { .. } => continue,
        };
        // Only these two tell of the syntax itself.
        if ["broken-front-matter", "missing-front-matter"].contains(&rule.name) || !review.starts_with("+++\n") {
            continue;
        }
        let list = |review: &str| {
            let (found, source) = findings(review);
            let mut list: Vec<(&str, String, String)> = found
                .iter()
                .map(|finding| (finding.rule.code, finding.message.clone(), words(finding, &source)))
                .collect();
            list.sort();
            list
        };
        let expected = list(&review);
        assert!(!expected.is_empty(), "{} has no finding", rule.name);
        for (syntax, text) in forms(&review) {
            let found = list(&text);
            assert_eq!(found.len(), expected.len(), "{} in {syntax}: {found:?}, {expected:?}", rule.name);
            for (found, expected) in found.iter().zip(&expected) {
                assert_eq!((found.0, &found.1), (expected.0, &expected.1), "{} in {syntax}", rule.name);
                let is_table = found.2.is_empty() || expected.2.is_empty();
                assert!(is_table || found.2 == expected.2, "{} in {syntax}: {found:?}, {expected:?}", rule.name);
            }
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

#[test]
fn every_review_has_the_same_data_in_each_syntax() {
    let dataset = |site: &TestSite| {
        site.run(&["build"]).expect(0, &[]);
        site.read("public/data/casebook.json")
    };
    let site = TestSite::demo();
    let expected = dataset(&site);
    let reviews: Vec<String> = site
        .files("content/reviews")
        .into_keys()
        .filter(|path| path.ends_with(".md"))
        .map(|path| format!("content/reviews/{path}"))
        .collect();
    assert!(reviews.len() > 10);
    let originals: Vec<String> = reviews.iter().map(|path| site.read(path)).collect();
    for syntax in 0..forms(SAMPLE_REVIEW).len() {
        for (path, original) in reviews.iter().zip(&originals) {
            let (_, text) = forms(original).swap_remove(syntax);
            site.write(path, text);
        }
        assert_eq!(dataset(&site), expected, "{}", forms(SAMPLE_REVIEW)[syntax].0);
    }
}

fn document(text: &str) -> casebook::document::Document {
    parse(&Source::new(SitePath::new("content/reviews/2024-01-01-x.md").unwrap(), text))
}

#[test]
fn what_is_front_matter_and_what_is_text() {
    for (text, fence, keys, body) in [
        ("+++\ntitle = \"a\"\n+++\nText.\n", Fence::Plus, 1, "Text."),
        ("\n\n---\ntitle: a\n---\nText.\n", Fence::Dashes, 1, "Text."),
        ("---\ntitle: a\n...\nText.\n", Fence::Dashes, 1, "Text."),
        ("---\n---\nText.\n", Fence::Dashes, 0, "Text."),
        ("---\n# nothing yet\n---\nText.\n", Fence::Dashes, 0, "Text."),
        ("```toml\ntitle = \"a\"\n```\nText.\n", Fence::CodeBlock, 1, "Text."),
        ("# A title\n\n```toml\nseverity = \"P1\"\n```\n\nText.\n", Fence::CodeBlock, 1, "# A title\n\nText."),
        ("# A title\n```TOML\nseverity = \"P1\"\n```\nText.\n", Fence::CodeBlock, 1, "# A title\nText."),
        // A file of settings is an example in the text.
        (
            "# A title\n\n```toml\n[package]\nname = \"a\"\n```\n",
            Fence::None,
            0,
            "# A title\n\n```toml\n[package]\nname = \"a\"\n```",
        ),
        (
            "# A title\n\nText.\n\n```toml\nseverity = \"P1\"\n```\n",
            Fence::None,
            0,
            "# A title\n\nText.\n\n```toml\nseverity = \"P1\"\n```",
        ),
        ("# A title\n\nText.\n", Fence::None, 0, "# A title\n\nText."),
        // Thematic breaks.
        ("---\n\nText.\n", Fence::None, 0, "---\n\nText."),
        ("---\nText.\n---\n\nMore.\n", Fence::None, 0, "---\nText.\n---\n\nMore."),
        ("---\n\n# A title\n\nText.\n\n---\n\nMore.\n", Fence::None, 0, "---\n\n# A title\n\nText.\n\n---\n\nMore."),
    ] {
        let document = document(text);
        assert_eq!((document.front.fence, document.front.table.entries.len()), (fence, keys), "{text}");
        let lines: Vec<&str> = document.published.lines().filter(|line| !line.trim().is_empty()).collect();
        let expected: Vec<&str> = body.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, expected, "{text}");
        assert!(document.problems.0.is_empty(), "{text}: {:?}", document.problems);
    }
}

#[test]
fn doubtful_front_matter_is_a_finding_and_nothing_of_it_is_published() {
    for (text, place) in [
        ("---\ntitle: a\nstatus: draft\n\nText.\n", "---"),
        ("---\n# a comment\ntitle: a\n", "---"),
        ("---\n- a\n- b\n---\nText.\n", "---"),
        ("---\nText.\nstatus: draft\n---\nText.\n", "---"),
        ("---\ntitle: a\nstatus draft\n---\nText.\n", "status draft"),
        ("# A <!-- b -->\n\n```toml\nstatus = \"draft\"\n```\n", "# A"),
    ] {
        let (found, source) = findings(text);
        let found: Vec<&Diagnostic> =
            found.iter().filter(|finding| ["D001", "D002"].contains(&finding.rule.code)).collect();
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].span.slice(&source.text).starts_with(place), "{text}");
    }
}
