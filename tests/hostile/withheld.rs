//! Nothing that is withheld reaches an output byte: a word in every place that a file has, withheld in every form.

use std::collections::BTreeMap;

use casebook::pipeline::{Audience, Options, corpus, prepare, render_all};
use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
use casebook::text::{Output, SitePath, SourceSet};
use chrono::NaiveDate;
use rayon::prelude::*;

use crate::support::yaml::in_yaml;

/// What must not be published.
const WORD: &str = "zqxcanary";

const CONFIG: &str = r#"title = "Lessons learned"
base_url = "https://example.org/lessons/"
description = "What the Example team learned."
organisation = "Example"
licence = "CC-BY-4.0"
[severities]
P1 = { name = "Critical", aliases = ["SEV1"], review_within = 7 }
[[marks]]
name = "Failover started"
[[categories]]
id = "vendor"
name = "Vendors"
description = "What others run for us."
[levels]
P014 = "off"
broken-link = "off"
unknown-weakness = "off"
duplicate-id = "off"
unsafe-id = "off"
unknown-key = "off"
missing-anchor = "off"
missing-asset = "off"
vague-link-text = "off"
[exports]
per_review = ["json", "markdown"]
"#;

const PAGE: &str = "+++\ntitle = \"About us\"\n+++\n\nWho we are, and how to reach us.\n";

const WORDS: &str = "[nav]\nreviews = \"Our reviews\"\n";

/// The files of the site, before anything is withheld in them.
fn files() -> BTreeMap<&'static str, String> {
    let review = SAMPLE_REVIEW.replace(
        "## What went well",
        "A table, a list, a note[^1] and a quotation:\n\n| Part | Said |\n|---|---|\n| edge | cell words |\n\n\
         - an item\n  - an item in it\n\n> quoted words\n\n```text\nfenced words\n```\n\n\
         Then `code words`, [link words](https://example.org/a) and ![alt words](a.png).\n\n[^1]: Footnote words.\n\n\
         ## Another heading\n\nLast words.\n\n## What went well",
    );
    let review = review.replace(
        "[[accepted]]",
        "[[references]]\ntitle = \"The status page\"\nurl = \"https://example.org/status/1\"\n\n\
         [[revisions]]\ndate = 2024-03-16\nchange = \"The start of the impact is exact.\"\n\n[[accepted]]",
    );
    BTreeMap::from([
        ("casebook.toml", CONFIG.to_owned()),
        (
            "content/factors.toml",
            SAMPLE_FACTORS.replace("aliases", "ask = [\"Can one change reach everything?\"]\naliases"),
        ),
        ("content/pages/about.md", PAGE.to_owned()),
        ("themes/default/i18n/en.toml", WORDS.to_owned()),
        (SAMPLE_PATH, review),
    ])
}

/// After these words of these files something is withheld.
const IN_BODIES: [(&str, &str); 27] = [
    (SAMPLE_PATH, "## Summary\n\n"),
    (SAMPLE_PATH, "A new filter rule"),
    (SAMPLE_PATH, "switched off until the rule was removed."),
    (SAMPLE_PATH, "## Timeline\n\n"),
    (SAMPLE_PATH, "- 2024-03-04 13:31 UTC"),
    (SAMPLE_PATH, "**Introduced**"),
    (SAMPLE_PATH, "the rule is deployed."),
    (SAMPLE_PATH, "- 13:40"),
    (SAMPLE_PATH, "## Root cause"),
    (SAMPLE_PATH, "Rules ran without a limit"),
    (SAMPLE_PATH, "| edge | cell"),
    (SAMPLE_PATH, "- an item\n  - an item"),
    (SAMPLE_PATH, "> quoted"),
    (SAMPLE_PATH, "```text\nfenced"),
    (SAMPLE_PATH, "`code"),
    (SAMPLE_PATH, "[link"),
    (SAMPLE_PATH, "![alt"),
    (SAMPLE_PATH, "[^1]: Footnote"),
    (SAMPLE_PATH, "## Another heading"),
    (SAMPLE_PATH, "Last words."),
    (SAMPLE_PATH, "- **Fast switch-off.**"),
    (SAMPLE_PATH, "- **Pager on"),
    (SAMPLE_PATH, "The first page was not heard"),
    (SAMPLE_PATH, "- **The rule's author was at work.**"),
    (SAMPLE_PATH, "The rule could be explained at once.\n"),
    ("content/pages/about.md", "Who we are"),
    ("content/pages/about.md", "how to reach us.\n"),
];

