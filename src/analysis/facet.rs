//! The ways in which reviews are grouped: by service, severity, kind, year and organisation.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::Datelike;
use rustc_hash::FxHashMap;

use crate::model::{Corpus, Kind, Review, ReviewIndex};
use crate::text::{Spanned, composed, is_windows_device, kebab_case};

/// A way to group reviews.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// By the services affected.
    Service,
    /// By how bad it was.
    Severity,
    /// Incidents and near misses.
    Kind,
    /// By the year of the incident.
    Year,
    /// By whose incident it was.
    Organisation,
}

impl Facet {
    /// Every facet.
    pub const ALL: [Self; 5] = [Self::Service, Self::Severity, Self::Kind, Self::Year, Self::Organisation];

    /// The folder of its pages.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Service => "services",
            Self::Severity => "severities",
            Self::Kind => "kinds",
            Self::Year => "years",
            Self::Organisation => "organisations",
        }
    }

    /// Whether each of its terms has a feed: a year is over, and of kinds there are two.
    pub fn has_feeds(self) -> bool {
        matches!(self, Self::Service | Self::Severity | Self::Organisation)
    }

    /// The names of the terms that a review has.
    pub fn names<'a>(self, review: &'a Review, corpus: &'a Corpus) -> Vec<Cow<'a, str>> {
        fn text(name: &Spanned<String>) -> Cow<'_, str> {
            Cow::Borrowed(&name.value)
        }
        match self {
            Self::Service => review.services.iter().map(text).collect(),
            Self::Severity => review.severity.iter().map(text).collect(),
            Self::Kind => vec![Cow::Borrowed(kind_name(review.kind))],
            Self::Year => review.date().map(|date| Cow::Owned(date.year().to_string())).into_iter().collect(),
            Self::Organisation => {
                let own = corpus.policy.organisation.as_deref().map(Cow::Borrowed);
                review.organisation.as_ref().map(text).or(own).into_iter().collect()
            }
        }
    }
}

/// A value of a facet and the reviews that have it.
#[derive(Clone, Debug)]
pub struct Term {
    /// What it is called.
    pub name: String,
    /// Its name in addresses.
    pub slug: String,
    /// What it means; may be empty.
    pub description: String,
    /// The positions of its reviews in the corpus, the newest first.
    pub reviews: Vec<ReviewIndex>,
}

/// The longest slug in bytes: with an ending, file systems take up to 255.
const LONGEST: usize = 120;

/// A name as part of an address: lower case, with hyphens. Signs that tell names apart become words (`C++`, `C#`), and a
/// name without letters and digits the numbers of its characters. Names that look alike are one, and have one page.
pub fn slug(name: &str) -> String {
    let name = composed(name);
    let mut words = String::new();
    for c in name.chars() {
        match c {
            '+' => words.push_str(" plus "),
            '#' => words.push_str(" sharp "),
            '&' => words.push_str(" and "),
            '@' => words.push_str(" at "),
            other => words.push(other),
        }
    }
    let mut slug = kebab_case(&words);
    if slug.is_empty() {
        slug = name.chars().map(|c| format!("u{:x}", u32::from(c))).collect::<Vec<_>>().join("-");
    }
    if slug.len() > LONGEST {
        let cut = (0..=LONGEST).rev().find(|at| slug.is_char_boundary(*at)).unwrap_or(0);
        slug = format!("{}-{:08x}", &slug[..cut], fingerprint(&name));
    }
    // `index` is the page that lists the terms.
    // Neither does every file system take a file of every name.
    if slug == "index" || is_windows_device(&slug) { format!("{slug}-term") } else { slug }
}

/// FNV-1a, which tells long names with the same beginning apart.
fn fingerprint(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The terms of a facet: severities by weight, years with the newest first, all others by name.
pub(super) fn terms(facet: Facet, corpus: &Corpus) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    // There are many reviews and few terms, and a name in addresses takes its time.
    let mut known: FxHashMap<Cow<'_, str>, usize> = FxHashMap::default();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (position, review) in corpus.indexed() {
        for name in facet.names(review, corpus) {
            let place = match known.get(&name) {
                Some(place) => *place,
                None => {
                    let slug = slug(&name);
                    let place = *places.entry(slug.clone()).or_insert(terms.len());
                    if place == terms.len() {
                        let (description, name) = (describe(facet, &name, corpus), name.clone().into_owned());
                        terms.push(Term { name, slug, description, reviews: Vec::new() });
                    }
                    known.insert(name, place);
                    place
                }
            };
            let reviews = &mut terms[place].reviews;
            if reviews.last() != Some(&position) {
                reviews.push(position);
            }
        }
    }
    terms.sort_by(|one, other| one.slug.cmp(&other.slug));
    match facet {
        Facet::Severity => terms.sort_by_key(|term| corpus.policy.severity(&term.name).map(|(rank, _)| rank)),
        Facet::Year => terms.reverse(),
        Facet::Service | Facet::Kind | Facet::Organisation => terms.sort_by_cached_key(|term| term.name.to_lowercase()),
    }
    terms
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Incident => "Incident",
        Kind::NearMiss => "Near miss",
    }
}

fn describe(facet: Facet, name: &str, corpus: &Corpus) -> String {
    match facet {
        Facet::Severity => corpus.policy.severity(name).map_or_else(String::new, |(_, severity)| severity.name.clone()),
        Facet::Service | Facet::Kind | Facet::Year | Facet::Organisation => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_stay_apart_and_short() {
        let names = ["C", "C++", "C#", ".", "🙂", "index", "a b", "R&D", "CON", "com1"];
        let slugs: std::collections::BTreeSet<String> = names.map(slug).into();
        assert_eq!(slugs.len(), names.len(), "{slugs:?}");
        assert_eq!((slug("Aux").as_str(), slug("aux 2").as_str()), ("aux-term", "aux-2"));
        assert_eq!(slug("Card  Checkout"), "card-checkout");
        assert_eq!(slug("Cafe\u{301}"), slug("Café"));
        assert_eq!(slug("\u{2026}\u{fe0f}"), slug("\u{2026}"));
        assert_eq!(slug(&"a\u{308}".repeat(300)), slug(&"ä".repeat(300)));
        let long = slug(&"ä".repeat(300));
        assert!(long.len() < 140 && long != slug(&"ä".repeat(301)), "{long}");
    }
}
