//! Real reviews, labelled by hand: sections, actions, title and the facts of the head are read as their labels say, and
//! nothing is read that no label has.
//!
//! `tests/content/labelled_reviews` holds the shape of public reviews with all headings, labels and facts, and other words
//! in place of their prose; each file names its source. `README.md` there says how to read a label.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use casebook::document::{SectionKind, parse};
use casebook::lower::lower;
use casebook::model::{Action, ActionStatus, Part, Policy, Review, SeverityDefinition, Words};
use casebook::text::{SitePath, Source, kebab_case};
use regex::Regex;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    title: String,
    /// The day that the head states.
    date: Option<String>,
    /// The day that stands elsewhere: in the title, or in the front matter.
    date_elsewhere: Option<String>,
    /// As it is written in the head.
    severity: Option<String>,
    sections: Vec<SectionLabel>,
    #[serde(default)]
    actions: Vec<ActionLabel>,
    #[serde(default)]
    factors: Vec<FactorLabel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionLabel {
    heading: String,
    kind: String,
    /// Other kinds that are right, too.
    #[serde(default)]
    or: Vec<String>,
    /// Whether it may be a part of the section around it.
    #[serde(default)]
    may_be_missing: bool,
    /// Whether several headings have these words.
    #[serde(default)]
    repeated: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionLabel {
    first: String,
    group: Option<String>,
    /// The item around it, where that is its label.
    below: Option<String>,
    owner: Option<String>,
    due: Option<String>,
    status: Option<String>,
    /// What its heading says of all items below it; right if it is read, and if not.
    status_if_read: Option<String>,
    /// Why it may be missing.
    doubt: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactorLabel {
    first: String,
}

/// How many of the labels of each sort are read right, and what is not.
#[derive(Default)]
struct Score {
    rows: BTreeMap<&'static str, (usize, usize)>,
    wrong: Vec<String>,
    invented: Vec<String>,
}

impl Score {
    /// Counts a label; without a `difference` it is read right.
    fn count(&mut self, row: &'static str, difference: Option<String>) {
        let (right, all) = self.rows.entry(row).or_default();
        *all += 1;
        *right += usize::from(difference.is_none());
        self.wrong.extend(difference.map(|difference| format!("{row}: {difference}")));
    }

    fn invent(&mut self, what: String) {
        self.invented.push(what);
    }

    fn permille(&self, row: &str) -> usize {
        let (right, all) = self.rows[row];
        right * 1000 / all
    }

    fn table(&self) -> String {
        let row = |(name, (right, all)): (&&str, &(usize, usize))| {
            let permille = right * 1000 / all;
            format!("{name:<10} {right:>4} / {all:>4}  {:>3}.{} %\n", permille / 10, permille % 10)
        };
        self.rows.iter().map(row).collect()
    }
}

/// The words of a text in Markdown, in lower case, without short codes and where its links lead.
fn words(text: &str) -> Vec<String> {
    static UNSEEN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\]\([^)]*\)|:[a-z_]+:").unwrap());
    let plain = UNSEEN.replace_all(text, " ");
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Whether `text` begins with the words of `first`.
fn begins_with(text: &str, first: &str) -> bool {
    let (text, first) = (words(text), words(first));
    !first.is_empty() && text.starts_with(&first)
}

fn kind_name(kind: Option<SectionKind>) -> String {
    kind.map_or_else(String::new, |kind| {
        let name = format!("{kind:?}");
        let spaced = name.chars().flat_map(|c| if c.is_uppercase() { vec![' ', c] } else { vec![c] });
        kebab_case(spaced.collect::<String>().trim())
    })
}

fn compare_head(name: &str, labels: &Labels, review: &Review, score: &mut Score) {
    let title = &review.title;
    let differs = *title != labels.title;
    score.count("titles", differs.then(|| format!("{name}: `{}` is `{title}`", labels.title)));
    let day = review.stated_day.map(|day| day.to_string());
    match (&labels.date, &day) {
        (Some(date), _) => {
            let differs = day.as_ref() != Some(date);
            score.count("dates", differs.then(|| format!("{name}: {date} is {day:?}")));
        }
        (None, Some(read)) if labels.date_elsewhere.as_ref() != Some(read) => {
            score.invent(format!("{name}: the date {read}"));
        }
        (None, _) => {}
    }
    let severity = review.severity.as_ref().map(|severity| severity.span.slice(&review.text).trim().to_owned());
    match &labels.severity {
        Some(label) => {
            let differs = severity.as_ref() != Some(label);
            score.count("severities", differs.then(|| format!("{name}: {label} is {severity:?}")));
        }
        None if severity.is_some() => score.invent(format!("{name}: the severity {severity:?}")),
        None => {}
    }
}

impl SectionLabel {
    fn is_kind(&self, kind: Option<SectionKind>) -> bool {
        let kind = kind_name(kind);
        kind == self.kind || self.or.contains(&kind)
    }
}

fn compare_sections(name: &str, labels: &Labels, review: &Review, score: &mut Score) {
    let is_heading = |part: &&Part| part.title.is_some() && !part.is_titled_as_review;
    let mut seen = Vec::new();
    let mut next = 0;
    for part in review.parts.iter().filter(is_heading) {
        let heading = words(part.heading());
        let is_it = |label: &&SectionLabel| words(&label.heading) == heading;
        let repeated = labels.sections.iter().find(|label| label.repeated && is_it(label));
        let label = match labels.sections[next..].iter().position(|label| is_it(&label)) {
            Some(at) => {
                seen.push(next + at);
                next += at + 1;
                labels.sections.get(next - 1)
            }
            None => repeated,
        };
        let kind = kind_name(part.kind);
        let difference = match label {
            Some(label) if label.is_kind(part.kind) => None,
            Some(label) => Some(format!("{name}: `{}` is {:?}, read as {kind:?}", label.heading, label.kind)),
            None => Some(format!("{name}: `{}` is no section here, read as {kind:?}", part.heading())),
        };
        score.count("sections", difference);
    }
    for (at, label) in labels.sections.iter().enumerate() {
        if !seen.contains(&at) && !label.may_be_missing {
            score.count("sections", Some(format!("{name}: `{}` ({}) is missing", label.heading, label.kind)));
        }
    }
}

fn joined<'a>(groups: impl Iterator<Item = &'a str>) -> Option<String> {
    Some(groups.collect::<Vec<_>>().join(" / ")).filter(|groups| !groups.is_empty())
}

