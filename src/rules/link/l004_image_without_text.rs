//! L004: an image has no alternative text.

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::document::{Document, Link};
use crate::rules::{Check, Library, ReviewContext, Rule, passage};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Review(check), Check::Library(check_pages)] };

static METADATA: Metadata = Metadata {
    code: "L004",
    name: "image-without-text",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Completeness,
    summary: "An image has no text that says what it shows.",
    why: "People who cannot see the image learn only that there is one. Feeds, mail and search often leave images \
          out, too.",
    remedy: "Describe between the brackets what the image shows: `![CPU of the edge servers, at 100 % from 13:40 to \
             14:07](cpu.png)`.",
    wrong: Example::Edit { replace: "Rules ran", with: "![](https://example.org/cpu.png)\n\nRules ran" },
    right: Example::Edit {
        replace: "Rules ran",
        with: "![CPU of the edge servers, at 100 % from 13:40](https://example.org/cpu.png)\n\nRules ran",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    check_document(context.document, findings);
}

fn check_pages(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    for document in passage::pages(library) {
        let mut findings = Findings::new(&document.source.path);
        check_document(&document, &mut findings);
        found.extend(findings.into_vec());
    }
}

fn check_document(document: &Document, findings: &mut Findings<'_>) {
    for image in document.outline.links.iter().filter(|link| link.image) {
        if says_nothing(image) {
            let name = image.destination.rsplit('/').next().unwrap_or(&image.destination);
            findings.add(&METADATA, image.span, format!("the image `{name}` has no alternative text"));
        }
    }
}

/// Whether the text is empty, or what a code host puts there by itself.
fn says_nothing(image: &Link) -> bool {
    let text = image.text.trim().to_lowercase();
    let is_default = matches!(text.as_str(), "image" | "img" | "alt" | "alt text" | "screenshot" | "picture");
    let is_file_name = !text.is_empty() && image.destination.to_lowercase().ends_with(&text) && text.contains('.');
    is_default || is_file_name || !text.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, findings};

    #[test]
    fn pages_are_read_too() {
        let page =
            "+++\ntitle = \"About\"\n+++\n![](https://example.org/a.png) ![The team](https://example.org/b.png)\n";
        assert_eq!(codes(&findings(&[("content/pages/about.md", page)])), ["L004"]);
    }
}
