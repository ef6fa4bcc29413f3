//! P014: a published file may say who made it, where and when.

use std::collections::BTreeSet;

use super::link::{self, Target};
use super::{Check, Library, Rule};
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "P014",
    name: "kept-metadata",
    level: Level::Warning,
    collected: Level::Warning,
    summary: "A published file can hold metadata that Casebook does not take out.",
    why: "Photographs hold the place and the device, documents the names of those who wrote and changed them. From JPEG, \
          PNG, WebP, GIF and SVG all of that is taken out when they are published; from other files it is not.",
    remedy: "Publish a picture as JPEG, PNG or WebP. Take the metadata out of other files yourself, and set this aside with \
             `<!-- casebook: allow kept-metadata: reason -->`.",
    wrong: Example::Shown { text: "![The rack after the fire](rack.avif)" },
    right: Example::Shown { text: "![The rack after the fire](rack.jpg)" },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let today = library.policy.today;
    let reviews = library.reviews.iter().filter(|review| review.is_public(today));
    let reviews = reviews.map(|review| (&review.path, &review.text, &review.links));
    let pages = library.pages.iter().map(|page| (&page.path, &page.text, &page.links));
    for (path, text, links) in reviews.chain(pages) {
        let mut findings = Findings::new(path);
        let mut seen = BTreeSet::new();
        for link in links {
            let Target::File(target) = link::target(path, &link.destination) else { continue };
            let kept = library.sources.assets.get(&target).and_then(|asset| asset.kept.as_ref());
            if let Some(kept) = kept.filter(|_| seen.insert(target.clone())) {
                findings.add(&METADATA, link::place(link, text), format!("`{target}`: {kept}"));
            }
        }
        found.extend(findings.into_vec());
    }
    for (path, asset) in library.sources.assets.iter().filter(|(path, _)| path.below("static").is_some()) {
        found
            .extend(asset.kept.iter().map(|kept| Diagnostic::new(&METADATA, path.as_str(), Span::at(0), kept.clone())));
    }
}
