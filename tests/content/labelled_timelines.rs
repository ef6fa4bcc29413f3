//! Real timelines, labelled by hand: every entry is read as its label says, or has a finding that says why not.
//!
//! `tests/content/labels` holds the shape of public reviews with all times, dates, zones and marks, and other words in place
//! of their prose; each file names its source. `README.md` there says how to read a label.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use casebook::diagnostic::{Problem, ProblemKind};
use casebook::document::{Section, SectionKind, parse};
use casebook::lower::lower;
use casebook::model::{Policy, Precision, Review, TimelineEntry};
use casebook::text::{LineIndex, SitePath, Source, Span};

/// A line of a label file.
struct Label {
    line: usize,
    stamp: String,
    from: String,
    approximate: String,
    marks: String,
    finding: String,
}

/// How an entry was read, beside its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// As the label says.
    Right,
    /// Not as the label says, or with a doubt that the label has, too, and a finding says so.
    Said,
    /// Something else, without a finding.
    Wrong,
}

fn labels(text: &str) -> Vec<Label> {
    let cell = |cells: &[&str], at: usize| cells.get(at).copied().unwrap_or_default().trim().to_owned();
    let label = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        Label {
            line: cells[0].parse().unwrap(),
            stamp: cell(&cells, 1),
            from: cell(&cells, 2),
            approximate: cell(&cells, 5),
            marks: cell(&cells, 6),
            finding: cell(&cells, 7),
        }
    };
    text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(label).collect()
}

/// A review, its problems by line, and the entries by line.
struct Reading {
    review: Review,
    entries: BTreeMap<usize, TimelineEntry>,
    problems: Vec<(usize, Problem)>,
    has_timeline: bool,
    /// The lines of the sections that S009 says are not measured.
    unmeasured: Vec<Range<usize>>,
}

fn reading(text: &str) -> Reading {
    let source = Source { path: SitePath::new("content/reviews/x.md").unwrap(), text: text.into() };
    let document = parse(&source);
    let (review, problems) = lower(&document, &Policy::default());
    let index = LineIndex::new(&source.text);
    let line = |span| index.position(&source.text, document.map.to_source(span).start).line;
    let entries = review.timeline.entries().iter().map(|entry| (line(entry.stamp_span), entry.clone())).collect();
    let problems: Vec<_> = problems.into_iter().map(|problem| (line(problem.span), problem)).collect();
    let has_timeline = document.section(SectionKind::Timeline).is_some();
    let is_unmeasured = |line: usize| {
        problems.iter().any(|(at, problem)| *at == line && problem.kind == ProblemKind::UnmeasuredTimeline)
    };
    let unmeasured = document
        .sections
        .iter()
        .filter(|section| section.heading.as_ref().is_some_and(|heading| is_unmeasured(line(heading.span))));
    let lines = |section: &Section| line(section.content)..line(Span::at(section.content.end));
    let unmeasured = unmeasured.map(lines).collect();
    Reading { review, entries, problems, has_timeline, unmeasured }
}

impl Label {
    /// Where the label itself has a doubt, a finding is right.
    fn judge(&self, reading: &Reading) -> Verdict {
        match self.compare(reading) {
            Verdict::Said if !self.finding.is_empty() || !reading.has_timeline => Verdict::Right,
            verdict => verdict,
        }
    }

