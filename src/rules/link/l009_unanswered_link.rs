//! L009: a link leads to a server that does not answer, or does not let programs in.

use crate::diagnostic::{Diagnostic, Example, Level, Metadata, Subject};
use crate::rules::{Check, Library, Rule, link_target};
use crate::text::LinkStatus;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "L009",
    name: "unanswered-link",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "A link leads to a server that did not answer or refused the request. Only `check --links` looks for \
              this.",
    why: "The server may be down for an hour, or only members may read the page. Readers see the same.",
    remedy: "Open the link in a private browser window. If it works there, allow it here with that as the reason; \
             else treat it as dead.",
    wrong: Example::Shown { text: "The [thread](https://members.example.org/t/17) has the details." },
    right: Example::Shown { text: "The [status post](https://example.org/status/42) has the details." },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    link_target::each_reply(library, |path, address, place, reply| {
        if let LinkStatus::Unclear(reason) = reply {
            let message = format!("`{address}` could not be checked: {reason}");
            found.push(Diagnostic::new(&METADATA, path.as_str(), place, message));
        }
    });
}
