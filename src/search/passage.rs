//! The searchable text of a review: its sections as plain text, each with its place on the page.

use std::collections::BTreeMap;

use crate::markdown::{PlainText, plain};
use crate::model::{Corpus, Part, Review};
use crate::text::strip_controls;

/// Anchors and headings of the sections that every page names alike.
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

/// The place of a section on the page of its review.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At a position of `KNOWN_PLACES`.
    Known(u8),
    /// A heading of the author's own.
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
    /// The heading to link to.
    pub place: Place,
    /// Text without markup; paragraphs, items and rows end with a line break.
    pub text: String,
}

/// Names that find a review besides its title, one a line: factors and their aliases, services, the organisation, former
/// ids.
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
    let text = PlainText::new(&review.text, review.body);
    for (part, place) in review.parts.iter().zip(places) {
        let Some(place) = place else { continue };
        let heading = match &place {
            Place::Known(_) => String::new(),
            Place::Other { heading, .. } => heading.clone(),
        };
        let at = passages.at(place);
        passages.add_lines(at, &heading);
        passages.add_lines(at, &text.words(part.content));
    }
    let own_notes = review.factors.iter().filter(|used| used.has_note_of_its_own());
    passages.add("factors", own_notes.filter_map(|used| Some(used.note.as_ref()?.value.as_str())));
    let response = &review.response;
    let answers = response.answers.iter().filter_map(|given| given.answer.note.as_deref());
    let controls = response.controls.iter().map(|text| text.value.as_str());
    passages.add("response", answers.chain(controls));
    let changes = review.actions.iter().filter(|action| action.block.is_none()).flat_map(|action| {
        let change = action.change.as_ref().map(|text| text.value.as_str());
        change.into_iter().chain(action.evidence.as_deref())
    });
    passages.add("actions", changes);
    passages.add("weaknesses", review.accepted.iter().filter_map(|entry| Some(entry.reason.as_ref()?.value.as_str())));
    for passage in &mut passages.all {
        passage.text = strip_controls(std::mem::take(&mut passage.text));
    }
    passages.all.retain(|passage| !passage.text.trim().is_empty());
    passages.all
}

#[derive(Default)]
struct Passages {
    all: Vec<Passage>,
    /// The position in `all` of each place.
    places: BTreeMap<Place, usize>,
}

impl Passages {
    /// The position of the passage at `place`, after adding it if it is new.
    fn at(&mut self, place: Place) -> usize {
        let next = self.all.len();
        let at = *self.places.entry(place.clone()).or_insert(next);
        if at == next {
            self.all.push(Passage { place, text: String::new() });
        }
        at
    }

    /// Adds strings of the front matter to the known place of `anchor`.
    fn add<'a>(&mut self, anchor: &str, texts: impl Iterator<Item = &'a str>) {
        let Some(place) = Place::known(anchor) else { return };
        for text in texts {
            let at = self.at(place.clone());
            self.add_lines(at, &plain(text));
        }
    }

    fn add_lines(&mut self, at: usize, words: &str) {
        let passage = &mut self.all[at].text;
        passage.push_str(words);
        passage.push('\n');
    }
}

/// For each part of the text, where its page shows it; none for empty ones.
fn places(review: &Review) -> Vec<Option<Place>> {
    let place = |(part, anchor): (&Part, Option<String>)| {
        let anchor = anchor?;
        if part.has_heading_of_template()
            && let Some(known) = Place::known(&anchor)
        {
            return Some(known);
        }
        let heading = part.heading();
        let anchor = if heading.is_empty() { String::new() } else { anchor };
        Some(Place::Other { anchor, heading: heading.to_owned() })
    };
    review.parts.iter().zip(review.part_anchors()).map(place).collect()
}
