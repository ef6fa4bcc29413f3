//! Texts made to be expensive: the worst that is known for each reader, rule and page.

use crate::kind::{Kind, Place};

const fn kind(name: &'static str, place: Place, count: usize, text: fn(usize) -> String) -> Kind {
    Kind { name, place, count, text }
}

pub fn numbered(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect()
}

/// Each of these took time or memory with the square of its length, or would if something were looked for from the
/// beginning of the line, the text or the list.
pub const KINDS: &[Kind] = &[
    kind("anchors in one line", Place::Body, 1_250, |n| "[a](#b) ".repeat(n)),
    kind("images in one line", Place::Body, 625, |n| "![some words](x.png) ".repeat(n)),
    kind("unencrypted links in one line", Place::Body, 750, |n| "[a](http://e.example/x) ".repeat(n)),
    kind("letters of two bytes before links", Place::Body, 750, |n| "é [here](https://e.example) ".repeat(n)),
    kind("human error in one line", Place::Body, 625, |n| "human error ".repeat(n)),
    kind("hindsight in one sentence", Place::Body, 375, |n| "he should have known ".repeat(n)),
    kind("durations in one line", Place::Body, 125, |n| "The outage lasted 2 hours. ".repeat(n)),
    kind("durations without a full stop", Place::Body, 125, |n| "an outage of 2 hours and ".repeat(n)),
    kind("tokens in one line", Place::Body, 93, |n| {
        numbered(n, |at| format!("ghp_q7Zt2Kx9Lw4Rv8Nb3Mc6Yd1P5Hf0{at:06}ab "))
    }),
    kind("passwords, one a line", Place::Body, 93, |n| numbered(n, |at| format!("password=vanilla7Tulip{at}\n\n"))),
    kind("allowances in one paragraph", Place::Body, 156, |n| "<!-- casebook: allow B001: x -->\n".repeat(n)),
    kind("allowances with findings", Place::Body, 75, |n| {
        "<!-- casebook: allow B002: x --> he should have known.\n".repeat(n)
    }),
    kind("list signs before allowances", Place::Body, 156, |n| {
        format!("{}a\n{}", "- ".repeat(40 * n), "<!-- casebook: allow B001: x -->\n".repeat(n))
    }),
    kind("sections with items", Place::Body, 375, |n| "## What went well\n\n- **a.** b\n\n".repeat(n)),
    kind("headings and anchors", Place::Body, 93, |n| "### [a](#b)\n\n".repeat(n)),
    // Nearest headings are looked for up to a budget, which is used up from here on.
    kind("headings to choose from", Place::Body, 1_200, |n| numbered(n, |at| format!("### [a](#b{at}) c{at}\n\n"))),
    kind("short-codes in a heading", Place::Body, 3_750, |n| format!("## {}", ":a:".repeat(n))),
    kind("quotations", Place::Body, 625, |n| "> a\n\n".repeat(n)),
    kind("open braces", Place::Body, 1_875, |n| "{{a ".repeat(n)),
    kind("images in images", Place::Body, 250, |n| "![a ".repeat(n) + &"](x)".repeat(n)),
    kind("addresses in one line", Place::Body, 500, |n| "https://e.example/x_(y)&amp;z. ".repeat(n)),
    kind("addresses that do not end", Place::Body, 1_250, |n| {
        format!("{} {}", "http://e.example/)".repeat(n), "a@".repeat(n))
    }),
    kind("short codes that are none", Place::Body, 1_875, |n| ":a:b::c_d:".repeat(n)),
    kind("links that are none", Place::Body, 500, |n| "[a][b c] x[^d] [e](f g.md) [^".repeat(n)),
    kind("open elements in one line", Place::Body, 625, |n| "<b>*a <kbd>".repeat(n)),
    kind("links that are not closed", Place::Body, 312, |n| "<a href=\"x\">_b ".repeat(n)),
    kind("open blocks", Place::Body, 250, |n| "<details>\n<ul><li>a\n\nb\n\n".repeat(n)),
    kind("scripts without end", Place::Body, 500, |n| "<div><script>a <!--\n".repeat(n)),
    kind("entities in a block", Place::Body, 500, |n| format!("<div>{}</div>", "&amp;x & ".repeat(n))),
    kind("attributes", Place::Body, 625, |n| format!("<div {}>", "a=\"b\" ".repeat(n))),
    kind("definitions in definitions", Place::Body, 187, |n| format!("a\n{}", ": ".repeat(n))),
    kind("marked entries", Place::Timeline, 125, |n| "- 2020-01-01 10:00 UTC — **Decision** — a.\n".repeat(n)),
    kind("entries in no order", Place::Timeline, 125, |n| {
        numbered(n, |at| format!("- 20{}-01-01 10:00 UTC — a.\n", 10 + at % 9))
    }),
    kind("marks of one entry", Place::Timeline, 500, |n| {
        format!("- 2020-01-01 10:00 UTC — **{}** — a.\n", "Decision, ".repeat(n))
    }),
    kind("headings with times", Place::Timeline, 187, |n| "### 2020-01-01 10:00 UTC\n\n- a\n\n".repeat(n)),
    kind("paragraphs with times", Place::Timeline, 250, |n| "2020-01-01 10:00 UTC — a.\n\n".repeat(n)),
    kind("paragraphs between headings", Place::Timeline, 187, |n| "10:00 UTC — a.\n\n### b\n\nc\n\n".repeat(n)),
    kind("days with times in nested lists", Place::Timeline, 187, |n| "- 2020-01-01\n  - 10:00 UTC — a.\n".repeat(n)),
    kind("times in one nested list", Place::Timeline, 375, |n| {
        format!("- 2020-01-01\n{}", "  - 10:00 UTC — a.\n".repeat(n))
    }),
    kind("items below an item", Place::Timeline, 375, |n| format!("- 10:00 UTC — a.\n{}", "  - b\n".repeat(n))),
    kind("lines of days above lists", Place::Timeline, 187, |n| "2020-01-01\n\n- 10:00 UTC — a.\n\n".repeat(n)),
    kind("headings of days", Place::Timeline, 187, |n| "### 2020-01-01\n\n- 10:00 UTC — a.\n\n".repeat(n)),
    kind("headings of days above paragraphs", Place::Timeline, 187, |n| {
        "### 2020-01-01\n\n10:00 UTC — a.\n\n".repeat(n)
    }),
    kind("headings of days, each on a level", Place::Timeline, 187, |n| "### 2020-01-01\n\n#### b\n\nc\n\n".repeat(n)),
    kind("rows", Place::Timeline, 250, |n| {
        format!("| Time (UTC) | Event |\n|-|-|\n{}", "| 2020-01-01 10:00 | a |\n".repeat(n))
    }),
    kind("tables", Place::Timeline, 93, |n| "| Time (UTC) | Event |\n|-|-|\n| 2020-01-01 10:00 | a |\n\n".repeat(n)),
    kind("times in unknown zones", Place::Timeline, 125, |n| "- 2020-01-01 10:00 CST — a.\n".repeat(n)),
    kind("entries without a time", Place::Timeline, 250, |n| format!("- 2020-01-01 10:00 UTC\n{}", "- a.\n".repeat(n))),
    kind("headings without a text", Place::Body, 375, |n| "## a\n\n".repeat(n)),
    kind("footnotes", Place::Body, 187, |n| numbered(n, |at| format!("a *b*[^{at}]\n\n[^{at}]: c\n\n"))),
    kind("labels", Place::Poorly, 250, |n| numbered(n, |at| format!("- **a {at}.** b\n"))),
    kind("factors", Place::Front, 62, |n| numbered(n, |at| format!("[[factors]]\nid = \"x{at}\"\n"))),
    kind("actions", Place::Front, 62, |n| {
        numbered(n, |at| format!("[[actions]]\nid = \"x{at}\"\nchange = \"Do {at}\"\naddresses = [\"y{at}\"]\n"))
    }),
    kind("factors in YAML", Place::Yaml, 62, |n| {
        format!("factors:\n{}", numbered(n, |at| format!("  - id: \"x{at}\"\n    note: ü {at}\n")))
    }),
    kind("keys in YAML", Place::Yaml, 1_250, |n| numbered(n, |at| format!("k{at}: v\n"))),
    kind("broken lines in YAML", Place::Yaml, 1_250, |n| "a: b: c\n".repeat(n)),
    kind("aliases in YAML", Place::Yaml, 312, |n| format!("a: &a b\nk: [{}]\n", "*a, ".repeat(n))),
    kind("aliases of aliases in YAML", Place::Yaml, 250, |n| {
        format!("a0: &a0 [x]\n{}", numbered(n, |at| format!("a{}: &a{} [*a{at}, *a{at}]\n", at + 1, at + 1)))
    }),
    kind("a long string in YAML", Place::Yaml, 625, |n| format!("x: |\n{}", "  some <words> of é\n".repeat(n))),
    kind("open brackets in YAML", Place::Yaml, 1_250, |n| format!("x: {}\n", "[".repeat(n))),
    kind("lists in each other in YAML", Place::Yaml, 1_250, |n| format!("x: {}a\n", "- ".repeat(n))),
    kind("tables in each other in YAML", Place::Yaml, 150, |n| numbered(n, |at| format!("{}a:\n", " ".repeat(at)))),
    kind("internal blocks in YAML", Place::Yaml, 125, |n| {
        numbered(n, |at| format!("# <!-- internal -->\nx{at}: é\n# <!-- /internal -->\n"))
    }),
    kind("a key without end", Place::Front, 1_250, |n| format!("[[actions]]\n{} = 1\n", "a".repeat(n))),
    kind("brackets that open", Place::Body, 1_875, |n| "[".repeat(n)),
    kind("brackets in brackets", Place::Body, 1_250, |n| format!("{}a{}", "[".repeat(n), "]".repeat(n))),
    kind("links in links", Place::Body, 500, |n| format!("{}a{}", "[".repeat(n), "](b)".repeat(n))),
    kind("parentheses after a link", Place::Body, 1_250, |n| format!("[a]({}", "(".repeat(n))),
    kind("emphasis that opens", Place::Body, 1_250, |n| "*a _b ~~c ".repeat(n)),
    kind("asterisks", Place::Body, 625, |n| format!("{}a{}", "*".repeat(n), "*".repeat(n))),
    kind("code in signs of rising number", Place::Body, 625, |n| {
        numbered(n, |at| format!("{}a ", "`".repeat(at % 60)))
    }),
    kind("fences that open", Place::Body, 500, |n| "````\n```\na\n".repeat(n)),
    kind("definitions of links", Place::Body, 375, |n| numbered(n, |at| format!("[a{at}]: x\n"))),
    kind("uses of one definition", Place::Body, 500, |n| format!("[a]: x\n\n{}", "[a] ".repeat(n))),
    kind("uses of one long definition", Place::Body, 125, |n| {
        format!("[a]: https://e.example/{}\n\n{}", "x".repeat(n), "[a] ".repeat(n))
    }),
    kind("uses of one footnote", Place::Body, 500, |n| format!("[^a]: b\n\n{}", "c[^a] ".repeat(n))),
    kind("definitions", Place::Body, 250, |n| "a\n: b\n\n".repeat(n)),
    kind("rows of a table", Place::Body, 500, |n| format!("|a|b|\n|-|-|\n{}", "|x|y|\n".repeat(n))),
    kind("signs of rows", Place::Body, 1_875, |n| format!("a\n{}\n", "|".repeat(n))),
    kind("tasks", Place::Body, 500, |n| "- [ ] a\n".repeat(n)),
    kind("lists on rising levels", Place::Body, 250, |n| numbered(n, |at| format!("{}- a\n", "  ".repeat(at % 30)))),
    kind("headings on every level", Place::Body, 250, |n| {
        numbered(n, |at| format!("{} a {at}\n\n", "#".repeat(2 + at % 5)))
    }),
    kind("headings below lines", Place::Body, 375, |n| "a\n===\n\n".repeat(n)),
    kind("comments", Place::Body, 375, |n| "<!-- a --> b\n".repeat(n)),
    kind("comments that open", Place::Body, 1_250, |n| "a <!-- ".repeat(n)),
    kind("internal blocks", Place::Body, 250, |n| "<!-- internal -->a<!-- /internal -->b\n\n".repeat(n)),
    kind("what resembles a marker", Place::Body, 250, |n| "<internal> <!– internal –> ".repeat(n)),
    kind("one long word", Place::Body, 12_500, |n| "a".repeat(n)),
    kind("one long line", Place::Body, 2_500, |n| "word ".repeat(n)),
    kind("one long line of other letters", Place::Body, 1_250, |n| "слово ß İ ﬁ ".repeat(n)),
    kind("accents on one letter", Place::Body, 1_875, |n| format!("a{}", "\u{301}".repeat(n))),
    kind("blank lines", Place::Body, 6_250, |n| "\n".repeat(n)),
    kind("lines of blanks", Place::Body, 1_250, |n| "     \t\n".repeat(n)),
    kind("entities in one line", Place::Body, 1_250, |n| "&#x41;&lt;&nope; ".repeat(n)),
    kind("numbers of issues", Place::Body, 625, |n| "#1 a/b#2 c@d 0a1b2c3 ".repeat(n)),
    kind("names of persons", Place::Body, 312, |n| "Priya said that Tom forgot. ".repeat(n)),
    kind("addresses of persons", Place::Body, 312, |n| "priya.x@mail.example and @priya ".repeat(n)),
    kind("attendees", Place::Body, 187, |n| numbered(n, |at| format!("**Attendees:** Priya {at}, Tom {at}\n\n"))),
    kind("facts", Place::Body, 187, |n| numbered(n, |at| format!("**Label {at}:** value\n\n"))),
    kind("words of a seed phrase", Place::Body, 625, |n| "abandon ability able ".repeat(n)),
    kind("beginnings of private keys", Place::Body, 187, |n| "-----BEGIN RSA PRIVATE KEY-----\n".repeat(n)),
    kind("beginnings of tokens", Place::Body, 625, |n| "ghp_ AKIA eyJ.eyJ. xoxb- ".repeat(n)),
    kind("internal addresses", Place::Body, 250, |n| "http://a.internal/x 10.0.0.1 /home/priya/x ".repeat(n)),
    kind("sections of one kind", Place::Body, 187, |n| "## Impact\n\na\n\n".repeat(n)),
    kind("labels that may be headings", Place::Body, 250, |n| "**Summary**: a\n\n- **Timeline**: b\n\n".repeat(n)),
    kind("questions of five whys", Place::Body, 250, |n| "1. Why did it fail? Because.\n".repeat(n)),
    kind("code in a language", Place::Body, 375, |n| format!("```rust\n{}```\n", "fn a() { \"b\" }\n".repeat(n))),
    kind("directions of letters", Place::Body, 625, |n| "\u{202e}a\u{2066}b".repeat(n)),
    kind("marked actions", Place::Actions, 120, |n| {
        numbered(n, |at| format!("- [ ] Do {at} (Owner: team, 2026-05-01)\n"))
    }),
    kind("rows of actions", Place::Actions, 120, |n| {
        format!("| Action | Owner | Due |\n|-|-|-|\n{}", numbered(n, |at| format!("| Do {at} | team | 2026-05-01 |\n")))
    }),
    kind("the same action", Place::Actions, 250, |n| "- Stage the rollout, Priya, Q1, #12\n".repeat(n)),
    kind("sections of actions", Place::Actions, 187, |n| "### Short term\n\n- Do it\n\n".repeat(n)),
    kind("factors in the text", Place::Factors, 120, |n| {
        numbered(n, |at| format!("- **Condition {at}.** It was so.\n"))
    }),
    kind("the same factor", Place::Factors, 250, |n| "- **No staged rollout** (primary)\n".repeat(n)),
    kind("times without a sense", Place::Timeline, 187, |n| "- 7:7:47 1005 17:14pm ~ca. 3/18 — a.\n".repeat(n)),
    kind("times in one line", Place::Timeline, 375, |n| format!("- {} — a.\n", "10:05 UTC – ".repeat(n))),
    kind("words of approximation", Place::Timeline, 500, |n| format!("- {}10:05 — a.\n", "about ~ ca. ".repeat(n))),
    kind("sentences about zones", Place::Timeline, 125, |n| {
        format!("{}\n\n- 10:05 — a.\n", "All times in UTC. ".repeat(n))
    }),
    kind("ranges over midnight", Place::Timeline, 125, |n| "- 22:00 – 02:00 UTC — a.\n".repeat(n)),
    kind("columns", Place::Timeline, 187, |n| {
        format!("|{}\n|{}\n|{}\n", "Time|".repeat(n), "-|".repeat(n), "10:05|".repeat(n))
    }),
    kind("keys", Place::Front, 1_250, |n| numbered(n, |at| format!("k{at} = 1\n"))),
    kind("tables", Place::Front, 625, |n| numbered(n, |at| format!("[k{at}]\n"))),
    kind("tables in each other", Place::Front, 1_250, |n| format!("[{}a]\n", "a.".repeat(n))),
    kind("one key in each other", Place::Front, 1_250, |n| format!("{}a = 1\n", "a.".repeat(n))),
    kind("keys of one table, apart", Place::Front, 500, |n| numbered(n, |at| format!("k.a{at}.b = 1\n"))),
    kind("open lists", Place::Front, 1_250, |n| format!("x = {}\n", "[".repeat(n))),
    kind("open tables in one line", Place::Front, 625, |n| format!("x = {}\n", "{a = ".repeat(n))),
    kind("broken lines", Place::Front, 312, |n| "= = \"\n".repeat(n)),
    kind("the same key", Place::Front, 625, |n| "k = 1\n".repeat(n)),
    kind("a long text", Place::Front, 625, |n| {
        format!("x = \"\"\"\n{}\"\"\"\n", "some <words> of é \\u0041\n".repeat(n))
    }),
    kind("services", Place::Front, 120, |n| {
        format!("organisations = [{}]\n", numbered(n, |at| format!("\"x{at}\", ")))
    }),
    kind("unknown factors of an action", Place::Front, 120, |n| {
        format!(
            "[[actions]]\nid = \"z\"\nchange = \"Do\"\naddresses = [{}]\n",
            numbered(n, |at| format!("\"y{at}\", "))
        )
    }),
    kind("severities", Place::Whole("casebook.toml"), 125, |n| {
        numbered(n, |at| format!("[severities.S{at}]\nname = \"Severity {at}\"\naliases = [\"sev {at}\"]\n"))
    }),
    kind("zones", Place::Whole("casebook.toml"), 312, |n| {
        format!("[zones]\n{}", numbered(n, |at| format!("Z{at} = \"Asia/Kolkata\"\n")))
    }),
    kind("places of reviews", Place::Whole("casebook.toml"), 250, |n| {
        numbered(n, |at| format!("[[reviews]]\nfiles = [\"d{at}/**/*.md\"]\nstatus = \"final\"\n"))
    }),
    kind("marks of a site", Place::Whole("casebook.toml"), 62, |n| {
        numbered(n, |at| format!("[[marks]]\nid = \"m{at}\"\nname = \"Mark {at}\"\n"))
    }),
    kind("a registry", Place::Whole("content/factors.toml"), 250, |n| {
        numbered(n, |at| {
            format!(
                "[[factor]]\nid = \"f{at}\"\nname = \"Condition {at}\"\ncategory = \"design\"\ndefinition = \"A {at}.\"\n"
            )
        })
    }),
    kind("other names of one factor", Place::Whole("content/factors.toml"), 120, |n| {
        format!(
            "[[factor]]\nid = \"f\"\nname = \"A\"\ncategory = \"design\"\ndefinition = \"A.\"\naliases = [{}]\n",
            numbered(n, |at| format!("\"g{at}\", "))
        )
    }),
    kind("reviews of another site", Place::Whole("content/sources/them.json"), 125, |n| {
        let whole: serde_json::Value = serde_json::from_str(include_str!("../fuzz/dataset.json")).unwrap();
        let review = |at: usize| {
            let mut review = whole["reviews"][0].clone();
            review["id"] = format!("r{at}").into();
            review
        };
        let mut dataset = whole.clone();
        dataset["reviews"] = (0..n).map(review).collect();
        dataset.to_string()
    }),
    kind("lists in each other in a dataset", Place::Whole("content/sources/them.json"), 3_125, |n| "[".repeat(n)),
    kind("words of a question", Place::Query, 187, |n| numbered(n, |at| format!("word{at} "))),
    kind("the same word of a question", Place::Query, 312, |n| "cpu -cpu ".repeat(n)),
    kind("phrases of a question", Place::Query, 187, |n| "\"the edge\" ".repeat(n)),
    kind("open phrases of a question", Place::Query, 1_250, |n| "\"a".repeat(n)),
    kind("filters of a question", Place::Query, 187, |n| numbered(n, |at| format!("service:x{at} nope:y "))),
    kind("one long word of a question", Place::Query, 6_250, |n| "a".repeat(n)),
    kind("elements in each other", Place::Import("a.html"), 1_250, |n| format!("<h1>Outage</h1>{}", "<div>".repeat(n))),
    kind("items of a page", Place::Import("a.html"), 187, |n| {
        format!("<h1>Outage</h1><ul>{}</ul>", "<li>a <b>b</b>".repeat(n))
    }),
    kind("rows of a page", Place::Import("a.html"), 125, |n| {
        format!("<h1>Outage</h1><table>{}</table>", "<tr><td>10:05<td>a".repeat(n))
    }),
    kind("attributes of a page", Place::Import("a.html"), 625, |n| {
        format!("<h1>Outage</h1><p {}>a", "b=\"c\" ".repeat(n))
    }),
    kind("issues", Place::Import("a.json"), 150, |n| {
        let issue = |at| {
            format!("{{\"number\": {at}, \"title\": \"Outage\", \"labels\": [], \"body\": \"## Summary\\n\\na\"}},")
        };
        format!("[{}{{}}]", numbered(n, issue))
    }),
    kind("tables of a wiki", Place::Import("a.wiki"), 125, |n| {
        format!("= Outage =\n{}", "{|\n|-\n| a || b\n|}\n".repeat(n))
    }),
    kind("templates in each other of a wiki", Place::Import("a.wiki"), 312, |n| {
        format!("= Outage =\n{}", "{{a|b=".repeat(n))
    }),
    kind("items of a file of entries", Place::Import("a.yaml"), 187, |n| {
        format!("title: Outage\nupdates:\n{}", "  - time: 10:05\n    text: a\n".repeat(n))
    }),
    kind("sections of a Markdown file", Place::Import("a.md"), 187, |n| {
        format!("# Outage\n\n{}", "## Summary\n\na\n\n".repeat(n))
    }),
    kind("reviews of one factor, all related", Place::Reviews, 30, |n| "r".repeat(n)),
    kind("files to be copied", Place::StaticFiles, 625, |n| "f".repeat(n)),
];
