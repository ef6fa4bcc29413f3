//! L008: a link leads to a page of another site that has moved for good.

use crate::diagnostic::{Diagnostic, Example, Level, Metadata, Subject};
use crate::rules::{Check, Library, Rule, link_target};
use crate::text::LinkStatus;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "L008",
    name: "moved-link",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "A link leads to a page of another site that has moved permanently. Only `check --links` looks for this.",
    why: "Redirects do not last, and then the link is dead. Today the new address is known.",
    remedy: "Write the new address from the finding, after you have checked that it is the same page.",
    wrong: Example::Shown { text: "The [status post](http://status.example.org/42) said so." },
    right: Example::Shown { text: "The [status post](https://example.org/status/42) said so." },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    link_target::each_reply(library, |path, address, place, reply| {
        if let LinkStatus::Moved(target) = reply {
            let message = format!("`{address}` has moved for good");
            let mut finding = Diagnostic::new(&METADATA, path.as_str(), place, message);
            // A redirect to the home page is how many a site says that a page is gone, so no program decides this.
            finding.help(format!("It leads to `{target}` now. Write that if it is the same page."));
            found.push(finding);
        }
    });
}
