//! L007: a link leads to a page of another site that is gone.

use super::{Check, Library, Rule, link};
use crate::diagnostic::{Diagnostic, Example, Level, Metadata};
use crate::text::LinkStatus;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "L007",
    name: "dead-link",
    level: Level::Warning,
    collected: Level::Warning,
    summary: "A link leads to a page of another site that is gone. Only `check --links` asks for it.",
    why: "Readers cannot follow it, and what the review rests on cannot be looked up any more.",
    remedy: "Link to where the page stands now, or to a copy in an archive such as web.archive.org. Where there is none, \
             say in words what stood there.",
    wrong: Example::Shown { text: "The [status post](https://example.org/status/42) said so." },
    right: Example::Shown {
        text: "The [status post](https://web.archive.org/web/2024/https://example.org/status/42) said so.",
    },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    link::each_reply(library, |path, address, place, reply| {
        if let LinkStatus::Gone(reason) = reply {
            let message = format!("`{address}` leads to nothing: {reason}");
            found.push(Diagnostic::new(&METADATA, path.as_str(), place, message));
        }
    });
}
