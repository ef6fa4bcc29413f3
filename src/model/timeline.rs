//! Moments, phase marks and the timeline of an incident.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::vocabulary::{PhaseMark, Precision};
use crate::text::{Span, Spanned};

/// A point in time in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The earliest it can be.
    pub at: NaiveDateTime,
    /// How exactly it is known.
    pub precision: Precision,
    /// Whether the author called it approximate.
    pub approximate: bool,
}

impl Moment {
    /// Whether a time of day is known.
    pub fn has_time(&self) -> bool {
        self.precision >= Precision::Minute
    }

    /// The last point in time that it can be.
    pub fn latest(&self) -> NaiveDateTime {
        let date = self.at.date();
        match self.precision {
            Precision::Month => {
                let next = if date.month() == 12 { (date.year() + 1, 1) } else { (date.year(), date.month() + 1) };
                let last = NaiveDate::from_ymd_opt(next.0, next.1, 1).and_then(|day| day.pred_opt()).unwrap_or(date);
                last.and_hms_opt(23, 59, 59).unwrap_or(self.at)
            }
            Precision::Day => date.and_hms_opt(23, 59, 59).unwrap_or(self.at),
            Precision::Minute => self.at + chrono::Duration::seconds(59),
            Precision::Second => self.at,
        }
    }

    /// Whether it is certainly before `other`, given how exactly both are known.
    pub fn is_before(&self, other: &Self) -> bool {
        self.latest() < other.at
    }
}

/// What an entry is marked as.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A phase begins.
    Phase(PhaseMark),
    /// Something was decided.
    Decision,
    /// Somebody was told.
    Communication,
    /// A mark of the site's own, by its name.
    Custom(String),
}

impl Mark {
    /// The marks that every site has: the phases, and those for what was decided and told.
    pub fn built_in() -> impl Iterator<Item = Self> {
        PhaseMark::ALL.into_iter().map(Self::Phase).chain([Self::Decision, Self::Communication])
    }

    /// The words that stand for it.
    pub fn name(&self) -> &str {
        match self {
            Self::Phase(phase) => phase.name(),
            Self::Decision => "Decision",
            Self::Communication => "Communication",
            Self::Custom(name) => name,
        }
    }
}

/// An entry of the timeline.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    /// When it happened, or began.
    pub at: Moment,
    /// Until when, for a range.
    pub until: Option<Moment>,
    /// Its marks, each where it stands.
    pub marks: Vec<Spanned<Mark>>,
    /// The whole entry in the text.
    pub span: Span,
    /// Where the time stands in the text.
    pub stamp_span: Span,
    /// How the time is written, where that is not UTC: `10:00 CET`.
    pub written: Option<String>,
    /// A footnote between the time and the text.
    pub note: Option<Span>,
    /// Where the words after time and marks begin.
    pub text_start: usize,
}

/// An entry whose time is not known. It keeps its place among the others.
#[derive(Clone, Debug)]
pub struct UntimedEntry {
    /// How many entries with a time stand before it.
    pub after: usize,
    /// Its marks, each where it stands.
    pub marks: Vec<Spanned<Mark>>,
    /// The whole entry in the text.
    pub span: Span,
    /// Where its words begin.
    pub text_start: usize,
}

/// A line of the timeline as readers see it.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    /// An entry with its position among those with a time.
    Timed(usize, &'a TimelineEntry),
    /// An entry without a time.
    Untimed(&'a UntimedEntry),
}

/// The entries of an incident in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    entries: Vec<TimelineEntry>,
    /// In the order of the text.
    untimed: Vec<UntimedEntry>,
    /// The lines that only give the day of the entries below them.
    day_lines: Vec<Span>,
    /// The phases that the head of the text states, and no entry marks; by time.
    stated: Vec<TimelineEntry>,
    /// The first moment of each phase, in the order of [`PhaseMark::ALL`]. Everything is derived from these.
    firsts: [Option<Moment>; 7],
    date: Option<NaiveDate>,
}

impl Timeline {
    /// A timeline of these entries.
    pub fn new(entries: Vec<TimelineEntry>, untimed: Vec<UntimedEntry>, day_lines: Vec<Span>) -> Self {
        Self { entries, untimed, day_lines, ..Self::default() }.derived()
    }

