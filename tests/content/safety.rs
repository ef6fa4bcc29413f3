//! What reports may not repeat, and what is not to be mistaken for a good review.

use crate::support::{TODAY, TestSite};
use casebook::rules::SAMPLE_REVIEW;

/// Secrets as they stand in reviews, each with the rule that finds it.
const SECRETS: [(&str, &str); 4] = [
    ("P002", "glpat-q7Zt2Kx9Lw4Rv8Nb3Mc6"),
    ("P004", "legal winner thank year wave sausage worth useful legal winner thank yellow"),
    ("P005", "vanilla-7-Tulip"),
    ("P005", "t0pf-Lappen-9"),
];

#[test]
fn no_report_repeats_a_secret() {
    let space = TestSite::site();
    let text = format!(
        "The token {} and the words `{}` were in `password = \"{}\"`, see \
         [the base](http://app:{}@db.acme-edge.org/here).",
        SECRETS[0].1, SECRETS[1].1, SECRETS[2].1, SECRETS[3].1
    );
    space.edit("Rules ran without a limit on CPU", &format!("{text} Rules ran without a limit on CPU"));
    for format in ["human", "concise", "json", "github", "sarif"] {
        let run = space.run(&["check", "--format", format, "--now", TODAY]);
        let said = format!("{}{}", run.out, run.err);
        for (rule, secret) in SECRETS {
            assert!(said.contains(rule), "{format}: {rule} is missing in {said}");
            assert!(!said.contains(secret), "{format} repeats {secret}: {said}");
        }
    }
    let human = space.run(&["check", "--now", TODAY]);
    assert!(human.out.contains("**********") && human.out.contains("The token"), "{}", human.out);
}

/// The front matter of a good review.
fn front() -> &'static str {
    &SAMPLE_REVIEW[..SAMPLE_REVIEW.rfind("+++").unwrap() + 4]
}

/// Documents that stand in folders of reviews and are none, in the shape of those that teams publish.
const NO_REVIEWS: [(&str, &str); 5] = [
    (
        "template",
        "# Incident: [title]\n\n## Summary\n\n_What happened, and how was it resolved?_\n\n## Timeline\n\n\
         - YYYY-MM-DD HH:MM UTC — what happened\n- HH:MM — ...\n\n## Root cause\n\nTBD\n\n## What went well\n\n- ...\n\n\
         ## What went poorly\n\n- ...\n\n## Where we got lucky\n\n- ...\n",
    ),
    (
        "guide",
        "# How we write post-mortems\n\nA post-mortem is blameless. Write it within five days.\n\n## Roles\n\nThe incident \
         commander leads, and the scribe writes.\n\n## Severity levels\n\n| Level | Meaning |\n|---|---|\n| P1 | All users |\n\n\
         ## Meeting\n\nRead the timeline aloud. Ask for what is missing.\n",
    ),
    (
        "readme",
        "# Post-mortems\n\nThis folder holds our post-mortems.\n\n- [Edge CPU](https://example.org/1)\n- [Card \
         checkout](https://example.org/2)\n\n## Contributing\n\nCopy `template.md` and open a pull request.\n",
    ),
    (
        "status posts",
        "# Degraded performance\n\n**Investigating** — We are looking into reports of slow pages.\n\n**Identified** — The \
         issue has been identified and a fix is being implemented.\n\n**Resolved** — This incident has been resolved.\n",
    ),
    (
        "notes of a meeting",
        "# Weekly sync\n\nAttendees: Jane Roe, Ali Kaya\n\n- 10:00 status of the migration\n- 10:20 hiring\n\n## Decisions\n\n\
         - We move the exercise to May.\n\n## Next steps\n\n- Book a room.\n",
    ),
];

/// Even with the front matter of a good review in front, each of them is found to be none.
#[test]
fn documents_that_are_no_reviews_are_not_mistaken_for_good_ones() {
    for (what, body) in NO_REVIEWS {
        let space = TestSite::site();
        space.write(casebook::rules::SAMPLE_PATH, format!("{}\n{body}", front()));
        let run = space.check();
        let lines = || run.out.lines().filter(|line| line.contains(": error[") || line.contains(": warning["));
        let rules: std::collections::BTreeSet<&str> = lines()
            .filter_map(|line| line.split(['[', ' ']).find(|word| word.len() == 4 && word[1..].parse::<u16>().is_ok()))
            .collect();
        assert!(rules.iter().any(|rule| rule.starts_with(['S', 'T'])), "{what}: {}", run.out);
        assert!(lines().count() >= 3 && rules.len() >= 2, "{what} passes for a review: {}", run.out);
    }
}
