//! What a reader can find in a review: its sections as plain text, each with its place on the page.

use std::collections::BTreeMap;

use crate::document::{SectionKind, fresh_anchor};

use crate::markdown::visible_text;

use crate::model::{Corpus, PAGE_ANCHORS, Review};
use crate::text::{Span, label_of};

/// The sections that pages give the same anchor and heading each time.
pub const KNOWN_PLACES: [(&str, &str); 11] = [
    ("summary", "Summary"),
    ("impact", "Impact"),
    ("timeline", "Timeline"),
    ("root-cause", "Root cause"),
    ("factors", "Contributing factors"),
    ("what-went-well", "What went well"),
    ("what-went-poorly", "What went poorly"),
    ("where-we-got-lucky", "Where we got lucky"),
    ("response", "How the response went"),
    ("actions", "Actions"),
    ("weaknesses", "What was weak, and what changed"),
];

/// Where a section stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At a position of `KNOWN_PLACES`.
    Known(u8),
    /// Under a heading of the author's.
    Other {
        /// Its anchor; empty when it has no heading.
        anchor: String,
        /// Its heading; may be empty.
        heading: String,
    },
}

impl Place {
    /// Its anchor on the page; empty when it has none.
    pub fn anchor(&self) -> &str {
        match self {
            Self::Known(at) => KNOWN_PLACES[usize::from(*at)].0,
            Self::Other { anchor, .. } => anchor,
        }
    }

    /// Its heading; may be empty.
    pub fn heading(&self) -> &str {
        match self {
            Self::Known(at) => KNOWN_PLACES[usize::from(*at)].1,
            Self::Other { heading, .. } => heading,
        }
    }

    fn known(anchor: &str) -> Option<Self> {
        let at = KNOWN_PLACES.iter().position(|(known, _)| *known == anchor)?;
        Some(Self::Known(at as u8))
    }
}

/// A section as plain text.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Where it stands.
    pub place: Place,
    /// Its words; paragraphs, items and cells end with a line break.
    pub text: String,
}

/// The names under which a review can be found besides its title: factors and other people's words for them, services,
/// the organisation, former ids.
pub(super) fn names(corpus: &Corpus, review: &Review) -> String {
    let mut names = format!("{}\n", review.id);
    let mut add = |name: &str| {
        names.push_str(name);
        names.push('\n');
    };
    for factor in review.factors.iter().filter_map(|used| corpus.factor(used)) {
        add(&factor.name);
        factor.aliases.iter().for_each(|alias| add(&alias.value));
    }
    review.services.iter().for_each(|service| add(&service.value));
    review.aliases.iter().for_each(|alias| add(&alias.value));
    add(corpus.policy.organisation_of(review));
    names
}

/// The sections of a review, the summary first, then in the order of the page.
pub fn passages(review: &Review) -> Vec<Passage> {
    let mut passages = Passages::default();
    let places = places(review);
    if let Some(summary) = places.iter().flatten().find(|place| place.anchor() == "summary") {
        passages.at(summary.clone());
    }
    let impact = review.impact.texts.iter().map(|(_, text)| text.value.as_str());
    passages.add("impact", impact);
    let homes: Vec<Option<usize>> = places.into_iter().map(|place| Some(passages.at(place?))).collect();
    let mut part = 0;
    visible_text(&review.text, review.body, |words, at| {
        // A footnote may be defined before the part that mentions it.
        while part > 0 && review.parts[part].content.start > at.start {
            part -= 1;
        }
        while review.parts.get(part + 1).is_some_and(|next| next.content.start <= at.start) {
            part += 1;
        }
        let is_inside = review.parts.get(part).is_some_and(|part| part.content.contains(at));
        if let Some(home) = homes.get(part).copied().flatten().filter(|_| is_inside) {
            passages.all[home].text.push_str(words);
        }
    });
    passages.add("factors", review.factors.iter().filter_map(|used| Some(used.note.as_ref()?.value.as_str())));
    let response = &review.response;
    let answers = response.answers.iter().filter_map(|given| given.answer.note.as_deref());
    let controls = response.controls.iter().map(|text| text.value.as_str());
    passages.add("response", answers.chain(controls));
    let changes = review.actions.iter().flat_map(|action| {
        let change = action.change.as_ref().map(|text| text.value.as_str());
        change.into_iter().chain(action.evidence.as_deref())
    });
    passages.add("actions", changes);
    passages.add("weaknesses", review.accepted.iter().filter_map(|entry| Some(entry.reason.as_ref()?.value.as_str())));
    passages.all.retain(|passage| !passage.text.trim().is_empty());
    passages.all
}

#[derive(Default)]
struct Passages {
    all: Vec<Passage>,
    /// The position of each place.
    places: BTreeMap<Place, usize>,
}

impl Passages {
    /// The position of the passage at `place`, which is made if it is not there.
    fn at(&mut self, place: Place) -> usize {
        let next = self.all.len();
        let at = *self.places.entry(place.clone()).or_insert(next);
        if at == next {
            self.all.push(Passage { place, text: String::new() });
        }
        at
    }

    /// Adds strings of the front matter to a known place.
    fn add<'a>(&mut self, anchor: &str, texts: impl Iterator<Item = &'a str>) {
        let Some(place) = Place::known(anchor) else { return };
        for text in texts {
            let at = self.at(place.clone());
            let passage = &mut self.all[at].text;
            if text.contains(['[', '<', '&', '\\']) {
                visible_text(text, Span::new(0, text.len()), |words, _| passage.push_str(words));
            } else {
                passage.extend(text.chars().filter(|c| !matches!(c, '`' | '*')));
            }
            passage.push('\n');
        }
    }
}

/// For each part of the text, where its page shows it; none for empty ones. The pages give the same anchors.
fn places(review: &Review) -> Vec<Option<Place>> {
    let mut taken: BTreeMap<String, usize> = PAGE_ANCHORS.map(|id| (id.to_owned(), 1)).into();
    let mut counts: BTreeMap<SectionKind, usize> = BTreeMap::new();
    let mut place = |part: &crate::model::Part| {
        let title = part.title.as_ref().map_or("", |title| title.value.trim().trim_end_matches(':'));
        let count = part.kind.map_or(0, |kind| {
            let count = counts.entry(kind).or_default();
            *count += 1;
            *count
        });
        match (part.kind.and_then(anchor_of), part.kind) {
            (Some(anchor), _) if count == 1 => return Place::known(anchor),
            (Some(anchor), Some(kind @ (SectionKind::WentWell | SectionKind::WentPoorly | SectionKind::GotLucky))) => {
                let (anchor, heading) = (format!("{anchor}-{count}"), kind.heading().to_owned());
                return Some(Place::Other { anchor, heading });
            }
            _ => {}
        }
        let label = label_of(title);
        let anchor = fresh_anchor(&mut taken, if label.is_empty() { "part" } else { &label });
        let anchor = if title.is_empty() { String::new() } else { anchor };
        Some(Place::Other { anchor, heading: title.to_owned() })
    };
    review.parts.iter().map(|part| if part.is_empty { None } else { place(part) }).collect()
}

fn anchor_of(kind: SectionKind) -> Option<&'static str> {
    Some(match kind {
        SectionKind::Summary => "summary",
        SectionKind::Timeline => "timeline",
        SectionKind::RootCause => "root-cause",
        SectionKind::ContributingFactors => "factors",
        SectionKind::WentWell => "what-went-well",
        SectionKind::WentPoorly => "what-went-poorly",
        SectionKind::GotLucky => "where-we-got-lucky",
    })
}
