//! The containers: how each is recognised, and what makes items of it. The first one that takes a file has it.

use super::Context;
use super::item::Batch;
use super::piece::Piece;
use super::{
    confluence, cstate, docx, entry, github, gitlab, google_docs, incident_io, markdown, mediawiki, notion, page,
    statuspage,
};

/// A kind of file in which another program keeps reviews.
pub(crate) struct Container {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// What people call it.
    pub(crate) title: &'static str,
    /// Whether a file is one.
    pub(super) takes: fn(&Piece) -> bool,
    /// The items of a file.
    pub(super) convert: fn(&Piece, &Context<'_>) -> Batch,
}

/// Every container. Those that say clearly what they are stand first.
pub(crate) const CONTAINERS: [&Container; 14] = [
    &github::GITHUB,
    &gitlab::GITLAB,
    &incident_io::INCIDENT_IO,
    &statuspage::STATUSPAGE,
    &docx::DOCX,
    &mediawiki::EXPORT,
    &mediawiki::PAGE,
    &google_docs::GOOGLE_DOCS,
    &confluence::CONFLUENCE,
    &page::HTML,
    &entry::ENTRY,
    &cstate::CSTATE,
    &notion::NOTION,
    &markdown::MARKDOWN,
];
