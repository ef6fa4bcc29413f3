//! The same review under front matter in each syntax is the same review.

use casebook::diagnostic::{Diagnostic, Example};
use casebook::document::{Fence, parse};
use casebook::lower::lower;
use casebook::model::{Policy, SeverityDefinition, Tlp};
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

/// The first finding of a short review with one line more in its front matter, and whether the review would be published.
fn outcome(line: &str) -> (Vec<String>, bool) {
    let text = SAMPLE_REVIEW.replacen("kind = ", &format!("{line}\nkind = "), 1);
    let (found, _) = findings(&in_yaml(&text));
    let document = document(&in_yaml(&text));
    let (review, _) = lower(&document, &Policy::default());
    let day = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
    (found.iter().map(|finding| format!("{} {}", finding.rule.code, finding.message)).collect(), review.is_public(day))
}

#[test]
fn keys_of_other_programs_are_no_mistakes() {
    for line in [
        "layout = \"post\"",
        "date = 2024-03-04T10:00:00Z",
        "authors = [\"robin@example.org\"]",
        "tags = [\"a\", 1]",
        "aliases = [\"/2020/old/\", \"https://example.org/old\"]",
        "draft = false",
        "published = true",
        "image = \"http://example.org/TODO.png\"",
    ] {
        assert_eq!(outcome(line), (vec![], true), "{line}");
    }
    for (line, code) in [("layuot = \"post\"", "D003"), ("aliases = [\"a b\"]", "D008")] {
        let (found, _) = outcome(line);
        assert!(found.len() == 1 && found[0].starts_with(code), "{line}: {found:?}");
    }
    let (found, _) = outcome("publishDate = 2099-01-01");
    let codes: Vec<&str> = found.iter().map(|finding| &finding[..4]).collect();
    assert_eq!(codes, ["D003", "P019"], "a day to come under a key that decides nothing");
}

#[test]
fn a_draft_of_another_program_is_withheld() {
    for line in ["draft = true", "published = false", "draft = \"yes\"", "drafts = true"] {
        let (found, is_public) = outcome(line);
        assert!(!is_public && !found.is_empty(), "{line}: {found:?}");
    }
    let text = SAMPLE_REVIEW.replacen("status = \"final\"", "draft = true", 1);
    let (found, _) = findings(&text);
    assert!(found.iter().all(|finding| finding.rule.code != "D004"), "{found:?}");
}

#[test]
fn short_forms_say_the_same() {
    let of = |from: &str, to: &str| {
        let text = SAMPLE_REVIEW.replacen(from, to, 1);
        assert_ne!(text, SAMPLE_REVIEW);
        let severity = |id: &str, name: &str| SeverityDefinition {
            id: id.to_owned(),
            name: name.to_owned(),
            aliases: vec![id.replace('P', "SEV")],
            review_within: None,
            act_within: None,
        };
        let severities = vec![severity("P1", "Critical"), severity("P2", "Major"), severity("P3", "Minor")];
        let (review, problems) = lower(&document(&text), &Policy { severities, ..Policy::default() });
        let problems: Vec<String> = problems.iter().map(|problem| problem.help.clone().unwrap_or_default()).collect();
        (review, problems)
    };
    for word in ["CLEAR", "clear", "tlp:clear", "TLP: CLEAR"] {
        let (review, problems) = of("TLP:CLEAR", word);
        assert_eq!((review.tlp.map(|tlp| tlp.value), problems), (Some(Tlp::Clear), vec![]), "{word}");
    }
    for word in ["TLP:WHITE", "clearly", "TLP"] {
        assert_eq!(of("TLP:CLEAR", word).0.tlp, None, "{word}");
    }
    for word in ["SEV-1", "sev 1", "Severity 1", "critical", "p1", "P-1", "priority 1"] {
        let (review, problems) = of("severity = \"P1\"", &format!("severity = \"{word}\""));
        assert_eq!((review.severity.map(|word| word.value), problems), (Some("P1".to_owned()), vec![]), "{word}");
    }
    let all = "`P1` (Critical, SEV1), `P2` (Major, SEV2), `P3` (Minor, SEV3)";
    for (word, near) in [("SEV2 - major", "P2"), ("high", "P2"), ("mayor", "P2"), ("medium impact", "P3")] {
        let (review, problems) = of("severity = \"P1\"", &format!("severity = \"{word}\""));
        assert_eq!(
            (review.severity, problems),
            (None, vec![format!("Did you mean `{near}`? It can be {all}.")]),
            "{word}"
        );
    }
    let (review, problems) = of("[impact]\nusers = \"82 %", "impact = \"82 %");
    assert_eq!(problems, [""; 0]);
    let texts: Vec<_> = review.impact.texts.iter().map(|(kind, text)| (*kind, text.value.as_str())).collect();
    assert_eq!(texts, [(None, "82 % of requests failed for 27 minutes.")]);
}

#[test]
fn what_is_given_as_unknown_is_said_and_not_asked_again() {
    let site = TestSite::site();
    site.edit("severity = \"P1\"", "severity = \"unknown\"");
    site.edit("reviewed = 2024-03-08", "reviewed = \"Unknown\"");
    site.edit("owner = \"Edge platform team\"\ndue = 2027-04-30", "owner = \"unknown\"\ndue = \"unknown\"");
    site.edit("severity_fit = { answer = \"yes\" }", "severity_fit = { answer = \"unknown\" }");
    let check = site.check();
    let codes: Vec<&str> = check.out.lines().filter_map(|line| line.split('[').nth(1)?.split(' ').next()).collect();
    assert_eq!(codes, ["R009"; 4], "{}", check.out);
    site.build().expect(0, &[]);
    let page = site.read("public/reviews/2024-03-04-edge-cpu.html");
    for words in ["Severity unknown", "Day of the review unknown", "Owner unknown", "Deadline unknown", ">Unknown<"] {
        assert!(page.contains(words), "{words}");
    }
    let data: serde_json::Value = serde_json::from_str(&site.read("public/data/casebook.json")).unwrap();
    let review = &data["reviews"][0];
    assert_eq!(review["unknown"], serde_json::json!(["severity", "reviewed"]));
    assert_eq!(review["actions"][1]["unknown"], serde_json::json!(["owner", "due"]));
    assert_eq!(
        (&review["severity"], &review["actions"][1]["owner"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
    // Of a collected review nobody here can be asked.
    site.edit("status = \"final\"", "status = \"final\"\nperspective = \"collected\"\norganisation = \"Acme\"");
    assert!(!site.check().out.contains("R009"));
}

#[test]
fn an_owner_that_is_nobody_is_none() {
    for owner in ["#123", "-", "N/A", "Everyone", "https://example.org/issues/12", "nobody"] {
        let site = TestSite::site();
        site.edit("owner = \"Edge platform team\"\ndue = 2027", &format!("owner = \"{owner}\"\ndue = 2027"));
        let said = format!("A002 action-without-owner] `{owner}` is no team or role");
        assert!(site.check().out.contains(&said), "{owner}: {}", site.check().out);
        site.build().expect(0, &[]);
        assert!(!site.read("public/data/casebook.json").contains(&format!("\"owner\": \"{owner}\"")), "{owner}");
    }
}
