//! P014: a published file may hold more than what is seen.

use super::file;
use crate::diagnostic::{Diagnostic, Example, Level, Metadata, Subject};
use crate::rules::{Check, Library, Rule};
use crate::text::AssetRisk;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "P014",
    name: "kept-metadata",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Safety,
    summary: "A published file can contain hidden data, and Casebook does not remove it.",
    why: "Photographs contain the place and the device, documents the names of their authors and editors, logs and \
          recordings things that no one meant to show. Casebook removes metadata from JPEG, PNG, WebP, GIF, ICO and \
          SVG. It publishes all other files as they are.",
    remedy: "Publish a picture as JPEG, PNG or WebP, and figures as CSV. Check other files yourself, then add their \
             ending to `allowed_files` in casebook.toml, or allow it with `<!-- casebook: allow kept-metadata: reason \
             -->`.",
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
