//! P016: a picture cannot be read, so that nothing can be taken out of it.

use super::file;
use crate::diagnostic::{Diagnostic, Example, Level, Metadata, Subject};
use crate::rules::{Check, Library, Rule};
use crate::text::AssetRisk;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "P016",
    name: "unreadable-picture",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Safety,
    summary: "A picture cannot be read, so it is not published.",
    why: "Casebook writes each picture anew and keeps only what is visible. What it cannot read could contain a \
          script, or the place where a photograph was taken.",
    remedy: "Open the picture in a graphics program and export it again: a photograph as JPEG, a screenshot as PNG, a \
             drawing as plain SVG. No picture may be longer than 64 MB.",
    wrong: Example::Shown { text: "![The rack after the fire](rack.svgz)" },
    right: Example::Shown { text: "![The rack after the fire](rack.svg)" },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    file::each_published(library, found, &METADATA, |_, concern| match concern {
        AssetRisk::Refused(why) => Some(why),
        AssetRisk::Metadata(_) | AssetRisk::Mismatch(_) => None,
    });
}
