//! The sections of a review, recognised by their headings in the many ways people write them.

use std::collections::BTreeMap;

use super::outline::{Heading, Item, Outline};
use crate::text::Span;

/// The sections that every review has, or may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SectionKind {
    /// What happened, and how it was resolved.
    Summary,
    /// When things happened, in UTC.
    Timeline,
    /// Why it was possible.
    RootCause,
    /// What else made it more likely, larger, longer or harder to see.
    ContributingFactors,
    /// What helped.
    WentWell,
    /// What made it harder.
    WentPoorly,
    /// What could easily have been worse.
    GotLucky,
}

impl SectionKind {
    /// Every kind, in the order of the template.
    pub const ALL: [Self; 7] = [
        Self::Summary,
        Self::Timeline,
        Self::RootCause,
        Self::ContributingFactors,
        Self::WentWell,
        Self::WentPoorly,
        Self::GotLucky,
    ];

    /// The heading that the template gives it.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Timeline => "Timeline",
            Self::RootCause => "Root cause",
            Self::ContributingFactors => "Contributing factors",
            Self::WentWell => "What went well",
            Self::WentPoorly => "What went poorly",
            Self::GotLucky => "Where we got lucky",
        }
    }

    /// Whether a review is incomplete without it.
    pub fn is_required(self) -> bool {
        self != Self::ContributingFactors
    }

    /// The kind that a heading names.
    pub fn from_heading(heading: &str) -> Option<Self> {
        let words = normalise(heading);
        let names = |(kind, whole, beginnings): &(Self, &[&str], &[&str])| {
            let is_named = whole.contains(&words.as_str()) || beginnings.iter().any(|first| words.starts_with(first));
            is_named.then_some(*kind)
        };
        SYNONYMS.iter().find_map(names)
    }
}

/// The one table of synonyms, in English, German, French, Spanish, Japanese and Arabic: whole headings, and how headings
/// begin. They are written as [`normalise`] leaves them.
const SYNONYMS: [(SectionKind, &[&str], &[&str]); 7] = [
    (
        SectionKind::Summary,
        &[
            "summary",
            "issue summary",
            "incident summary",
            "executive summary",
            "overview",
            "incident overview",
            "what happened",
            "tl dr",
            "abstract",
            "zusammenfassung",
            "kurzfassung",
            "überblick",
            "was ist passiert",
            "was geschah",
            "résumé",
            "synthèse",
            "en bref",
            "ce qui s est passé",
            "que s est il passé",
            "resumen",
            "resumen ejecutivo",
            "qué pasó",
            "qué ocurrió",
            "概要",
            "要約",
            "サマリー",
            "何が起きたか",
            "ملخص",
            "الملخص",
            "خلاصة",
            "ماذا حدث",
        ],
        &[],
    ),
    (
        SectionKind::Timeline,
        &["verlauf", "ablauf", "経過", "時系列"],
        &[
            "timeline",
            "incident timeline",
            "chronology",
            "key events",
            "sequence of events",
            "zeitlicher ablauf",
            "zeitverlauf",
            "zeitleiste",
            "chronologie",
            "déroulement",
            "déroulé",
            "cronología",
            "cronologia",
            "línea de tiempo",
            "línea temporal",
            "タイムライン",
            "التسلسل الزمني",
            "الخط الزمني",
            "الجدول الزمني",
        ],
    ),
    (
        SectionKind::RootCause,
        &["cause", "causes", "technical cause", "ursache", "ursachen", "causa", "causas", "原因", "السبب"],
        &[
            "root cause",
            "blameless root cause",
            "technical root cause",
            "the root cause",
            "grundursache",
            "hauptursache",
            "cause première",
            "cause racine",
            "causes racines",
            "cause profonde",
            "causes profondes",
            "causa raíz",
            "causas raíz",
            "causa raiz",
            "causa principal",
            "根本原因",
            "السبب الجذري",
            "الأسباب الجذرية",
        ],
    ),
    (
        SectionKind::ContributingFactors,
        &["寄与要因", "要因"],
        &[
            "contributing factor",
            "contributing cause",
            "contributory factor",
            "other contributing",
            "beitragende faktor",
            "beitragende ursache",
            "begünstigende",
            "facteurs contributifs",
            "facteur contributif",
            "facteurs aggravants",
            "factores contribuyentes",
            "factor contribuyente",
            "factores coadyuvantes",
            "العوامل المساهمة",
            "عوامل مساهمة",
        ],
    ),
    (
        SectionKind::WentWell,
        &["よかったこと", "良かったこと"],
        &[
            "what went well",
            "things that went well",
            "what went right",
            "what worked well",
            "went well",
            "was gut lief",
            "was gut gelaufen",
            "was gut ging",
            "was lief gut",
            "das lief gut",
            "ce qui s est bien passé",
            "ce qui a bien fonctionné",
            "ce qui a bien marché",
            "lo que salió bien",
            "qué salió bien",
            "lo que funcionó",
            "lo que fue bien",
            "うまくいったこと",
            "うまくいった点",
            "ما سار جيدا",
            "ما سار جيدًا",
            "ما نجح",
        ],
    ),
    (
        SectionKind::WentPoorly,
        &["悪かったこと"],
        &[
            "what went poorly",
            "things that went poorly",
            "what went wrong",
            "what went badly",
            "what didn t go",
            "what did not go",
            "what could be done better",
            "what could have gone better",
            "what could have been better",
            "went poorly",
            "things that went wrong",
            "was schlecht lief",
            "was nicht gut lief",
            "was schief",
            "was lief schlecht",
            "das lief schlecht",
            "ce qui s est mal passé",
            "ce qui n a pas",
            "lo que salió mal",
            "qué salió mal",
            "lo que no funcionó",
            "lo que fue mal",
            "うまくいかなかったこと",
            "うまくいかなかった点",
            "ما سار بشكل سيئ",
            "ما لم يسر",
            "ما فشل",
        ],
    ),
    (
        SectionKind::GotLucky,
        &["幸運だった点"],
        &[
            "where we got lucky",
            "where we were lucky",
            "got lucky",
            "what we got lucky",
            "where did we get lucky",
            "where luck helped",
            "luck",
            "wo wir glück hatten",
            "wo glück half",
            "glück",
            "là où nous avons eu de la chance",
            "où nous avons eu de la chance",
            "là où la chance a aidé",
            "coups de chance",
            "dónde tuvimos suerte",
            "en qué tuvimos suerte",
            "dónde ayudó la suerte",
            "golpes de suerte",
            "幸運だったこと",
            "幸運に助けられたこと",
            "運が良かったこと",
            "運がよかったこと",
            "أين حالفنا الحظ",
            "أين ساعد الحظ",
            "حيث حالفنا الحظ",
        ],
    ),
];

