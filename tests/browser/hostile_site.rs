//! A site with everything that authors write and themes forget.

use std::fmt::Write as _;

use casebook::rules::SAMPLE_REVIEW;

use crate::support::TestSite;

const ENDLESS: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

impl TestSite {
    /// Words without an end, 300 entries, 60 factors, code and tables wider than any page, markup that is none, text
    /// from right to left, and so many reviews that lists have pages.
    pub fn hostile() -> Self {
        let space = Self::empty();
        let base = "title = \"Hostile & <site> of the Donaudampfschifffahrtselektrizitätengesellschaft\"\n\
                    base_url = \"https://example.org/lessons/\"\norganisation = \"Ours\"\n";
        space.write("casebook.toml", base);
        space.write("content/factors.toml", registry());
        space.write("content/reviews/2024-03-04-edge-cpu.md", endless());
        space.write("content/reviews/2024-04-01-right-to-left.md", right_to_left());
        space.write("content/reviews/2024-05-06-emoji.md", emoji());
        for number in 0..110 {
            space.write(&format!("content/reviews/2023-{}-{number}.md", day(number)), plain(number));
        }
        space
    }
}

fn day(number: usize) -> String {
    format!("{:02}-{:02}", 1 + number / 28, 1 + number % 28)
}

fn registry() -> String {
    let mut registry = String::new();
    let names = [ENDLESS, "عامل بلا حدود 🍀", "A <b>bold</b> \\\"condition\\\" & so on", "Short"];
    for factor in 0..60 {
        let category = ["process", "tooling", "staffing", "monitoring", "design"][factor % 5];
        writeln!(
            registry,
            "[[factor]]\nid = \"f-{factor}\"\nname = \"{} {factor}\"\ncategory = \"{category}\"\n\
             definition = \"{ENDLESS} {factor} is the definition.\"\nask = [\"{ENDLESS}?\"]\naliases = [\"{}-{factor}\"]\n",
            names[factor % names.len()],
            "alias-without-an-end".repeat(4),
        )
        .unwrap();
    }
    registry
}

/// The sample review with another title and text, and with more of everything.
fn review(title: &str, edits: &[(&str, &str)]) -> String {
    let mut text =
        SAMPLE_REVIEW.replace("title = \"A filter rule took all CPU on the edge\"", &format!("title = \"{title}\""));
    text = text.replace("\"unbounded-computation\"", "\"f-0\"").replace("\"no-staged-rollout\"", "\"f-1\"");
    for (from, to) in edits {
        assert!(text.contains(from), "the sample review has no {from:?}");
        text = text.replace(from, to);
    }
    text
}

fn endless() -> String {
    let word = ENDLESS.repeat(3);
    let columns = "| a much longer heading than usual ".repeat(14);
    let rows = format!("{columns}|\n").repeat(40);
    let body = format!(
        "## Root cause\n\n{word}\n\n```rust\nlet {} = \"{word}\"; // a comment\n```\n\n{columns}|\n{}|\n{rows}\n\
         > [!WARNING]\n> Careful.\n\n# A first heading\n\n###### A deep one {word}\n\n<marquee>x</marquee>\n\n`{word}`\n\n\
         https://example.org/{word}\n\n- [ ] a task {word}\n- [x] done\n\n1. one\n   1. two\n      1. three {word}\n\n[^1]\n\n[^1]: A note {word}.\n",
        "x".repeat(200),
        "|-".repeat(14),
    );
    let many: String =
        (0..300).map(|at| format!("- 15:{:02}:{:02} — step {at} of many.\n", at / 60, at % 60)).collect();
    let factors: String = (2..60).map(|at| format!("[[factors]]\nid = \"f-{at}\"\nnote = \"{word}\"\n\n")).collect();
    let actions: String = (0..40)
        .map(|at| {
            format!(
                "[[actions]]\nid = \"more-{at}\"\nchange = \"Replace {ENDLESS} {at}\"\nkind = \"detect\"\n\
                 addresses = [\"f-{at}\", \"pager-on-silent\"]\nowner = \"{ENDLESS} team\"\ndue = 2025-01-0{}\nstatus = \"open\"\n\n",
                1 + at % 9
            )
        })
        .collect();
    review(
        &format!("{word} <script>alert(1)</script>"),
        &[
            ("## Root cause\n", &body),
            ("back on without the rule.\n", &format!("back on without the rule.\n{many}")),
            ("services = [\"edge proxy\"]", &format!("services = [\"{word}\", \"a\\\"><img src=x>\"]")),
            ("82 % of requests failed", &format!("{word} of requests failed")),
            ("[[accepted]]", &format!("{factors}{actions}[[accepted]]")),
            ("**Fast switch-off.**", &format!("**{word}.**")),
        ],
    )
}

fn right_to_left() -> String {
    let words = "توقفت خدمة المدفوعات لمدة سبع وعشرين دقيقة";
    review(
        &format!("{words} بعد تحديث"),
        &[
            ("A new filter rule used all CPU of the edge servers.", &format!("{words} מערכת התשלומים הושבתה.")),
            ("the rule is deployed", words),
            ("82 % of requests failed for 27 minutes.", words),
        ],
    )
}

fn emoji() -> String {
    let family = "👩‍👩‍👧‍👦🏳️‍🌈🇪🇺".repeat(30);
    review(
        "🔥 🚒 💸 🍀 Everything at once 🧯",
        &[
            ("services = [\"edge proxy\"]", "services = [\"💸 payouts\", \"決済サービス\"]\nkind = \"near-miss\""),
            ("kind = \"incident\"\n", ""),
            ("A new filter rule", &format!("{family} A new filter rule")),
        ],
    )
}

fn plain(number: usize) -> String {
    let day = day(number);
    let status = ["final", "interim", "withdrawn"]
        [usize::from(number.is_multiple_of(9)) + usize::from(number.is_multiple_of(18))];
    format!(
        "+++\ntitle = \"Incident number {number}\"\nseverity = \"P{}\"\nstatus = \"{status}\"\ntlp = \"TLP:CLEAR\"\n\
         perspective = \"collected\"\norganisation = \"Organisation {} {ENDLESS}\"\nservices = [\"service {}\"]\n\
         [impact]\nusers = \"Some.\"\n[[factors]]\nid = \"f-{}\"\nrole = \"primary\"\nnote = \"Here.\"\n\
         [[references]]\ntitle = \"The source\"\nurl = \"https://example.org/{number}\"\n+++\n\
         ## Summary\nIt broke.\n\n## Timeline\n- 2023-{day} 10:00 UTC — **Impact started** — it began.\n\
         - 11:00 — **Resolved** — it ended.\n",
        1 + number % 5,
        number % 3,
        number % 40,
        number % 60,
    )
}