/// A fact of an action as it is labelled and as it is read.
struct Fact {
    row: &'static str,
    label: Option<String>,
    read: Option<String>,
}

impl Fact {
    /// What differs. What no label has is invented.
    fn compare(&self, place: &str, score: &mut Score) -> bool {
        let Self { row, label, read } = self;
        let is_right = label.as_deref().map(words) == read.as_deref().map(words);
        if label.is_some() {
            score.count(row, (!is_right).then(|| format!("{place}: {label:?} is {read:?}")));
        } else if !is_right {
            score.invent(format!("{place}: {row} {read:?}"));
        }
        is_right
    }
}

impl ActionLabel {
    fn facts(&self, action: &Action) -> [Fact; 4] {
        let status = action.status.word();
        let allowed = [self.status.as_deref(), self.status_if_read.as_deref()];
        let is_open = action.status == ActionStatus::Open;
        let is_unstated = self.status.is_none() && (is_open || allowed.contains(&Some(status)));
        let group = self.group.iter().chain(&self.below).map(String::as_str);
        let fact = |row, label: &Option<String>, read| Fact { row, label: label.clone(), read };
        [
            fact("owners", &self.owner, action.owner.as_ref().map(|owner| owner.value.clone())),
            fact("due dates", &self.due, action.due.as_ref().map(|due| due.value.to_string())),
            fact("statuses", &self.status, (!is_unstated).then(|| status.to_owned())),
            fact("groups", &joined(group), joined(action.groups.iter().map(|group| group.value.as_str()))),
        ]
    }
}