    fn compare(&self, reading: &Reading) -> Verdict {
        if !reading.has_timeline {
            // S001 says that there is none.
            return Verdict::Said;
        }
        // A line that only gives the day may be missing among the entries.
        if self.finding == "day line" && !reading.entries.contains_key(&self.line) {
            return Verdict::Right;
        }
        let entry = reading.entries.get(&self.line);
        let here = |kind| reading.problems.iter().any(|(line, problem)| *line == self.line && problem.kind == kind);
        // A missing zone and a missing day are said once a timeline.
        let anywhere = |kind, words: &str| {
            reading.problems.iter().any(|(_, problem)| problem.kind == kind && problem.message.contains(words))
        };
        let says_zone = anywhere(ProblemKind::TimeWithoutZone, "");
        let says_no_day = anywhere(ProblemKind::UnreadableEntry, "has one");
        let is_unreadable = here(ProblemKind::UnreadableEntry);
        let Some(entry) = entry else {
            // S009 says of a second timeline that none of its times is read.
            let is_said = reading.unmeasured.iter().any(|lines| lines.contains(&self.line));
            let is_said = is_said || is_unreadable || says_no_day && !self.stamp.is_empty();
            return match self.from.as_str() {
                _ if is_said => Verdict::Said,
                "" if !self.finding.starts_with("T001") || self.finding.contains('?') => Verdict::Right,
                _ => Verdict::Wrong,
            };
        };
        let needs = |finding: &str| self.finding.split(['|', ';', ',']).any(|part| part.trim() == finding);
        if needs("T001") {
            return if is_unreadable { Verdict::Said } else { Verdict::Wrong };
        }
        let is_time_right = self.is_time(entry);
        let is_right = is_time_right && self.are_marks(entry) && self.is_approximation(entry);
        let has_doubt = needs("T003") || self.finding.contains("not in force");
        match () {
            () if is_right && (!has_doubt || says_zone) => Verdict::Right,
            () if is_unreadable || says_zone && (self.is_same_clock(entry) || has_doubt) => Verdict::Said,
            () => Verdict::Wrong,
        }
    }

    fn is_time(&self, entry: &TimelineEntry) -> bool {
        let at = entry.at.at;
        let format = match entry.at.precision {
            Precision::Month => "%Y-%m",
            Precision::Day => "%Y-%m-%d",
            Precision::Minute => "%Y-%m-%dT%H:%M",
            Precision::Second => "%Y-%m-%dT%H:%M:%S",
        };
        let seen = at.format(format).to_string();
        let wanted = self.from.trim_end_matches('Z');
        // A time without seconds may be written with them.
        seen == wanted || wanted.len() == 16 && at.format("%Y-%m-%dT%H:%M").to_string() == wanted
    }

    fn is_same_clock(&self, entry: &TimelineEntry) -> bool {
        // In an unknown zone the day is known, and the clock stays as it is written.
        let is_written = entry.written.as_ref().is_some_and(|written| self.stamp.contains(written.as_str()));
        is_written && entry.at.precision == Precision::Day
    }

    fn is_approximation(&self, entry: &TimelineEntry) -> bool {
        match self.approximate.as_str() {
            "yes" => entry.at.approximate,
            "no" => !entry.at.approximate,
            _ => true,
        }
    }

    fn are_marks(&self, entry: &TimelineEntry) -> bool {
        let names = |text: &str| -> Vec<String> {
            let names = text.split(',').map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty());
            names
                .map(|name| name.replace("impact began", "impact started").replace("response started", "responded"))
                .collect()
        };
        let seen: Vec<String> = entry.marks.iter().map(|mark| mark.value.name().to_lowercase()).collect();
        match self.marks.strip_prefix('(').and_then(|marks| marks.strip_suffix(')')) {
            Some(variants) => seen.is_empty() || seen == names(variants),
            None => seen == names(&self.marks),
        }
    }
}

#[test]
fn every_labelled_entry_is_right_or_has_a_finding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/content/labels");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "tsv"));
    files.sort();
    assert!(files.len() >= 40, "only {} timelines", files.len());
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for file in &files {
        let name = file.file_stem().unwrap().to_string_lossy();
        let reading = reading(&fs::read_to_string(file.with_extension("md")).unwrap());
        for label in labels(&fs::read_to_string(file).unwrap()) {
            let verdict = label.judge(&reading);
            *counts.entry(verdict).or_default() += 1;
            if verdict != Verdict::Right {
                let seen = reading.entries.get(&label.line).map(|entry| (entry.at, entry.marks.len()));
                wrong.push(format!(
                    "{name}:{} `{}` is {} ({}), seen: {seen:?}",
                    label.line, label.stamp, label.from, label.finding
                ));
            }
        }
        assert_eq!(reading.review.path.as_str(), "content/reviews/x.md");
    }
    println!("{counts:?}");
    println!("{}", wrong.join("\n"));
    let count = |verdict| counts.get(&verdict).copied().unwrap_or_default();
    let total: usize = counts.values().sum();
    assert!(count(Verdict::Right) * 1000 >= total * 985, "{counts:?}");
    assert_eq!(count(Verdict::Wrong), 0, "{counts:?}\n{}", wrong.join("\n"));
}