/// Lower-case words, without numbering, emoji, short-codes and punctuation.
fn normalise(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let (mut text, mut rest) = (String::with_capacity(lower.len()), lower.as_str());
    while let Some((before, after)) = rest.split_once(':') {
        let code = after.split_once(':').filter(|(code, _)| !code.contains(char::is_whitespace));
        let Some((_, after)) = code else { break };
        text.push_str(before);
        text.push(' ');
        rest = after;
    }
    text.push_str(rest);
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.skip_while(|word| word.chars().all(|c| c.is_ascii_digit())).collect();
    words.join(" ")
}

/// A part of the body between one heading and the next that counts.
#[derive(Clone, Debug)]
pub struct Section {
    /// What it is about, when its heading says so.
    pub kind: Option<SectionKind>,
    /// The heading; none for text before the first one.
    pub heading: Option<Heading>,
    /// What follows the heading.
    pub content: Span,
    /// Whether anything visible stands there.
    pub is_empty: bool,
}

impl Section {
    /// The list items of the section that are in no other list.
    pub fn items<'a>(&self, outline: &'a Outline) -> impl Iterator<Item = &'a Item> {
        within(&outline.items, self.content, |item| item.span)
    }
}

/// Those of `parts`, which are in order, that lie inside `place`.
pub(super) fn within<T>(parts: &[T], place: Span, span: impl Fn(&T) -> Span) -> impl Iterator<Item = &T> {
    let from = parts.partition_point(|part| span(part).start < place.start);
    parts[from..].iter().take_while(move |part| place.contains(span(part)))
}

/// Divides a body at its headings. A heading that names a kind always opens a section;
/// another one does so unless it is deeper than the section it stands in.
pub(super) fn divide(outline: &Outline, body: Span) -> Vec<Section> {
    let mut sections = vec![Section { kind: None, heading: None, content: body, is_empty: true }];
    for heading in &outline.headings {
        let kind = SectionKind::from_heading(&heading.text);
        let current = sections.last_mut().expect("there is always a first section");
        let deeper = current.heading.as_ref().is_some_and(|open| heading.level > open.level);
        let subheading_of_timeline = current.kind == Some(SectionKind::Timeline) && deeper && kind.is_none();
        if kind.is_some() || (!deeper && !subheading_of_timeline) {
            current.content = Span::new(current.content.start, heading.span.start);
            let content = Span::new(heading.span.end, body.end);
            sections.push(Section { kind, heading: Some(heading.clone()), content, is_empty: true });
        }
    }
    for section in &mut sections {
        let first = outline.words.partition_point(|at| *at < section.content.start);
        section.is_empty = outline.words.get(first).is_none_or(|at| *at >= section.content.end);
    }
    if sections[0].is_empty {
        sections.remove(0);
    }
    sections
}

/// An anchor that is not in `taken`, which holds for each one the last number that was tried after it.
pub fn fresh_anchor(taken: &mut BTreeMap<String, usize>, wanted: &str) -> String {
    // The page gives such ids to entries of the timeline and to actions.
    let own = ["entry-", "action-"].iter().any(|prefix| wanted.starts_with(prefix));
    let wanted = if own { format!("section-{wanted}") } else { wanted.to_owned() };
    let mut id = wanted.clone();
    let mut number = taken.get(&wanted).copied().unwrap_or(0);
    while number > 0 {
        number += 1;
        id = format!("{wanted}-{number}");
        if !taken.contains_key(&id) {
            break;
        }
    }
    taken.insert(wanted, number.max(1));
    taken.entry(id.clone()).or_insert(1);
    id
}

#[cfg(test)]
mod tests {
    use super::SectionKind;
    use crate::text::label_of;

    #[test]
    fn headings_are_known_in_the_forms_people_use() {
        for (heading, kind) in [
            ("Root causes", SectionKind::RootCause),
            ("3. Root Cause Analysis:", SectionKind::RootCause),
            (":magic_wand: What went wrong", SectionKind::WentPoorly),
            ("🍀 Where we got lucky", SectionKind::GotLucky),
            ("Timeline (all times in UTC)", SectionKind::Timeline),
            ("TL;DR", SectionKind::Summary),
            ("What didn't go so well?", SectionKind::WentPoorly),
        ] {
            assert_eq!(SectionKind::from_heading(heading), Some(kind), "{heading}");
        }
        assert_eq!(SectionKind::from_heading("Lessons learned"), None);
        for kind in SectionKind::ALL {
            assert_eq!(SectionKind::from_heading(kind.heading()), Some(kind));
        }
    }

    #[test]
    fn labels_are_made_from_letters_and_digits() {
        assert_eq!(label_of("The rule's author was at work."), "the-rule-s-author-was-at-work");
    }
}