/// At the end of these words, inside of a string.
const IN_STRINGS: [(&str, &str); 27] = [
    (SAMPLE_PATH, "title = \"A filter rule"),
    (SAMPLE_PATH, "participants = [\"Edge platform"),
    (SAMPLE_PATH, "services = [\"edge"),
    (SAMPLE_PATH, "users = \"82 % of requests"),
    (SAMPLE_PATH, "note = \"The alert waited"),
    (SAMPLE_PATH, "controls = \"The error-rate alert"),
    (SAMPLE_PATH, "note = \"The expression could"),
    (SAMPLE_PATH, "change = \"Abort the evaluation"),
    (SAMPLE_PATH, "owner = \"Edge platform"),
    (SAMPLE_PATH, "evidence = \"The load test"),
    (SAMPLE_PATH, "title = \"The status"),
    (SAMPLE_PATH, "change = \"The start of"),
    (SAMPLE_PATH, "reason = \"Rules are released"),
    ("content/pages/about.md", "title = \"About"),
    ("content/factors.toml", "name = \"Unbounded"),
    ("content/factors.toml", "definition = \"A piece of work"),
    ("content/factors.toml", "ask = [\"Can one"),
    ("content/factors.toml", "aliases = [\"big-bang"),
    ("casebook.toml", "title = \"Lessons"),
    ("casebook.toml", "description = \"What"),
    ("casebook.toml", "organisation = \"Exam"),
    ("casebook.toml", "licence = \"CC"),
    ("casebook.toml", "name = \"Critical"),
    ("casebook.toml", "name = \"Failover"),
    ("casebook.toml", "name = \"Vendors"),
    ("casebook.toml", "description = \"What others"),
    ("themes/default/i18n/en.toml", "reviews = \"Our"),
];

/// How a passage is withheld: what stands before it and after it. Those that are closed leave a good site.
const FORMS: [(&str, &str); 6] = [
    ("<!-- internal -->", "<!-- /internal -->"),
    ("<!-- INTERNAL -->", "<!--/internal-->"),
    ("<!-- ", " -->"),
    ("<!-- a note <!-- internal --> ", "<!-- /internal -->"),
    ("<!-- internal -->", ""),
    ("<!-- ", ""),
];

/// The same inside of strings of TOML, where characters have escapes.
const ESCAPED_FORMS: [(&str, &str); 4] = [
    ("\\u003c!-- internal --\\u003e", "\\U0000003C!-- /internal -->"),
    ("<\\u0021-- ", " --\\u003E"),
    ("\\u003c!-- internal -->", ""),
    ("\\u003c!-- ", ""),
];

/// Definitions that no link uses are comments to those who write them. They have paragraphs of their own.
const DEFINITIONS: [(&str, &str); 4] =
    [("\n\n[//]: # (", ")\n"), ("\n\n[//]: # \"", "\"\n"), ("\n\n[comment]: <> (", ")\n"), ("\n\n[_note]: # '", "'\n")];

const PARAGRAPHS: [(&str, &str); 4] = [
    (SAMPLE_PATH, "switched off until the rule was removed."),
    (SAMPLE_PATH, "Last words."),
    (SAMPLE_PATH, "The rule could be explained at once."),
    ("content/pages/about.md", "how to reach us."),
];

/// Blocks around a key, between comments of YAML.
const YAML_BLOCKS: [(&str, &str); 3] = [
    ("\n# <!-- internal -->\nowner: ", "\n# <!-- /internal -->"),
    ("\n# <!-- internal -->\nnotes:\n  - a: \"b\"\n  - ", "\n# <!-- /internal -->"),
    ("\n# <!-- internal -->\nnote: |\n  ", "\n  more\n# <!-- /internal -->"),
];

/// A file, the words after which something is put, and what is put there, with `{}` for the passage.
struct Placement {
    file: &'static str,
    after: &'static str,
    form: (&'static str, &'static str),
    syntax: Syntax,
}

/// What the front matter of the review is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Toml,
    Yaml,
}

fn placements() -> Vec<Placement> {
    let place = |forms: &'static [(&str, &str)], places: &'static [(&str, &str)]| -> Vec<Placement> {
        let in_place = |(file, after): &(&'static str, &'static str)| {
            let (file, after) = (*file, *after);
            forms.iter().map(move |form| Placement { file, after, form: *form, syntax: Syntax::Toml })
        };
        places.iter().flat_map(in_place).collect()
    };
    let mut all = place(&FORMS, &IN_BODIES);
    all.extend(place(&FORMS, &IN_STRINGS));
    all.extend(place(&ESCAPED_FORMS, &IN_STRINGS));
    all.extend(place(&DEFINITIONS, &PARAGRAPHS));
    for (file, after) in IN_STRINGS.into_iter().filter(|(file, _)| *file == SAMPLE_PATH) {
        let after = after.rsplit('"').next().unwrap();
        all.extend(FORMS.map(|form| Placement { file, after, form, syntax: Syntax::Yaml }));
    }
    let blocks =
        YAML_BLOCKS.iter().flat_map(|form| ["kind: \"incident\"", "status: \"final\""].map(|after| (after, *form)));
    all.extend(blocks.map(|(after, form)| Placement { file: SAMPLE_PATH, after, form, syntax: Syntax::Yaml }));
    all
}

