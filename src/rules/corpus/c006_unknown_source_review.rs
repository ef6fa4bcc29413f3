//! C006: a link or a related review names a review that a federated site does not have.

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::model::LinkUse;
use crate::rules::federated::Named;
use crate::rules::link_target::{self, Target};
use crate::rules::{Check, Library, Rule};
use crate::text::{SitePath, Span, nearest};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "C006",
    name: "unknown-source-review",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Form,
    summary: "A link or a related review names a review that a site under `[[sources]]` does not have.",
    why: "Readers see the words without the link. The site is still built: what others withdraw must not stop your \
          build.",
    remedy: "Name it as its address does: `acme/2025-03-04-relays` under `related`, and \
             `../sources/acme/2025-03-04-relays.md` in a text. If they withdrew it, remove the name.",
    wrong: Example::Shown { text: "related = [\"acme/2025-03-04-relay\"]" },
    right: Example::Shown { text: "related = [\"acme/2025-03-04-relays\"]" },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    if library.federated.0.is_empty() {
        return;
    }
    for review in library.reviews {
        let mut findings = Findings::new(&review.path);
        for link in links(&review.path, &review.text, &review.links, library) {
            report(&link, &mut findings);
        }
        for related in &review.related {
            let Some(Named::Missing(known)) = library.federated.named(&related.value) else { continue };
            let known = known.iter().map(|review| review.id.0.clone()).collect();
            report(&Unknown { written: &related.value, place: related.span, known }, &mut findings);
        }
        found.extend(findings.into_vec());
    }
    for page in library.pages {
        let mut findings = Findings::new(&page.path);
        for link in links(&page.path, &page.text, &page.links, library) {
            report(&link, &mut findings);
        }
        found.extend(findings.into_vec());
    }
}

/// A name of a review that the federated site does not have.
struct Unknown<'a> {
    written: &'a str,
    place: Span,
    /// The reviews that the federated site has, as they are named here.
    known: Vec<String>,
}

/// The links of the file `from` that lead to a federated site but to none of its reviews.
fn links<'a>(from: &SitePath, text: &str, links: &'a [LinkUse], library: &Library<'_>) -> Vec<Unknown<'a>> {
    let mut unknown = Vec::new();
    for link in links.iter().filter(|link| !link.image) {
        let Target::File(path) = link_target::target(from, &link.destination) else { continue };
        let Some(Named::Missing(known)) = library.federated.at(&path) else { continue };
        let reference = |id: &str| match SitePath::new(&format!("content/sources/{id}.md")) {
            Ok(path) => from.reference_to(&path),
            Err(_) => id.to_owned(),
        };
        let known = known.iter().map(|review| reference(&review.id.0)).collect();
        unknown.push(Unknown { written: &link.destination, place: link_target::place(link, text), known });
    }
    unknown
}

fn report(unknown: &Unknown<'_>, findings: &mut Findings<'_>) {
    let Unknown { written, place, known } = unknown;
    let finding = findings.add(&METADATA, *place, format!("`{written}` names no review of that site"));
    if let Some(near) = nearest(written, known.iter().map(String::as_str)) {
        finding.help(format!("Did you mean `{near}`?"));
    }
}
