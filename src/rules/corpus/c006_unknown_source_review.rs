//! C006: a review of another site is named that is not there.

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata};
use crate::model::LinkUse;
use crate::rules::foreign::Named;
use crate::rules::link_target::{self, Target};
use crate::rules::{Check, Library, Rule};
use crate::text::{SitePath, Span, nearest};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "C006",
    name: "unknown-source-review",
    level: Level::Warning,
    collected: Level::Warning,
    summary: "A link or a related review names a review that a site under `[[sources]]` does not have.",
    why: "Readers see the words without the link. The site is still built: what others withdraw must not stop your \
          build.",
    remedy: "Name it as its address does: `acme/2025-03-04-relays` under `related`, and \
             `../sources/acme/2025-03-04-relays.md` in a text. If they withdrew it, remove the name.",
    wrong: Example::Shown { text: "related = [\"acme/2025-03-04-relay\"]" },
    right: Example::Shown { text: "related = [\"acme/2025-03-04-relays\"]" },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    if library.foreign.0.is_empty() {
        return;
    }
    for review in library.reviews {
        let mut findings = Findings::new(&review.path);
        check_links(&review.path, &review.text, &review.links, library, &mut findings);
        for related in &review.related {
            let named = library.foreign.named(&related.value);
            report(named, &related.value, related.span, str::to_owned, &mut findings);
        }
        found.extend(findings.into_vec());
    }
    for page in library.pages {
        let mut findings = Findings::new(&page.path);
        check_links(&page.path, &page.text, &page.links, library, &mut findings);
        found.extend(findings.into_vec());
    }
}

fn check_links(from: &SitePath, text: &str, links: &[LinkUse], library: &Library<'_>, findings: &mut Findings<'_>) {
    for link in links.iter().filter(|link| !link.image) {
        let Target::File(path) = link_target::target(from, &link.destination) else { continue };
        let reference = |id: &str| match SitePath::new(&format!("content/sources/{id}.md")) {
            Ok(path) => from.reference_to(&path),
            Err(_) => id.to_owned(),
        };
        report(library.foreign.at(&path), &link.destination, link_target::place(link, text), reference, findings);
    }
}

fn report(
    named: Option<Named<'_>>,
    written: &str,
    place: Span,
    write: impl Fn(&str) -> String,
    findings: &mut Findings<'_>,
) {
    let Some(Named::Missing(reviews)) = named else { return };
    let finding = findings.add(&METADATA, place, format!("`{written}` names no review of that site"));
    let known: Vec<String> = reviews.iter().map(|review| write(&review.id.0)).collect();
    if let Some(near) = nearest(written, known.iter().map(String::as_str)) {
        finding.help(format!("Did you mean `{near}`?"));
    }
}