fn compare_actions(name: &str, labels: &Labels, review: &Review, score: &mut Score) {
    let mut seen = Vec::new();
    for action in &review.actions {
        let text = action.change.as_ref().map_or("", |change| change.value.as_str());
        let group = action.groups.first().map(|group| words(&group.value));
        let is_it = |(at, label): &(usize, &ActionLabel)| !seen.contains(at) && begins_with(text, &label.first);
        let is_there = |(_, label): &(usize, &ActionLabel)| label.group.as_deref().map(words) == group;
        let all = || labels.actions.iter().enumerate().filter(is_it);
        let Some((at, label)) = all().find(is_there).or_else(|| all().next()) else {
            score.invent(format!("{name}: the action `{text}`"));
            continue;
        };
        // In the order of the text.
        let is_in_order = seen.last().is_none_or(|last| *last < at);
        seen.push(at);
        let place = format!("{name} `{}`", label.first);
        let right = label.facts(action).iter().filter(|fact| fact.compare(&place, score)).count();
        let differs = !is_in_order || right < 4;
        score.count("actions", differs.then(|| format!("{place} is not as labelled")));
    }
    for (at, label) in labels.actions.iter().enumerate() {
        if !seen.contains(&at) && label.doubt.is_none() {
            score.count("actions", Some(format!("{name}: `{}` is missing", label.first)));
        }
    }
}

/// The items below the heading, as the page and the search have them.
fn compare_factors(name: &str, labels: &Labels, review: &Review, score: &mut Score) {
    let parts = review.parts.iter().filter(|part| part.kind == Some(SectionKind::ContributingFactors));
    let items: Vec<&str> = parts.flat_map(|part| &part.items).map(|item| item.text.slice(&review.text)).collect();
    for (at, label) in labels.factors.iter().enumerate() {
        let read = items.get(at).copied().unwrap_or_default();
        let differs = !begins_with(read, &label.first);
        score.count("factors", differs.then(|| format!("{name}: `{}` is `{read}`", label.first)));
    }
    for extra in items.iter().skip(labels.factors.len()) {
        score.invent(format!("{name}: the factor `{extra}`"));
    }
}

/// With the severities that a site has by itself.
fn policy() -> Policy {
    let names = ["Critical", "Major", "Moderate", "Minor", "Low"];
    let definition = |(at, name): (usize, &str)| SeverityDefinition {
        id: format!("P{}", at + 1),
        name: name.to_owned(),
        aliases: vec![format!("SEV{}", at + 1), format!("S{}", at + 1)],
        review_within: None,
        act_within: None,
    };
    Policy { severities: names.into_iter().enumerate().map(definition).collect(), ..Policy::default() }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/content/labelled_reviews");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

#[test]
fn labelled_reviews_are_read_as_their_labels_say() {
    let mut score = Score::default();
    let files = files();
    assert!(files.len() >= 42, "only {} reviews", files.len());
    for file in &files {
        let name = file.file_stem().unwrap().to_string_lossy();
        let labels: Labels = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let path = SitePath::new(&format!("content/reviews/{name}.md")).unwrap();
        let text = fs::read_to_string(file.with_extension("md")).unwrap();
        let (review, _) = lower(&parse(&Source { path, text: text.into() }), &policy());
        compare_head(&name, &labels, &review, &mut score);
        compare_sections(&name, &labels, &review, &mut score);
        compare_actions(&name, &labels, &review, &mut score);
        compare_factors(&name, &labels, &review, &mut score);
    }
    let report =
        format!("{}\nwrong\n{}\n\ninvented\n{}", score.table(), score.wrong.join("\n"), score.invented.join("\n"));
    println!("{report}");
    for (row, least) in
        [("sections", 970), ("actions", 920), ("titles", 1000), ("severities", 950), ("dates", 950), ("factors", 950)]
    {
        assert!(score.permille(row) >= least, "{row}\n{report}");
    }
    assert!(score.invented.is_empty(), "{report}");
}