impl Placement {
    fn name(&self) -> String {
        format!("{} after {:?}: {}…{}", self.file, self.after, self.form.0, self.form.1)
    }

    fn is_closed(&self) -> bool {
        !self.form.1.is_empty()
    }

    /// Whether the passage is shown on purpose: comments in code are code.
    fn is_code(&self) -> bool {
        self.after.starts_with('`') && !self.form.0.to_lowercase().contains("internal")
    }

    fn sources(&self, passage: &str) -> SourceSet {
        let mut sources = SourceSet::default();
        for (path, text) in files() {
            let put = format!("{}{}{passage}{}", self.after, self.form.0, self.form.1);
            let text = if path == SAMPLE_PATH && self.syntax == Syntax::Yaml { in_yaml(&text) } else { text };
            let text = if path == self.file {
                assert!(text.contains(self.after), "{}", self.name());
                text.replacen(self.after, &put, 1)
            } else {
                text
            };
            sources.add_text(SitePath::new(path).unwrap(), &text);
        }
        sources
    }
}

fn options() -> Options {
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    Options { today, base_url: None, audience: Audience::Public }
}

/// Every output with its bytes; or the codes of the findings that keep it from being built.
fn build(sources: &SourceSet) -> Result<BTreeMap<String, String>, Vec<String>> {
    let prepared = prepare(sources, &options());
    let Some(renderer) = prepared.renderer else {
        let told = |finding: &casebook::diagnostic::Diagnostic| format!("{} {}", finding.rule.code, finding.message);
        return Err(prepared.findings.iter().map(told).collect());
    };
    let outputs = render_all(&renderer, |path, output| match output {
        Output::Bytes(bytes) => Ok((path.to_string(), String::from_utf8_lossy(&bytes).into_owned())),
        Output::Copy(from) => Ok::<_, ()>((path.to_string(), from.to_string())),
    });
    Ok(outputs.unwrap_or_else(|_| panic!("a page could not be rendered")).into_iter().collect())
}

/// The text with one layer of entities, percent signs and escapes taken away.
fn decoded(text: &str) -> String {
    let text = text.replace("\r\n ", "").replace("&#99;", "c").replace("%61", "a").replace("\\u0063", "c");
    text.to_lowercase()
}

/// What is wrong with the site that a placement gives.
fn fault(placement: &Placement) -> Option<String> {
    let told = |what: String| Some(format!("{}: {what}", placement.name()));
    let sources = placement.sources(WORD);
    // What may be published, whether there are errors or not.
    let kept = format!("{:?}", corpus(&sources, &options()).0);
    if decoded(&kept).contains(WORD) {
        let at = decoded(&kept).find(WORD).unwrap_or(0);
        return told(format!(
            "it is in the corpus: {:?}",
            kept.chars().skip(at.saturating_sub(90)).take(140).collect::<String>()
        ));
    }
    match build(&sources) {
        Ok(outputs) => {
            let leak = outputs.iter().find(|(path, text)| decoded(path).contains(WORD) || decoded(text).contains(WORD));
            if let Some((path, _)) = leak {
                return told(format!("it is in {path}"));
            }
            if !placement.is_closed() {
                return told("nobody says that it is never closed".to_owned());
            }
            // Two of the forms are enough, and only bodies have passages of several lines.
            let is_compared = placement.form == FORMS[0] || placement.form == FORMS[2];
            let is_toml = IN_STRINGS.contains(&(placement.file, placement.after));
            let (long, short) = if is_toml || placement.syntax == Syntax::Yaml {
                ("a longer passage", "a")
            } else {
                ("a longer\n\npassage", "a\nb")
            };
            let differs = || build(&placement.sources(long)) != build(&placement.sources(short));
            (is_compared && differs()).then(|| format!("{}: its length can be told", placement.name()))
        }
        Err(findings) if placement.is_closed() => told(format!("the site is refused: {findings:?}")),
        Err(findings) if findings.iter().any(|finding| finding.starts_with("P001")) => None,
        Err(findings) => told(format!("it is refused for another reason: {findings:?}")),
    }
}

