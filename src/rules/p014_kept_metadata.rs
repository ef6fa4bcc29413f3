//! P014: a published file may hold more than what is seen.

use super::file;
use super::{Check, Library, Rule};
use crate::diagnostic::{Diagnostic, Example, Level, Metadata};
use crate::text::AssetRisk;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "P014",
    name: "kept-metadata",
    level: Level::Warning,
    collected: Level::Warning,
    summary: "A published file can hold more than what is seen, and Casebook does not take it out.",
    why: "Photographs hold the place and the device, documents the names of those who wrote and changed them, logs and \
          recordings what nobody meant to show. Casebook takes metadata out of JPEG, PNG, WebP, GIF, ICO and SVG. It \
          publishes all other files as they are.",
    remedy: "Publish a picture as JPEG, PNG or WebP, and figures as CSV. Look into other files yourself, then add their \
             ending to `allowed_files` in casebook.toml, or set this aside with \
             `<!-- casebook: allow kept-metadata: reason -->`.",
    wrong: Example::Shown { text: "![The rack after the fire](rack.avif)" },
    right: Example::Shown { text: "![The rack after the fire](rack.jpg)" },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let allowed = &library.policy.allowed_files;
    file::each_published(library, found, &METADATA, |path, concern| match concern {
        AssetRisk::Metadata(why) => {
            let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
            Some(why.as_str()).filter(|_| !allowed.contains(&ending))
        }
        AssetRisk::Mismatch(why) => Some(why),
        AssetRisk::Refused(_) => None,
    });
}