    /// The timeline with phases that the head of the text states. An entry that marks the same phase counts instead.
    pub fn with_stated(mut self, mut stated: Vec<TimelineEntry>) -> Self {
        stated.retain(|stated| phases_of(std::slice::from_ref(stated)).all(|(phase, ..)| self.first(phase).is_none()));
        stated.sort_by_key(|stated| stated.at.at);
        self.stated = stated;
        self.derived()
    }

    fn derived(mut self) -> Self {
        let mut firsts = [None; 7];
        for (phase, _, entry) in self.phases() {
            firsts[phase as usize].get_or_insert(entry.at);
        }
        self.firsts = firsts;
        self.date = self.day();
        self
    }

    /// The entries in the order of the text.
    pub fn entries(&self) -> &[TimelineEntry] {
        &self.entries
    }

    /// The entries without a time, in the order of the text.
    pub fn untimed(&self) -> &[UntimedEntry] {
        &self.untimed
    }

    /// The places of all that the entries say, in the order of the text: the entries, and the lines that give their day.
    pub fn places(&self) -> Vec<Span> {
        let entries = self.entries.iter().map(|entry| entry.span);
        let untimed = self.untimed.iter().map(|entry| entry.span);
        let mut places: Vec<Span> = entries.chain(untimed).chain(self.day_lines.iter().copied()).collect();
        places.sort();
        places
    }

    /// All lines in the order of the text.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::with_capacity(self.entries.len() + self.untimed.len());
        let mut untimed = self.untimed.iter().peekable();
        for at in 0..=self.entries.len() {
            while let Some(entry) = untimed.next_if(|entry| entry.after <= at) {
                lines.push(Line::Untimed(entry));
            }
            lines.extend(self.entries.get(at).map(|entry| Line::Timed(at, entry)));
        }
        lines
    }

    /// The phases that the head of the text states, and no entry marks; by time.
    pub fn stated(&self) -> &[TimelineEntry] {
        &self.stated
    }

    /// Every phase mark with its entry, in the order of the text; those of its head where they fall in time.
    pub fn phases(&self) -> impl Iterator<Item = (PhaseMark, Span, &TimelineEntry)> {
        let mut phases: Vec<_> = phases_of(&self.entries).collect();
        for stated in phases_of(&self.stated) {
            let later = phases.iter().position(|(_, _, entry)| entry.at.at > stated.2.at.at);
            phases.insert(later.unwrap_or(phases.len()), stated);
        }
        phases.into_iter()
    }

    /// The first moment marked as `phase`.
    pub fn first(&self, phase: PhaseMark) -> Option<Moment> {
        self.firsts[phase as usize]
    }

    /// The last moment marked as `phase`.
    pub fn last(&self, phase: PhaseMark) -> Option<Moment> {
        self.phases().filter(|(mark, ..)| *mark == phase).last().map(|(_, _, entry)| entry.at)
    }

    /// The day of the first `Impact started`, else of the first mark that is not `Introduced`, else of the first mark,
    /// else of the first entry. A near miss has no impact, and the weakness behind it may be years older than itself.
    pub fn date(&self) -> Option<NaiveDate> {
        self.date
    }

    fn day(&self) -> Option<NaiveDate> {
        let impact = self.first(PhaseMark::ImpactStarted);
        let mark = |wanted: fn(PhaseMark) -> bool| {
            self.phases().find(|(phase, ..)| wanted(*phase)).map(|(_, _, entry)| entry.at)
        };
        let entry = || self.entries.first().map(|entry| entry.at);
        let moment =
            impact.or_else(|| mark(|phase| phase != PhaseMark::Introduced)).or_else(|| mark(|_| true)).or_else(entry);
        moment.map(|moment| moment.at.date())
    }

    /// The latest day of any entry.
    pub fn last_date(&self) -> Option<NaiveDate> {
        self.entries.iter().chain(&self.stated).map(|entry| entry.at.at.date()).max()
    }
}

fn phases_of(entries: &[TimelineEntry]) -> impl Iterator<Item = (PhaseMark, Span, &TimelineEntry)> {
    entries.iter().flat_map(|entry| {
        entry.marks.iter().filter_map(move |mark| match mark.value {
            Mark::Phase(phase) => Some((phase, mark.span, entry)),
            Mark::Decision | Mark::Communication | Mark::Custom(_) => None,
        })
    })
}
