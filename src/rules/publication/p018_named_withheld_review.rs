//! P018: a published text names a review that is withheld.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::model::{LinkUse, Review};
use crate::rules::link_target::{self, Target};
use crate::rules::{Check, Library, Rule};
use crate::text::{SitePath, Span, Spanned};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "P018",
    name: "named-withheld-review",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Safety,
    summary: "A published text links to a review that is withheld, or names it by its id.",
    why: "The id of a review shows that there was an incident, when, and what it was about. Readers learn this \
          although the review is a draft, restricted, or under embargo.",
    remedy: "Remove the link or the id until that review is published, or put it into an internal block. `related` \
             may name it: readers see that only once both are published.",
    wrong: Example::Shown {
        text: "The same rule failed before, see [that review](2024-01-17-edge-outage.md).\n\
               (2024-01-17-edge-outage.md has status = \"draft\")",
    },
    right: Example::Shown {
        text: "The same rule failed before.\n<!-- internal -->See 2024-01-17-edge-outage.<!-- /internal -->",
    },
};

/// An id that is shorter, or one word, can stand in a text by chance.
const SHORTEST: usize = 6;

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let today = library.policy.today;
    let (public, withheld): (Vec<&Review>, Vec<&Review>) =
        library.reviews.iter().map(|review| &**review).partition(|review| review.is_public(today));
    if withheld.is_empty() {
        return;
    }
    let withheld = Withheld::new(&withheld);
    for review in public {
        let mut findings = Findings::new(&review.path);
        let text = File { path: &review.path, text: &review.text, body: review.body, links: &review.links };
        withheld.report(&text, &mut findings);
        withheld.report_addresses(&review.addresses, &mut findings);
        found.extend(findings.into_vec());
    }
    for page in library.pages {
        let mut findings = Findings::new(&page.path);
        let text = File { path: &page.path, text: &page.text, body: page.body, links: &page.links };
        withheld.report(&text, &mut findings);
        found.extend(findings.into_vec());
    }
}

/// A text that is published.
struct File<'a> {
    path: &'a SitePath,
    text: &'a str,
    body: Span,
    links: &'a [LinkUse],
}

/// What must not be named.
struct Withheld<'a> {
    /// The files, each with its id.
    paths: BTreeMap<&'a SitePath, &'a str>,
    /// The ids and aliases that no text has by chance, in lower case, each with the id.
    names: BTreeMap<String, &'a str>,
}

impl<'a> Withheld<'a> {
    fn new(reviews: &[&'a Review]) -> Self {
        let paths = reviews.iter().map(|review| (&review.path, review.id.0.as_str())).collect();
        let mut names = BTreeMap::new();
        for review in reviews {
            let aliases = review.aliases.iter().map(|alias| alias.value.as_str());
            for name in aliases.chain([review.id.0.as_str()]) {
                if name.len() >= SHORTEST && name.contains(['-', '_', '.']) {
                    names.insert(name.to_ascii_lowercase(), review.id.0.as_str());
                }
            }
        }
        Self { paths, names }
    }

    fn report(&self, file: &File<'_>, findings: &mut Findings<'_>) {
        let mut links = BTreeSet::new();
        for link in file.links {
            if let Target::File(path) = link_target::target(file.path, &link.destination)
                && let Some(id) = self.paths.get(&path)
            {
                let place = link_target::place(link, file.text);
                links.insert(place);
                findings.add(&METADATA, place, format!("this link leads to review `{id}`, which is withheld"));
            }
        }
        for (place, id) in self.named(file.body.slice(file.text)) {
            let place = place.shifted(file.body.start);
            let before = links.range(..=Span::new(place.start, usize::MAX)).next_back();
            if !before.is_some_and(|link: &Span| link.contains(place)) {
                findings.add(&METADATA, place, format!("this names review `{id}`, which is withheld"));
            }
        }
    }

    fn report_addresses(&self, addresses: &[Spanned<String>], findings: &mut Findings<'_>) {
        for address in addresses {
            if let Some((_, id)) = self.named(&address.value).first() {
                findings.add(&METADATA, address.span, format!("this address names review `{id}`, which is withheld"));
            }
        }
    }

    /// The names in a text. One that ends a file's name or a sentence has a dot and an extension behind it.
    fn named(&self, text: &str) -> Vec<(Span, &'a str)> {
        let mut found = Vec::new();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let mut start = 0;
        for word in text.split_inclusive(|c| !is_part(c)) {
            let name = word.trim_end_matches(|c| !is_part(c)).trim_end_matches('.');
            let stem = [".md", ".html", ".json"].iter().find_map(|extension| name.strip_suffix(extension));
            let known = [Some(name), stem].into_iter().flatten();
            let known = known.filter(|name| name.len() >= SHORTEST);
            let named =
                known.filter_map(|name| Some((name.len(), *self.names.get(&name.to_ascii_lowercase())?))).next();
            found.extend(named.map(|(length, id)| (Span::new(start, start + length), id)));
            start += word.len();
        }
        found
    }
}
