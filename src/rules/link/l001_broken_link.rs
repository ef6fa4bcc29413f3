//! L001: a link leads to nothing that is published.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::model::{LinkUse, Review};
use crate::rules::link_target::{self, Target};
use crate::rules::{Check, Library, Rule};
use crate::text::{SitePath, Suggestions};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "L001",
    name: "broken-link",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Quality,
    summary: "A link, or a related review, leads to nothing that is published.",
    why: "Readers who follow it find nothing.",
    remedy: "Link to the file of a review or page, relative to this one: `2023-07-20-regex-cpu.md`. Files in static/ \
             begin with a slash: `/logo.svg`.",
    wrong: Example::Edit { replace: "rule was removed.", with: "rule was [removed](2023-07-20-regex.md)." },
    right: Example::Edit { replace: "rule was removed.", with: "rule was [removed](2024-03-04-edge-cpu.md#timeline)." },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let names = Names::new(library);
    for review in library.reviews {
        let mut findings = Findings::new(&review.path);
        let file = File { path: &review.path, text: &review.text };
        file.check_links(&review.links, library, &mut findings);
        check_related(review, &names, library, &mut findings);
        found.extend(findings.into_vec());
    }
    for page in library.pages {
        let mut findings = Findings::new(&page.path);
        let file = File { path: &page.path, text: &page.text };
        file.check_links(&page.links, library, &mut findings);
        found.extend(findings.into_vec());
    }
}

/// A file with links.
struct File<'a> {
    path: &'a SitePath,
    text: &'a str,
}

impl File<'_> {
    fn check_links(&self, links: &[LinkUse], library: &Library<'_>, findings: &mut Findings<'_>) {
        let references = LazyCell::new(|| link_target::references(self.path, library.sources));
        for link in links.iter().filter(|link| !link.image) {
            let destination = &link.destination;
            let problem = match link_target::target(self.path, destination) {
                Target::Elsewhere => None,
                Target::Nowhere => Some(format!("the link to `{destination}` leads to no file of the site folder")),
                Target::File(path) => Self::problem(destination, &path, library),
            };
            let Some(message) = problem else { continue };
            let finding = findings.add(&METADATA, link_target::place(link, self.text), message);
            if let Some(meant) = references.nearest(destination).filter(|meant| meant != destination) {
                finding.help(format!("Did you mean `{meant}`?"));
            }
        }
    }

    /// What is wrong with a link to the file at `path`.
    fn problem(destination: &str, path: &SitePath, library: &Library<'_>) -> Option<String> {
        // Those that are withheld are P018's.
        if library.review_at(path).is_some() {
            return None;
        }
        // C006 reports links to reviews of federated sites.
        if library.federated.at(path).is_some() {
            return None;
        }
        let exists = library.sources.texts.contains_key(path) || library.sources.assets.contains_key(path);
        let is_page = library.page_at(path).is_some();
        let is_text = library.sources.texts.contains_key(path);
        match (exists, is_page || !is_text) {
            (true, true) => None,
            (true, false) => Some(format!("the link leads to `{path}`, which is no page of the site")),
            (false, _) => Some(format!("the link to `{destination}` leads to no file: there is no `{path}`")),
        }
    }
}

/// The reviews of a site by all their names.
struct Names<'a> {
    ids: BTreeMap<&'a str, &'a Review>,
    aliases: BTreeMap<&'a str, &'a Review>,
    suggestions: Suggestions,
}

impl<'a> Names<'a> {
    fn new(library: &Library<'a>) -> Self {
        let reviews = library.reviews.iter().map(|review| &**review);
        // Of two with the same alias the first by id counts.
        let ids: BTreeMap<&str, &Review> = reviews.map(|review| (review.id.0.as_str(), review)).collect();
        let mut aliases = BTreeMap::new();
        for review in ids.values().copied() {
            review.aliases.iter().for_each(|alias| _ = aliases.entry(alias.value.as_str()).or_insert(review));
        }
        Self { suggestions: Suggestions::new(ids.keys().map(|id| (*id).to_owned())), ids, aliases }
    }
}

fn check_related(review: &Review, names: &Names<'_>, library: &Library<'_>, findings: &mut Findings<'_>) {
    let is_known = |id: &str| names.ids.contains_key(id) || library.federated.named(id).is_some();
    for related in review.related.iter().filter(|related| !is_known(&related.value)) {
        let renamed = names.aliases.get(related.value.as_str());
        let help = match (renamed, names.suggestions.nearest(&related.value)) {
            (Some(renamed), _) => format!("That is an alias: write `{}`.", renamed.id),
            (None, Some(near)) => format!("Did you mean `{near}`?"),
            (None, None) => "Write the id of a review: the name of its file without `.md`.".to_owned(),
        };
        findings.add(&METADATA, related.span, format!("there is no review `{}`", related.value)).help(help);
    }
}
