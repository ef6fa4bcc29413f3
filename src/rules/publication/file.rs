//! Files that are published beside texts, and what speaks against that.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Findings, Metadata};
use crate::rules::Library;
use crate::rules::link_target::{self, Target};
use crate::text::{Asset, AssetRisk, SitePath, Span};

/// Adds a finding for each published file of which `says` gives a sentence: where a text leads to it first, and for
/// files in `static` and in themes, all of which are published, at the file itself.
pub(super) fn each_published<'a>(
    library: &'a Library<'_>,
    found: &mut Vec<Diagnostic>,
    rule: &'static Metadata,
    says: impl Fn(&SitePath, &'a AssetRisk) -> Option<&'a str>,
) {
    each_linked(library, found, |target, asset, place, findings| {
        if let Some(why) = asset.risk.as_ref().and_then(|concern| says(target, concern)) {
            findings.add(rule, place, format!("`{target}`: {why}"));
        }
    });
    for (path, asset) in library.sources.assets.iter().filter(|(path, _)| is_always_published(path)) {
        let why = asset.risk.as_ref().and_then(|concern| says(path, concern));
        found.extend(why.map(|why| Diagnostic::new(rule, path.as_str(), Span::at(0), why)));
    }
}

/// Adds what `judge` finds in each text that a review or a page leads to, at the link. It names the line there.
pub(super) fn each_linked_text(
    library: &Library<'_>,
    found: &mut Vec<Diagnostic>,
    rule: &'static Metadata,
    judge: impl Fn(&str) -> Vec<String>,
) {
    each_linked(library, found, |target, asset, place, findings| {
        for message in asset.text.iter().flat_map(|text| judge(text)) {
            findings.add(rule, place, format!("`{target}`, {message}"));
        }
    });
}

/// The texts of `static` and of themes.
pub(super) fn always_published<'a>(library: &Library<'a>) -> impl Iterator<Item = (&'a SitePath, &'a str)> {
    let assets = library.sources.assets.iter().filter_map(|(path, asset)| Some((path, asset.text.as_deref()?)));
    let texts = library.sources.texts.iter().map(|(path, source)| (path, &*source.text));
    assets.chain(texts).filter(|(path, _)| is_always_published(path))
}

/// The texts of `static` without those that are code, whose words and values look like anything.
pub(super) fn always_published_documents<'a>(library: &Library<'a>) -> impl Iterator<Item = (&'a SitePath, &'a str)> {
    let is_code = |path: &SitePath| {
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        matches!(ending.as_str(), "css" | "js" | "mjs" | "svg")
    };
    always_published(library).filter(move |(path, _)| path.below("static").is_some() && !is_code(path))
}

/// Whether a file is published without a text that leads to it. The words of a theme are read, and cleaned as reviews are.
fn is_always_published(path: &SitePath) -> bool {
    let has_words = |below: &str| below.split('/').nth(1) == Some("i18n");
    path.below("static").is_some() || path.below("themes").is_some_and(|below| !has_words(below))
}

/// Calls `look` with each file that a published text leads to, once for each text, and with the place of the link.
fn each_linked<'a>(
    library: &'a Library<'_>,
    found: &mut Vec<Diagnostic>,
    look: impl Fn(&SitePath, &'a Asset, Span, &mut Findings<'_>),
) {
    let today = library.policy.today;
    let reviews = library.reviews.iter().filter(|review| review.is_public(today));
    let reviews = reviews.map(|review| (&review.path, &review.text, &review.links));
    let pages = library.pages.iter().map(|page| (&page.path, &page.text, &page.links));
    for (path, text, links) in reviews.chain(pages) {
        let mut findings = Findings::new(path);
        let mut seen = BTreeSet::new();
        for link in links {
            let Target::File(target) = link_target::target(path, &link.destination) else { continue };
            let Some(asset) = library.sources.assets.get(&target) else { continue };
            if seen.insert(target.clone()) {
                look(&target, asset, link_target::place(link, text), &mut findings);
            }
        }
        found.extend(findings.into_vec());
    }
}
