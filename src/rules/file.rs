//! Files that are published beside texts, and what speaks against that.

use std::collections::BTreeSet;

use super::Library;
use super::link::{self, Target};
use crate::diagnostic::{Diagnostic, Findings, Metadata};
use crate::text::{Concern, SitePath, Span};

/// Adds a finding for each published file of which `says` gives a sentence: where a text leads to it first, and for
/// files in `static`, all of which are published, at the file itself.
pub(super) fn each_published<'a>(
    library: &'a Library<'_>,
    found: &mut Vec<Diagnostic>,
    rule: &'static Metadata,
    says: impl Fn(&SitePath, &'a Concern) -> Option<&'a str>,
) {
    let today = library.policy.today;
    let assets = &library.sources.assets;
    let reviews = library.reviews.iter().filter(|review| review.is_public(today));
    let reviews = reviews.map(|review| (&review.path, &review.text, &review.links));
    let pages = library.pages.iter().map(|page| (&page.path, &page.text, &page.links));
    for (path, text, links) in reviews.chain(pages) {
        let mut findings = Findings::new(path);
        let mut seen = BTreeSet::new();
        for link in links {
            let Target::File(target) = link::target(path, &link.destination) else { continue };
            let concern = assets.get(&target).and_then(|asset| asset.concern.as_ref());
            let Some(why) = concern.and_then(|concern| says(&target, concern)) else { continue };
            if seen.insert(target.clone()) {
                findings.add(rule, link::place(link, text), format!("`{target}`: {why}"));
            }
        }
        found.extend(findings.into_vec());
    }
    for (path, asset) in assets.iter().filter(|(path, _)| path.below("static").is_some()) {
        let why = asset.concern.as_ref().and_then(|concern| says(path, concern));
        found.extend(why.map(|why| Diagnostic::new(rule, path.as_str(), Span::at(0), why)));
    }
}
