//! L003: the words of a link do not say where it leads.

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::document::Document;
use crate::rules::{Check, Library, ReviewContext, Rule, link_target, passage};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Review(check), Check::Library(check_pages)] };

static METADATA: Metadata = Metadata {
    code: "L003",
    name: "vague-link-text",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "The words of a link say only \"here\", \"link\" or \"this\".",
    why: "People who use a screen reader hear links one after another, without the sentences around them. In print, \
          only the words of a link are left.",
    remedy: "Let the words of the link name what it leads to: not `see [here](…)` but `see the [status post](…)`.",
    wrong: Example::Edit {
        replace: "rule was removed.",
        with: "rule was removed, see [here](https://example.org/status/42).",
    },
    right: Example::Edit {
        replace: "rule was removed.",
        with: "rule was removed, see the [status post](https://example.org/status/42).",
    },
};

/// Words that name nothing.
const VAGUE: [&str; 15] = [
    "here",
    "link",
    "this",
    "this link",
    "the link",
    "click here",
    "see here",
    "read more",
    "more",
    "this page",
    "this one",
    "it",
    "source",
    "url",
    "details here",
];

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    check_document(context.document, findings);
    for passage in passage::strings(context) {
        for written in link_target::links_in_string(&passage.text).filter(|written| !written.image) {
            if let Some(message) = complaint(written.words) {
                findings.add(&METADATA, passage.place(written.range), message);
            }
        }
    }
}

fn check_pages(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    for document in passage::pages(library) {
        let mut findings = Findings::new(&document.source.path);
        check_document(&document, &mut findings);
        found.extend(findings.into_vec());
    }
}

fn check_document(document: &Document, findings: &mut Findings<'_>) {
    for link in document.outline.links.iter().filter(|link| !link.image) {
        if let Some(message) = complaint(&link.text) {
            findings.add(&METADATA, link.span, message);
        }
    }
}

fn complaint(text: &str) -> Option<String> {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_vague = VAGUE.contains(&words.to_lowercase().as_str());
    is_vague.then(|| format!("\"{words}\" does not say where the link leads"))
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited, findings};

    #[test]
    fn pages_and_strings_are_read_too() {
        let page =
            "+++\ntitle = \"About\"\n+++\nRead [here](https://example.org/a), or ask [us](https://example.org/b).\n";
        assert_eq!(codes(&findings(&[("content/pages/about.md", page)])), ["L003"]);
        let note = "The rule reached every server in one step.";
        assert_eq!(
            codes(&edited(note, "Seen [here](https://example.org/x) and [in the log](https://example.org/y).")),
            ["L003"]
        );
    }
}
