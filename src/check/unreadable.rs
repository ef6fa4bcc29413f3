//! Findings about files that could not be read.

use crate::diagnostic::{Diagnostic, ProblemKind};
use crate::rules::of_problem;
use crate::text::{ReadProblem, ReadProblemKind, Span};

/// The finding D009, with what hindered the reading and what to do about it.
pub(super) fn unreadable(problem: &ReadProblem) -> Diagnostic {
    let (message, help) = match &problem.kind {
        ReadProblemKind::NotUtf8 { offset } => (
            format!("the file is not UTF-8: byte {offset} begins no character"),
            "Save it with the encoding UTF-8.".to_owned(),
        ),
        ReadProblemKind::TooLarge { length, limit } => (
            format!("the file has {length} bytes, and no more than {limit} are read as text"),
            "Move what is not text to a file of its own and link to it.".to_owned(),
        ),
        ReadProblemKind::IsFolder => (
            "a folder stands where a file is expected".to_owned(),
            "Rename the folder so that it does not end in .md; a review in a folder is `<id>/index.md`.".to_owned(),
        ),
        ReadProblemKind::NotAFile => (
            "it is no ordinary file: a pipe, a socket or a device".to_owned(),
            "Move it out of the site folder.".to_owned(),
        ),
        ReadProblemKind::LinkOutside => (
            "the symbolic link leads out of the site folder, or into another part of it".to_owned(),
            "Copy the file into the site folder: what is published lies inside it.".to_owned(),
        ),
        ReadProblemKind::LinkLoop => {
            ("the symbolic link leads in a circle, or to a folder above it".to_owned(), "Delete the link.".to_owned())
        }
        ReadProblemKind::Name(reason) => {
            (format!("the name cannot be part of an address: it {reason}"), "Rename the file.".to_owned())
        }
        ReadProblemKind::Refused(reason) => (
            format!("the file cannot be read: {reason}"),
            "Check that it exists and that its permissions let you read it.".to_owned(),
        ),
    };
    let rule = of_problem(ProblemKind::Unreadable).metadata;
    let mut finding = Diagnostic::new(rule, &problem.path, Span::at(0), message);
    finding.help(help);
    finding
}
