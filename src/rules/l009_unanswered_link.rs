//! L009: a link leads to a server that does not answer, or does not let programs in.

use super::{Check, Library, Rule, link};
use crate::diagnostic::{Diagnostic, Example, Level, Metadata};
use crate::text::LinkStatus;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "L009",
    name: "unanswered-link",
    level: Level::Advice,
    collected: Level::Advice,
    summary: "A link leads to a server that did not answer, or refused a program. Only `check --links` asks for it.",
    why: "It may be the trouble of an hour, or a page that only members may read. Readers meet the same.",
    remedy: "Open the link in a private window of a browser. If it works there, allow it here with that as the reason; \
             else treat it as dead.",
    wrong: Example::Shown { text: "The [thread](https://members.example.org/t/17) has the details." },
    right: Example::Shown { text: "The [status post](https://example.org/status/42) has the details." },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    link::each_reply(library, |path, address, place, reply| {
        if let LinkStatus::Unclear(reason) = reply {
            let message = format!("`{address}` could not be looked at: {reason}");
            found.push(Diagnostic::new(&METADATA, path.as_str(), place, message));
        }
    });
}
