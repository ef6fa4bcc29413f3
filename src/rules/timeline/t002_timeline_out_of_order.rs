//! T002: an entry of the timeline stands below one that was later.

use super::order;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::{Day, Document, EntryLine};
use crate::model::TimelineEntry;
use crate::rules::{Check, ReviewContext, Rule, trimmed};
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T002",
    name: "timeline-out-of-order",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Contradiction,
    summary: "A timeline entry is earlier than one above it.",
    why: "If the order is wrong, readers confuse causes and effects; if a time is wrong, so is every duration that \
          comes from it. Often the day changed at midnight and the date is missing.",
    remedy: "Move the entry, or correct its time. When the day changes, write the date again.",
    wrong: Example::Edit { replace: "- 14:02 — **Cause identified**", with: "- 13:52 — **Cause identified**" },
    right: Example::Edit {
        replace: "- 14:02 — **Cause identified**", with: "- 14:02–14:05 — **Cause identified**"
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let entries = context.review.timeline.entries();
    let text = &context.document.source.text;
    for disorder in order::disorder(&context.review.timeline).into_iter().filter(|found| found.is_break) {
        let (entry, latest) = (&entries[disorder.entry], &entries[disorder.latest]);
        let (time, later) = (entry.stamp_span.slice(text), latest.stamp_span.slice(text));
        let finding = findings.add(&METADATA, entry.stamp_span, format!("`{time}` is earlier than `{later}` above it"));
        finding.relate(context.review.path.as_str(), latest.stamp_span, "the later time above it");
        if let Some(date) = date_after_midnight(context.document, entry, latest) {
            finding.help(format!("The day probably changed at midnight. Write the date: `{date} {time}`."));
        }
        finding.fix.extend(moved(context, disorder.entry));
    }
}

/// The greatest length in bytes of what an entry is moved over. A timeline with more between is not mended entry by entry.
const MOVED: usize = 16 * 1024;

/// The entry where it belongs, as one edit of everything from there to its old place. Only an entry with a date and a
/// time of its own is certainly in the wrong place: any other may as well lack the date of the next day. Nothing moves
/// when another entry would take over another date.
fn moved(context: &ReviewContext<'_>, entry: usize) -> Option<Edit> {
    let entries = context.review.timeline.entries();
    let (lines, text) = (&context.document.timeline, &context.document.source.text);
    let line_of = |entry: &TimelineEntry| lines.iter().position(|line| line.stamp_span == entry.stamp_span);
    let has_day = |line: &EntryLine| line.stamp.as_ref().is_ok_and(|stamp| stamp.day.is_some());
    let day = |at: usize| entries[at].at.at.date();
    let target = entries[..entry].iter().position(|above| entries[entry].at.at < above.at.at)?;
    let (from, to) = (line_of(&entries[entry])?, line_of(&entries[target])?);
    let is_exact = entries[entry].at.has_time() && has_day(&lines[from]);
    let followers_keep_their_day = (has_day(&lines[to]) || day(target) == day(entry))
        && lines.get(from + 1).is_none_or(|below| has_day(below) || day(entry - 1) == day(entry));
    let are_plain = lines[to..=from].iter().all(|line| {
        let slice = line.span.slice(text);
        line.stamp.is_ok() && !slice.starts_with('#') && slice.ends_with('\n')
    });
    let are_together = lines[to..=from].windows(2).all(|pair| pair[0].span.end == pair[1].span.start);
    let above = Span::new(lines[to].span.start, lines[from].span.start);
    let is_near = above.len() <= MOVED;
    (is_exact && followers_keep_their_day && are_plain && are_together && is_near).then(|| {
        // The last item of a list counts the blank line below it as its own.
        let span = Span::new(above.end, trimmed(lines[from].span, text).end + 1);
        Edit { span: Span::new(above.start, span.end), text: format!("{}{}", span.slice(text), above.slice(text)) }
    })
}

/// The date that an entry probably lacks: it has none of its own, and lies half a day or more before the one above.
fn date_after_midnight(document: &Document, entry: &TimelineEntry, latest: &TimelineEntry) -> Option<String> {
    let hours = (latest.at.at - entry.at.at).num_hours();
    let date = carried_date(document, entry.stamp_span)?;
    let lies_as_after_midnight = entry.at.has_time() && latest.at.has_time() && (12..24).contains(&hours);
    lies_as_after_midnight.then(|| date.to_string())
}

/// The day after the one that the entry at `stamp` took over from above; `None` when it has a day of its own.
fn carried_date(document: &Document, stamp: Span) -> Option<chrono::NaiveDate> {
    let at = document.timeline.iter().position(|line| line.stamp_span == stamp)?;
    let day = EntryLine::day;
    if day(&document.timeline[at]).is_some() {
        return None;
    }
    match document.timeline[..at].iter().rev().find_map(day)? {
        Day::Date(date) | Day::Month(date) => date.succ_opt(),
        Day::Yearless { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::findings;
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};
    use crate::text::apply_edits;

    /// The sample review with another timeline.
    fn review(lines: &str) -> String {
        let (before, rest) = SAMPLE_REVIEW.split_once("- 2024-03-04 13:31").unwrap();
        let (_, after) = rest.split_once("\n\n").unwrap();
        format!("{before}{lines}\n{after}")
    }

    /// What mending makes of `lines`.
    fn check(lines: &str, expected: &str) {
        let text = review(lines);
        let found = findings(&[(SAMPLE_PATH, &text)]);
        let disorder = found.into_iter().filter(|finding| finding.rule.code == "T002");
        let edits: Vec<_> = disorder.flat_map(|finding| finding.fix).collect();
        assert_eq!(apply_edits(&text, &edits).0, review(expected));
    }

    #[test]
    fn an_entry_with_its_own_date_goes_where_it_belongs() {
        let (a, b) = ("- 2024-03-04 13:31 UTC — a\n", "- 2024-03-04 13:40 — b\n  and more\n");
        let (c, bare) = ("- 2024-03-04 13:57 — c\n", "- 13:57 — c\n");
        check(&format!("{a}{c}{b}"), &format!("{a}{b}{c}"));
        check(&format!("{a}{bare}{b}"), &format!("{a}{b}{bare}"));
    }

    #[test]
    fn an_entry_that_may_lack_a_date_stays() {
        let same = |lines: &str| check(lines, lines);
        same("- 2024-03-04 13:31 UTC — a\n- 13:57 — c\n- 13:40 — b\n");
        same("- 2024-03-04 13:31 UTC — a\n- 2024-03-05 10:00 — c\n- 2024-03-04 13:40 — b\n- 11:00 — d\n");
        same("- 2024-03-04 13:31 UTC — a\n- 2024-03-05 10:00 — c\n\n### Later\n\n- 2024-03-04 13:40 — b\n");
    }
}
