//! L007: a link leads to a page of another site that is gone.

use crate::diagnostic::{Diagnostic, Example, Level, Metadata, Subject};
use crate::rules::{Check, Library, Rule, link_target};
use crate::text::LinkStatus;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "L007",
    name: "dead-link",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Quality,
    summary: "A link leads to a page of another site that is gone. Only `check --links` looks for this.",
    why: "Readers cannot follow it, and cannot check what the review is based on.",
    remedy: "Link to the new address of the page, or to a copy in an archive such as web.archive.org. If there is \
             none, say in words what the page said.",
    wrong: Example::Shown { text: "The [status post](https://example.org/status/42) said so." },
    right: Example::Shown {
        text: "The [status post](https://web.archive.org/web/2024/https://example.org/status/42) said so.",
    },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    link_target::each_reply(library, |path, address, place, reply| {
        if let LinkStatus::Gone(reason) = reply {
            let message = format!("`{address}` leads to nothing: {reason}");
            found.push(Diagnostic::new(&METADATA, path.as_str(), place, message));
        }
    });
}
