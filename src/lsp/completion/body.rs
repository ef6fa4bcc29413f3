//! The text of a review: headings, entries of the timeline, factors, weaknesses and actions.

use lsp_types::CompletionItemKind;

use super::proposal::{Proposal, choice, escaped};
use super::{Proposals, action_cell, line};
use crate::document::SectionKind;
use crate::lsp::view::{ReadReview, View};
use crate::model::{Mark, PhaseMark};

/// What can be written at a place of the text.
pub(super) fn propose(view: &View<'_>, offset: usize) -> Option<Proposals> {
    let text = view.text();
    let before = line::before(text, offset);
    let start = offset - before.len();
    if text[..start].trim().is_empty() {
        let list = beginnings(view);
        return list.iter().any(|proposal| proposal.text.starts_with(before)).then_some(Proposals { start, list });
    }
    let read = view.review()?;
    let section = section_at(read, offset);
    let is_blank = before.trim().is_empty();
    if before.starts_with('#') {
        return Some(Proposals { start, list: headings(read) });
    }
    if before.starts_with('|') {
        return action_cell::propose(view, offset).filter(|_| section == Some(SectionKind::Actions));
    }
    let item = item_start(before);
    let mut list = match section {
        Some(SectionKind::Timeline) => match after_time(before) {
            Some(behind) => return Some(Proposals { start: start + behind, list: marks(view) }),
            None if item == Some(before.len()) || is_blank => entries(view, read),
            None => return None,
        },
        Some(SectionKind::ContributingFactors) if item.is_some() || is_blank => factors(view, read),
        Some(SectionKind::WentWell | SectionKind::WentPoorly | SectionKind::GotLucky)
            if item == Some(before.len()) || is_blank =>
        {
            vec![
                Proposal::new("labelled item", CompletionItemKind::SNIPPET, "- **${1:Label}.** $0")
                    .ends_at_first_place()
                    .detail("actions answer it by its label"),
            ]
        }
        Some(SectionKind::Actions) if is_blank => action_cell::rows(view, offset),
        Some(_) | None => Vec::new(),
    };
    if is_blank {
        list.extend(headings(read));
    }
    (!list.is_empty()).then_some(Proposals { start, list })
}

/// Where the words of a list item begin in its line.
fn item_start(before: &str) -> Option<usize> {
    let rest = before.trim_start();
    let rest = rest.strip_prefix(['-', '*'])?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| before.len() - rest.trim_start().len())
}

/// Where a phase mark would begin or begins, behind the time of an entry.
fn after_time(before: &str) -> Option<usize> {
    let words = item_start(before)?;
    let written = before[words..].trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, ' ' | '*'));
    let is_time = written.trim_end().ends_with(['—', '–', '-']) && written.contains(|c: char| c.is_ascii_digit());
    is_time.then(|| {
        let rest = &before[words + written.len()..];
        words + written.len() + (rest.len() - rest.trim_start().len())
    })
}

/// The section around a place, also at the end of what is written so far.
pub(super) fn section_at(read: &ReadReview, offset: usize) -> Option<SectionKind> {
    let begins = |section: &&crate::document::Section| {
        section.heading.as_ref().is_some_and(|heading| read.place(heading.span).end <= offset)
    };
    read.document.sections.iter().rfind(begins)?.kind
}

/// What an empty file can begin with.
fn beginnings(view: &View<'_>) -> Vec<Proposal> {
    let severities = view.known().policy.severities.iter().map(|severity| severity.id.as_str());
    let mut whole = format!(
        "+++\ntitle = \"$1\"\nseverity = \"{}\"\nstatus = \"${{3|draft,interim,final|}}\"\ntlp = \"${{4|TLP:CLEAR,TLP:AMBER|}}\"\n+++\n",
        choice(2, severities)
    );
    let wanted = SectionKind::ALL.into_iter().filter(|kind| kind.is_required() || is_usual(*kind));
    for (at, kind) in wanted.enumerate() {
        let zone = if kind == SectionKind::Timeline { " (UTC)" } else { "" };
        whole.push_str(&format!("\n## {}{zone}\n\n${}\n", kind.heading(), at + 5));
    }
    vec![
        Proposal::new("a whole review", CompletionItemKind::SNIPPET, whole)
            .detail("keys and sections")
            .found_by("+++ review"),
        Proposal::new("+++", CompletionItemKind::KEYWORD, "+++\n").detail("keys in TOML"),
        Proposal::new("---", CompletionItemKind::KEYWORD, "---\n").detail("keys in YAML"),
    ]
}

