//! Which words of an entry are marks: the names of phases, their synonyms, and the marks of a site.

use crate::diagnostic::{ProblemKind, Problems};
use crate::document::{EntryLine, MarkForm, MarkWords};
use crate::model::{Mark, PhaseMark, Policy};
use crate::text::{Spanned, nearest};

/// Other words for phases, in lower case.
const SYNONYMS: [(&str, PhaseMark); 43] = [
    ("incident began", PhaseMark::ImpactStarted),
    ("incident begins", PhaseMark::ImpactStarted),
    ("incident started", PhaseMark::ImpactStarted),
    ("impact began", PhaseMark::ImpactStarted),
    ("impact begins", PhaseMark::ImpactStarted),
    ("outage started", PhaseMark::ImpactStarted),
    ("outage began", PhaseMark::ImpactStarted),
    ("outage begins", PhaseMark::ImpactStarted),
    ("outage starts", PhaseMark::ImpactStarted),
    ("start of impact", PhaseMark::ImpactStarted),
    ("start of incident", PhaseMark::ImpactStarted),
    ("start of outage", PhaseMark::ImpactStarted),
    ("fault occurs", PhaseMark::ImpactStarted),
    ("fault occurred", PhaseMark::ImpactStarted),
    ("detection", PhaseMark::Detected),
    ("first detected", PhaseMark::Detected),
    ("team aware", PhaseMark::Detected),
    ("alert fired", PhaseMark::Detected),
    ("reported", PhaseMark::Detected),
    ("incident reported", PhaseMark::Detected),
    ("discovered", PhaseMark::Detected),
    ("response started", PhaseMark::Responded),
    ("acknowledged", PhaseMark::Responded),
    ("incident declared", PhaseMark::Responded),
    ("root cause found", PhaseMark::CauseIdentified),
    ("root cause identified", PhaseMark::CauseIdentified),
    ("cause found", PhaseMark::CauseIdentified),
    ("workaround applied", PhaseMark::Mitigated),
    ("mitigation applied", PhaseMark::Mitigated),
    ("outage mitigated", PhaseMark::Mitigated),
    ("repaired", PhaseMark::Mitigated),
    ("service restored", PhaseMark::Resolved),
    ("service fully restored", PhaseMark::Resolved),
    ("recovered", PhaseMark::Resolved),
    ("incident closed", PhaseMark::Resolved),
    ("incident ends", PhaseMark::Resolved),
    ("incident resolved", PhaseMark::Resolved),
    ("issue resolved", PhaseMark::Resolved),
    ("incident repaired", PhaseMark::Resolved),
    ("outage ended", PhaseMark::Resolved),
    ("outage ends", PhaseMark::Resolved),
    ("end of outage", PhaseMark::Resolved),
    ("end of incident", PhaseMark::Resolved),
];

/// Words that are a mark in bold or as a cell only: in running text they tell what somebody did.
const SYNONYMS_IN_BOLD: [(&str, PhaseMark); 1] = [("rolled back", PhaseMark::Mitigated)];

/// Words that are a mark only as a label in the head of a text: in a timeline they tell of other things.
const SYNONYMS_IN_HEAD: [(&str, PhaseMark); 19] = [
    ("start", PhaseMark::ImpactStarted),
    ("started", PhaseMark::ImpactStarted),
    ("began", PhaseMark::ImpactStarted),
    ("beginning", PhaseMark::ImpactStarted),
    ("impact start", PhaseMark::ImpactStarted),
    ("incident start", PhaseMark::ImpactStarted),
    ("outage start", PhaseMark::ImpactStarted),
    ("mitigation", PhaseMark::Mitigated),
    ("resolution", PhaseMark::Resolved),
    ("restored", PhaseMark::Resolved),
    ("recovery", PhaseMark::Resolved),
    ("end", PhaseMark::Resolved),
    ("ended", PhaseMark::Resolved),
    ("impact end", PhaseMark::Resolved),
    ("impact ended", PhaseMark::Resolved),
    ("incident end", PhaseMark::Resolved),
    ("incident ended", PhaseMark::Resolved),
    ("outage end", PhaseMark::Resolved),
    ("end of impact", PhaseMark::Resolved),
];

