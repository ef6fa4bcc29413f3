//! L002: an image that the text shows is not there.

use std::cell::LazyCell;

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::model::LinkUse;
use crate::rules::link_target::{self, Target};
use crate::rules::{Check, Library, Rule};
use crate::text::SitePath;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "L002",
    name: "missing-asset",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Quality,
    summary: "An image that the text shows is not in the site folder.",
    why: "Readers see a gap where the text promises an image.",
    remedy: "Put the image beside the review, which then is `content/reviews/<id>/index.md`, or correct its name.",
    wrong: Example::Edit {
        replace: "Rules ran",
        with: "![CPU of the edge servers, 100 % from 13:40](cpu.png)\n\nRules ran",
    },
    right: Example::Edit {
        replace: "Rules ran",
        with: "CPU of the edge servers was at 100 % from 13:40.\n\nRules ran",
    },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let reviews = library.reviews.iter().map(|review| (&review.path, &review.text, &review.links));
    let pages = library.pages.iter().map(|page| (&page.path, &page.text, &page.links));
    for (path, text, links) in reviews.chain(pages) {
        let mut findings = Findings::new(path);
        let references = LazyCell::new(|| link_target::references(path, library.sources));
        for image in links.iter().filter(|link| link.image && !is_there(path, link, library)) {
            let message = format!("there is no image `{}`", image.destination);
            let finding = findings.add(&METADATA, link_target::place(image, text), message);
            if let Some(meant) = references.nearest(&image.destination) {
                finding.help(format!("Did you mean `{meant}`?"));
            }
        }
        found.extend(findings.into_vec());
    }
}

fn is_there(from: &SitePath, image: &LinkUse, library: &Library<'_>) -> bool {
    match link_target::target(from, &image.destination) {
        Target::Elsewhere => true,
        Target::Nowhere => false,
        Target::File(path) => library.sources.assets.contains_key(&path) || library.sources.texts.contains_key(&path),
    }
}
