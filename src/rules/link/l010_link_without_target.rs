//! L010: a passage is written like a link, a picture or a footnote and is none.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::LinkWithoutTarget)] };

static METADATA: Metadata = Metadata {
    code: "L010",
    name: "link-without-target",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Form,
    summary: "A link, picture or footnote has no target: nothing defines its label, or its address has a blank.",
    why: "Readers see the brackets instead of a link, and cannot get to what the text promises.",
    remedy: "Write the address behind the words, `[the ticket](https://…)`, or define the label on a line of its own: \
             `[ticket]: https://…`, `[^1]: The text of the footnote.` In addresses, blanks are written as `%20`.",
    wrong: Example::Edit { replace: "rule was removed.", with: "rule was removed, see [the ticket][ticket]." },
    right: Example::Edit {
        replace: "rule was removed.",
        with: "rule was removed, see [the ticket](https://example.org/tickets/42).",
    },
};

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited, findings};
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

    #[test]
    fn each_is_reported_where_it_stands() {
        let review =
            SAMPLE_REVIEW.replace("rule was removed.", "rule was removed [^1] ![a chart](two words.png) [a][b c].");
        let found = findings(&[(SAMPLE_PATH, &review)]);
        let places: Vec<&str> =
            found.iter().filter(|it| it.rule.code == "L010").map(|finding| finding.span.slice(&review)).collect();
        assert_eq!(places, ["[^1]", "![a chart](two words.png)", "[a][b c]"]);
    }

    #[test]
    fn pages_are_read_too() {
        let page = "+++\ntitle = \"About\"\n+++\nSee [the team][team].\n";
        assert_eq!(codes(&findings(&[("content/pages/about.md", page)])), ["L010"]);
        assert!(edited("rule was removed.", "rule was removed [sic] [1] at [10:30].").is_empty());
    }
}