/// Sections that most reviews have although no rule asks for them.
fn is_usual(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Impact | SectionKind::ContributingFactors | SectionKind::Actions)
}

/// The headings that the review lacks: what every review has, then what many have, then all others.
fn headings(read: &ReadReview) -> Vec<Proposal> {
    let mut kinds: Vec<SectionKind> =
        SectionKind::ALL.into_iter().filter(|kind| read.document.section(*kind).is_none()).collect();
    kinds.sort_by_key(|kind| !(kind.is_required() || is_usual(*kind)));
    let heading = |kind: &SectionKind| {
        let zone = if *kind == SectionKind::Timeline { " (UTC)" } else { "" };
        let need = if kind.is_required() { "every review has it" } else { "" };
        let text = format!("## {}{zone}", kind.heading());
        Proposal::new(&text, CompletionItemKind::CLASS, escaped(&text)).detail(need)
    };
    kinds.iter().map(heading).collect()
}

/// Entries at the present time.
fn entries(view: &View<'_>, read: &ReadReview) -> Vec<Proposal> {
    let (day, time) = (view.now.format("%Y-%m-%d"), view.now.format("%H:%M"));
    let phases = PhaseMark::ALL.into_iter().filter(|phase| read.review.timeline.first(*phase).is_none());
    let names: Vec<&str> = phases.map(PhaseMark::name).collect();
    let has_day = read.review.timeline.entries().iter().any(|entry| entry.at.at.date() == view.now.date());
    let stamp = if has_day { time.to_string() } else { format!("{day} {time}") };
    let mut list = vec![
        Proposal::new("entry now", CompletionItemKind::SNIPPET, format!("- ${{1:{stamp}}} — $0"))
            .detail(format!("{day} {time} UTC")),
    ];
    if !names.is_empty() {
        let text = format!("- ${{1:{stamp}}} — **{}** — $0", choice(2, names));
        list.push(
            Proposal::new("entry now with a phase", CompletionItemKind::SNIPPET, text)
                .detail(format!("{day} {time} UTC")),
        );
    }
    list
}

/// The words that mark a phase or another kind of entry.
fn marks(view: &View<'_>) -> Vec<Proposal> {
    let built_in = Mark::built_in().map(|mark| mark.name().to_owned());
    let own = view.known().policy.marks.iter().map(|mark| mark.name.clone());
    let mark = |name: String| {
        Proposal::new(&name, CompletionItemKind::EVENT, format!("**{}** — ", escaped(&name)))
            .found_by(format!("**{name} {name}"))
    };
    built_in.chain(own).map(mark).collect()
}

/// The factors of the registry by their names, with their definitions.
fn factors(view: &View<'_>, read: &ReadReview) -> Vec<Proposal> {
    let is_primary = read.review.primary_factor().is_some();
    let role = if is_primary { "" } else { " (primary)" };
    let is_free = |factor: &&crate::model::Factor| {
        !read
            .review
            .factors
            .iter()
            .any(|used| view.known().policy.registry.canonical(&used.id.value) == factor.id.value)
    };
    let mut list: Vec<Proposal> = Vec::new();
    for factor in view.known().policy.registry.iter().filter(is_free) {
        let text = format!("- **{}**{role}: $0", escaped(&factor.name));
        list.push(
            Proposal::new(&factor.name, CompletionItemKind::CONSTANT, text)
                .detail(&factor.id.value)
                .about(&factor.definition)
                .found_by(format!("- **{} {}", factor.name, factor.id.value)),
        );
    }
    list
}
