//! Examples of rules: tried on the sample review, and shown with the lines around them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::SAMPLE_REVIEW;
use crate::diagnostic::Example;

/// A longer part of the sample review is shown by its beginning.
const CUT_LINES: usize = 3;

/// The file that an example adds to the sample site or changes there; `None` for one that is only shown.
#[cfg(test)]
pub(super) fn file(example: &Example) -> Option<(&'static str, String)> {
    match example {
        Example::File { path, text } => Some((path, (*text).to_owned())),
        Example::Edit { .. } | Example::Edits(_) | Example::Cut { .. } => {
            Some((super::SAMPLE_PATH, edited(&edits(example)).0))
        }
        Example::Shown { .. } => None,
    }
}

/// What readers see of an example: of an edit, the whole lines that it changes, with those beside them.
///
/// # Panics
/// When an edit does not fit the sample review. Examples are constants, so a test finds that.
pub fn excerpt(example: &Example) -> String {
    match example {
        Example::File { text, .. } | Example::Shown { text } => (*text).to_owned(),
        Example::Edit { .. } | Example::Edits(_) => {
            let (text, places) = edited(&edits(example));
            lines_around(&text, &places)
        }
        Example::Cut { from, until } => {
            let cut = SAMPLE_REVIEW[place(from).start..place(until).start].trim_end();
            let lines: Vec<&str> = cut.lines().collect();
            let beginning =
                if lines.len() > CUT_LINES { format!("{}\n…", lines[..2].join("\n")) } else { cut.to_owned() };
            format!("(a review without this)\n\n{beginning}\n")
        }
    }
}

/// The places of the sample review that an example changes, in order, each with what stands there instead.
fn edits(example: &Example) -> Vec<(Range<usize>, &'static str)> {
    match example {
        Example::Edit { replace, with } => vec![(place(replace), with)],
        Example::Edits(edits) => edits.iter().map(|(replace, with)| (place(replace), *with)).collect(),
        Example::Cut { from, until } => vec![(place(from).start..place(until).start, "")],
        Example::File { .. } | Example::Shown { .. } => Vec::new(),
    }
}

/// Where the only occurrence of `passage` stands in the sample review.
pub(super) fn place(passage: &str) -> Range<usize> {
    let mut found = SAMPLE_REVIEW.match_indices(passage);
    match (found.next(), found.next()) {
        (Some((start, _)), None) => start..start + passage.len(),
        (None, _) | (Some(_), Some(_)) => panic!("the sample review has once: {passage}"),
    }
}

/// The sample review with the edits made, and where each edit stands in it.
fn edited(edits: &[(Range<usize>, &str)]) -> (String, Vec<Range<usize>>) {
    let (mut text, mut places, mut done) = (String::new(), Vec::new(), 0);
    for (place, with) in edits {
        text.push_str(&SAMPLE_REVIEW[done..place.start]);
        places.push(text.len()..text.len() + with.len());
        text.push_str(with);
        done = place.end;
    }
    text.push_str(&SAMPLE_REVIEW[done..]);
    (text, places)
}

/// The lines in `places` and the ones beside them, below the head of their table. `…` stands for lines between.
fn lines_around(text: &str, places: &[Range<usize>]) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let shown: BTreeSet<usize> = places.iter().flat_map(|place| shown_lines(text, &lines, place)).collect();
    let mut excerpt = String::new();
    let mut last = None;
    for line in shown {
        let between = last.map_or(&[][..], |last| &lines[last + 1..line]);
        match between.iter().any(|line| !line.is_empty()) {
            true => excerpt.push_str("…\n"),
            false => excerpt.push_str(&"\n".repeat(between.len())),
        }
        excerpt.push_str(lines[line]);
        excerpt.push('\n');
        last = Some(line);
    }
    excerpt
}

/// The numbers of the lines to show of the edit at `place`, some of them perhaps twice.
fn shown_lines(text: &str, lines: &[&str], place: &Range<usize>) -> Vec<usize> {
    let line_at = |at: usize| text[..at].matches('\n').count();
    let first = line_at(place.start);
    let is_removed_line = place.is_empty() && text[..place.start].ends_with('\n');
    let end = match is_removed_line {
        true => first,
        false => 1 + line_at(place.end - usize::from(text[place.clone()].ends_with('\n'))),
    };
    let is_filled = |line: &usize| lines.get(*line).is_some_and(|line| !line.is_empty());
    let before = first.checked_sub(1).filter(is_filled);
    let after = Some(end).filter(is_filled);
    let head = (0..=before.unwrap_or(first)).rev().take_while(is_filled).last();
    let head = head.filter(|line| lines[*line].starts_with('[') || lines[*line] == "+++");
    (first..end).chain(before).chain(after).chain(head).collect()
}

#[cfg(test)]
mod tests {
    use super::excerpt;
    use crate::diagnostic::Example;

    #[test]
    fn a_changed_line_is_shown_whole_between_its_neighbours() {
        let example = Example::Edit { replace: "13:57", with: "13:58" };
        let expected = "- 13:40 — **Impact started** — CPU reaches 100 %.\n\
            - 13:58 — **Detected** — the error-rate alert pages the on-call engineer.\n\
            - 13:59 — **Responded** — the on-call engineer opens the dashboard.\n";
        assert_eq!(excerpt(&example), expected);
    }

    #[test]
    fn keys_stand_below_the_head_of_their_table() {
        let example = Example::Edits(&[("due = 2024-03-31", "due = 2024-03-07"), ("2024-03-20", "2024-03-07")]);
        let expected = "[[actions]]\n…\nowner = \"Edge platform team\"\ndue = 2024-03-07\nstatus = \"done\"\n\
            closed = 2024-03-07\nevidence = \"The load test of 21 March stays under 40 % CPU with the same rule.\"\n";
        assert_eq!(excerpt(&example), expected);
    }

    #[test]
    fn what_is_missing_is_seen_between_its_neighbours_or_by_its_beginning() {
        let example = Example::Edit { replace: "tlp = \"TLP:CLEAR\"\n", with: "" };
        assert_eq!(excerpt(&example), "+++\n…\nstatus = \"final\"\npublish = 2024-03-15\n");
        let example = Example::Cut { from: "[[actions]]\nid = \"cpu", until: "[[accepted]]" };
        assert_eq!(excerpt(&example), "(a review without this)\n\n[[actions]]\nid = \"cpu-guard\"\n…\n");
    }
}
