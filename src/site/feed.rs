//! Which feeds there are, in which formats, and where they stand.

use crate::analysis::{Analysis, Facet, Topic};

/// A format of feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedFormat {
    /// RSS 2.0, which every reader understands.
    Rss,
    /// Atom as of RFC 4287.
    Atom,
    /// JSON Feed as of version 1.1.
    Json,
}

impl FeedFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// The media type that servers and links name.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }

    /// The name that readers know the format by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }
}

/// Every feed of a site, each with its format.
pub(super) fn feeds(analysis: &Analysis) -> Vec<(Topic, FeedFormat)> {
    let factors = analysis.corpus.policy.registry.iter().map(|factor| Topic::Factor(factor.id.value.clone()));
    // The feed of the only organisation would be that of the site.
    let is_of_use = |facet: Facet, terms: usize| facet.has_feeds() && (facet != Facet::Organisation || terms > 1);
    let facets = analysis.facets().iter().filter(|(facet, terms)| is_of_use(**facet, terms.len()));
    let terms = facets.flat_map(|(facet, terms)| terms.iter().map(|term| Topic::Term(*facet, term.slug.clone())));
    let all = FeedFormat::ALL.map(|format| (Topic::All, format));
    all.into_iter().chain(factors.chain(terms).map(|topic| (topic, FeedFormat::Rss))).collect()
}