/// The phase that a label in the head of a text names: `Detected`, `Start time (UTC)`, `Date of detection`.
pub(super) fn phase_of_label(label: &str) -> Option<LabelledPhase> {
    let lower = label.to_lowercase();
    let words = lower.split(['(', '[']).next().unwrap_or_default().trim().trim_end_matches([':', '?']).trim();
    if let Some(phase) = PhaseMark::ALL.into_iter().find(|phase| phase.name().eq_ignore_ascii_case(words)) {
        return Some(LabelledPhase { phase, is_name: true });
    }
    let before = ["date and time of ", "time of ", "date of ", "time ", "date "];
    let after = [" date and time", " date/time", " timestamp", " time", " date", " at", " on"];
    let words = before.iter().find_map(|before| words.strip_prefix(before)).unwrap_or(words);
    let words = after.iter().find_map(|after| words.strip_suffix(after)).unwrap_or(words);
    let words = words.strip_prefix("the ").unwrap_or(words);
    let named = PhaseMark::ALL.into_iter().find(|phase| phase.name().eq_ignore_ascii_case(words));
    let synonyms = || SYNONYMS.iter().chain(&SYNONYMS_IN_HEAD).find(|(synonym, _)| *synonym == words);
    let phase = named.or_else(|| synonyms().map(|(_, phase)| *phase))?;
    Some(LabelledPhase { phase, is_name: false })
}

/// What a label of the head names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LabelledPhase {
    pub(super) phase: PhaseMark,
    /// Whether it is the phase's own name, which counts before other words for it.
    pub(super) is_name: bool,
}

/// The marks that a timeline can have.
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    pub(super) fn of(policy: &Policy) -> Self {
        let custom = policy.marks.iter().map(|mark| Mark::Custom(mark.name.clone()));
        Self(Mark::built_in().chain(custom).collect())
    }

    /// The marks of a line in the order in which they are written, and where its text begins. Words that are no mark, or
    /// another word for one, stay in the text.
    pub(super) fn of_line(&self, line: &EntryLine, problems: &mut Problems) -> (Vec<Spanned<Mark>>, usize) {
        let mut marks: Vec<Spanned<Mark>> = Vec::new();
        let mut text_start = line.text_start;
        for bold in line.marks.chunk_by(|one, next| one.after == next.after) {
            let found: Vec<Option<Found>> = bold.iter().map(|words| self.find(words)).collect();
            let begins_here = bold.first().is_some_and(|first| first.words.span.start <= text_start + 2);
            let is_said_by_marks = found.iter().all(|found| matches!(found, Some(Found { is_name: true, .. })));
            if begins_here && is_said_by_marks {
                text_start = bold.last().map_or(text_start, |last| last.after);
            }
            for (words, found) in bold.iter().zip(found) {
                match found {
                    Some(Found { mark, .. }) if marks.iter().all(|known| known.value != mark) => {
                        marks.push(Spanned::new(mark, words.words.span));
                    }
                    Some(_) => {}
                    None => self.report_near(words, problems),
                }
            }
        }
        (marks, text_start)
    }

    fn find(&self, words: &MarkWords) -> Option<Found> {
        let lower = words.words.value.to_lowercase();
        if let Some(mark) = self.0.iter().find(|mark| mark.name().to_lowercase() == lower) {
            return Some(Found { mark: mark.clone(), is_name: true });
        }
        let in_bold: &[(&str, PhaseMark)] = match words.form {
            MarkForm::Bold | MarkForm::Alone => &SYNONYMS_IN_BOLD,
            MarkForm::Opening => &[],
        };
        let phase = SYNONYMS.iter().chain(in_bold).find(|(synonym, _)| *synonym == lower).map(|(_, phase)| *phase)?;
        Some(Found { mark: Mark::Phase(phase), is_name: false })
    }

    /// Reports bold words that resemble a mark.
    fn report_near(&self, words: &MarkWords, problems: &mut Problems) {
        let word = &words.words;
        let is_short = words.form == MarkForm::Bold && word.value.split_whitespace().count() <= 2;
        let Some(near) = nearest(&word.value, self.0.iter().map(Mark::name)).filter(|_| is_short) else { return };
        problems
            .add(ProblemKind::UnknownMark, word.span, format!("`{}` is no mark of a timeline", word.value))
            .help(format!("Did you mean `{near}`? Bold words that are no mark should not stand right after the time."));
    }
}

/// A mark that was found.
struct Found {
    mark: Mark,
    /// Whether the words are the mark's own name, so that nothing is lost when the mark stands for them.
    is_name: bool,
}