#[test]
fn no_placement_of_a_withheld_passage_is_published() {
    let placements = placements();
    assert!(placements.len() >= 250, "only {} placements", placements.len());
    let faults: Vec<String> =
        placements.par_iter().filter(|placement| !placement.is_code()).filter_map(fault).collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), placements.len(), faults.join("\n"));
}

/// What a placement would publish if it were not withheld is in the outputs, so that the test above would see it.
#[test]
fn a_published_word_is_seen_by_the_test() {
    let is_seen = |(file, after): &(&'static str, &'static str)| {
        // Each of these breaks something when it is not withheld: a date, a mark, an item, a label.
        let breaks = ["## Timeline", "- 2024-03-04", "- 13:40", "**Introduced**", "- **Pager on"];
        let is_shown_nowhere = ["Failover", "Vendors", "What others"].iter().any(|word| after.contains(word));
        let placement = Placement { file, after, form: (" ", " "), syntax: Syntax::Toml };
        let outputs = build(&placement.sources(WORD));
        let is_seen = |outputs: BTreeMap<String, String>| outputs.values().any(|text| decoded(text).contains(WORD));
        outputs.map_or_else(|_| breaks.iter().any(|start| after.starts_with(start)), is_seen) || is_shown_nowhere
    };
    let unseen: Vec<_> = IN_BODIES.par_iter().chain(&IN_STRINGS).filter(|place| !is_seen(place)).collect();
    assert!(unseen.is_empty(), "{unseen:?}");
}

/// The withheld review beside the sample, by what keeps it from readers.
const KEPT_BY: [(&str, &str); 5] = [
    ("status = \"final\"", "status = \"draft\""),
    ("TLP:CLEAR", "TLP:RED"),
    ("TLP:CLEAR", "TLP:AMBER+STRICT"),
    ("publish = 2024-03-15", "publish = 2099-01-01"),
    ("publish = 2024-03-15", "pubish = 2024-03-15"),
];

/// Where a published file names it, or something that only it has.
const NAMED_BY: [(&str, &str, &str); 15] = [
    (SAMPLE_PATH, "services = [", "related = [\"zqxcanary-review\"]\nservices = ["),
    (SAMPLE_PATH, "services = [", "related = [\"ZQXcanary-Old\"]\nservices = ["),
    (SAMPLE_PATH, "services = [", "aliases = [\"zqxcanary-old\"]\nservices = ["),
    (SAMPLE_PATH, "services = [", "aliases = [\"zqxcanary-review\"]\nservices = ["),
    (SAMPLE_PATH, "addresses = [\"no-staged", "addresses = [\"zqxcanary-factor\", \"no-staged"),
    (SAMPLE_PATH, "addresses = [\"no-staged", "addresses = [\"zqxcanary-alias\", \"no-staged"),
    (SAMPLE_PATH, "addresses = [\"no-staged", "addresses = [\"zqxcanary-label\", \"no-staged"),
    (SAMPLE_PATH, "[[accepted]]", "[[accepted]]\nweakness = \"zqxcanary-factor\"\nreason = \"x\"\n\n[[accepted]]"),
    (SAMPLE_PATH, "Last words.", "Last words: [it](zqxcanary-review.md)."),
    (SAMPLE_PATH, "Last words.", "Last words: [it][a].\n\n[a]: ../reviews/zqxcanary-review.md#summary"),
    (SAMPLE_PATH, "note = \"The expression", "note = \"[It](zqxcanary-review.md). The expression"),
    ("content/pages/about.md", "Who we are", "[Who](../reviews/zqxcanary-review.md) we are"),
    (SAMPLE_PATH, "Last words.", "Last words: https://example.org/lessons/reviews/ZQXcanary-review.html."),
    (SAMPLE_PATH, "Last words.", "Last words: like zqxcanary-old, and `zqxcanary-review`"),
    ("content/factors.toml", "", ""),
];

