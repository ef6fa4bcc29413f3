//! D018: HTML is left out of the page.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::HtmlLeftOut)] };

static METADATA: Metadata = Metadata {
    code: "D018",
    name: "left-out-html",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Form,
    summary: "An element or attribute of HTML, or a part for programs such as `<?php … ?>`, is left out of the page.",
    why: "Readers see something other than the author meant: a video is missing, a colour that carries meaning is gone, \
          hidden words are visible. Pages run no code and load nothing from other servers, so most of HTML has no place \
          in a review.",
    remedy: "Say it in Markdown. These elements stay: `br`, `details`, `summary`, `kbd`, `sub`, `sup`, `img`, `a`, `del`, \
             `ins`, `mark`, `abbr`, tables, lists, headings and paragraphs. Put HTML that readers are meant to see between \
             backticks. Remove what nobody should read: the files that `per_review` writes beside a page hold the text as \
             it is written.",
    wrong: Example::Edit {
        replace: "rule was removed.",
        with: "rule was removed. <iframe src=\"https://example.org/talk\"></iframe>",
    },
    right: Example::Edit {
        replace: "rule was removed.",
        with: "rule was removed. See [the talk](https://example.org/talk).",
    },
};

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, findings};
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

    #[test]
    fn one_finding_names_all_of_a_kind() {
        let html = "<font color=red>a</font> <font>b</font> <font>c</font> <b style=\"x\">d</b> <script>e</script> <kbd>f</kbd>";
        let review = SAMPLE_REVIEW.replace("rule was removed.", html);
        let found = findings(&[(SAMPLE_PATH, &review)]);
        let messages: Vec<(&str, &str)> = found
            .iter()
            .filter(|finding| finding.rule.code == "D018")
            .map(|finding| (finding.message.as_str(), finding.span.slice(&review)))
            .collect();
        assert_eq!(
            messages,
            [
                (
                    "`<font>` is left out, and only the words inside it are shown, here and in 2 more places",
                    "<font color=red>",
                ),
                ("the attribute `style` of `<b>` is left out", "style=\"x\""),
                ("`<script>` and what it holds are left out", "<script>"),
            ]
        );
    }

    #[test]
    fn pages_are_read_too() {
        let page = "+++\ntitle = \"About\"\n+++\n<video src=\"x.mp4\">a</video>\n";
        assert_eq!(codes(&findings(&[("content/pages/about.md", page)])), ["D018"]);
    }
}