#[test]
fn nothing_names_a_review_that_is_withheld() {
    let mut faults = Vec::new();
    for (from, to) in KEPT_BY {
        for (file, before, named) in NAMED_BY {
            let mut sources = SourceSet::default();
            for (path, text) in files() {
                let text = if path == file { text.replacen(before, named, 1) } else { text };
                let text = if path == "content/factors.toml" {
                    format!(
                        "{text}\n[[factor]]\nid = \"zqxcanary-factor\"\nname = \"A zqxcanary\"\ncategory = \"design\"\n\
                             definition = \"Zqxcanary.\"\naliases = [\"zqxcanary-alias\"]\n"
                    )
                } else {
                    text
                };
                sources.add_text(SitePath::new(path).unwrap(), &text);
            }
            let withheld = SAMPLE_REVIEW
                .replace(from, to)
                .replace("services = [", "aliases = [\"zqxcanary-old\"]\nservices = [")
                .replace("**Pager on silent.**", "**Zqxcanary label.**")
                .replace("pager-on-silent", "zqxcanary-label")
                .replace("unbounded-computation", "zqxcanary-factor");
            sources.add_text(SitePath::new("content/reviews/zqxcanary-review.md").unwrap(), &withheld);
            // What a text itself says is not cut out of it: that is an error.
            let is_in_text = named.starts_with("Last words") || named.starts_with("[Who]");
            let outputs = match build(&sources) {
                Err(findings) if is_in_text => {
                    assert!(findings.iter().any(|finding| finding.starts_with("P018")), "{named}: {findings:?}");
                    continue;
                }
                Err(findings) => panic!("{to}: {named}: {findings:?}"),
                Ok(outputs) => outputs,
            };
            let leak = outputs.iter().find(|(path, text)| decoded(path).contains(WORD) || decoded(text).contains(WORD));
            faults.extend(leak.map(|(path, _)| format!("{to}: {file} {named:?} is in {path}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Comments that look like code, or code that looks like a comment: what no page shows as code is none.
#[test]
fn only_what_pages_show_as_code_keeps_its_comments() {
    let publishes = |file: &str, from: &str, to: &str| {
        let mut sources = SourceSet::default();
        for (path, text) in files() {
            let text = if path == file { text.replacen(from, to, 1) } else { text };
            sources.add_text(SitePath::new(path).unwrap(), &text);
        }
        match build(&sources) {
            Ok(outputs) => outputs.values().any(|text| decoded(text).contains(WORD)),
            Err(findings) => {
                assert!(findings.iter().any(|finding| finding.starts_with("P001")), "{to}: {findings:?}");
                false
            }
        }
    };
    for text in [
        "Last words.\n\n~~~ info <!-- zqxcanary -->\na\n~~~",
        "Last words.\n\n```<!-- zqxcanary -->\na\n```",
        "Last words.\n\n\t<!-- zqxcanary -->",
        "Last words.\n\n- a\n\n      <!-- zqxcanary -->",
        "Last words.\n[//]: # (first)\n[//]: # (zqxcanary)",
        "Last words.\n\n[comment zqxcanary]: #",
        // The rest of a comment that holds another, and code by accident.
        "Last words.\n\n<!-- a\n<!-- b --> zqxcanary\n-->",
        "Last words.\n\n<!--\na <!-- internal --> b <!-- /internal -->\nzqxcanary\n-->",
        "Last words. zqxcanary -->",
        "Last words. <!--> zqxcanary -->",
        "Last words.\n\n<!-- a\n\n<!-- b -->\n\nzqxcanary --> c",
        "Last words:\n\n````\na\n```\n\n<!-- zqxcanary -->",
        "The ` key <!-- zqxcanary --> and the ` key.",
    ] {
        assert!(!publishes(SAMPLE_PATH, "Last words.", text), "{text}");
    }
    for code in ["Last `words <!-- zqxcanary -->`.", "Last words:\n\n```\n<!-- zqxcanary -->\n```"] {
        assert!(publishes(SAMPLE_PATH, "Last words.", code), "{code}");
    }
    for (file, from) in [(SAMPLE_PATH, "The expression"), (SAMPLE_PATH, "A filter rule"), ("casebook.toml", "Lessons")]
    {
        let string = format!("`a <!-- {WORD} --> b` {from}");
        assert!(!publishes(file, from, &string), "{file}: {string}");
    }
    for label in ["# internal", "# [internal]", "# <!– internal –>", "# === INTERNAL ===", "# &lt;!-- internal --&gt;"]
    {
        let table = format!("{label}\nzqxcanary = \"a\"\n[impact]");
        assert!(!publishes(SAMPLE_PATH, "[impact]", &table), "{label}");
    }
    let embargo = "# <!-- internal -->\npublish = 2099-01-01\n# <!-- /internal -->";
    let mut sources = SourceSet::default();
    for (path, text) in files() {
        sources.add_text(SitePath::new(path).unwrap(), &text.replace("publish = 2024-03-15", embargo));
    }
    assert!(build(&sources).is_err_and(|findings| findings.iter().any(|finding| finding.starts_with("P001"))));
    assert!(corpus(&sources, &options()).0.reviews.is_empty(), "the review was under embargo");
}
