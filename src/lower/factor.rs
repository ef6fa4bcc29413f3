//! The factors of a review: those of the front matter, and those that the text names.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::weakness::{accept, first_words};
use crate::diagnostic::{ProblemKind, Problems};
use crate::document::{Document, FactorForm, FactorLine, primary_behind_name, role_label};
use crate::markdown::{plain, single_spaced};
use crate::model::{Factor, FactorRole, FactorUse, LocalFactor, Policy, Registry, Review, WrittenFactor};
use crate::text::{Span, Spanned, kebab_case};

/// The most bytes of a line in which the name of a factor is looked for.
const NAME_LENGTH: usize = 200;

/// Adds the factors of the text to those of the front matter. One that both name is one factor; where the front matter is
/// silent the text counts, and where the two give it different parts that is a problem.
pub(super) fn add_from_text(review: &mut Review, document: &Document, policy: &Policy, problems: &mut Problems) {
    let text = document.published.as_ref();
    let given = review.factors.len();
    let mut labels = BTreeSet::new();
    for line in document.factors.iter().flat_map(|line| said(text, line, &policy.registry)) {
        let named = NamedFactor::at_beginning(text, line, &policy.registry);
        match (named, line.form) {
            (Some(named), FactorForm::Listed | FactorForm::Running) => {
                accept(review, text, named.id(), line.words);
                add(review, named.used(line), &policy.registry, problems);
            }
            (None, FactorForm::Listed) => {
                if let Some(mut local) = local(text, line, policy) {
                    local.label.value = numbered(local.label.value, &mut labels);
                    accept(review, text, local.label.clone(), line.words);
                    review.local_factors.push(local);
                }
            }
            (None, FactorForm::Running) | (_, FactorForm::RootCause | FactorForm::LinkInRootCause) => {}
        }
    }
    add_primary(review, document, &policy.registry, problems);
    review.factors[given..].sort_by_key(|used| used.id.span.start);
    report_several_primary(review, problems);
}

/// An item, or what it is a label for: the items inside it, unless it names a factor itself.
fn said<'a>(text: &str, line: &'a FactorLine, registry: &Registry) -> Vec<&'a FactorLine> {
    match line.inner.as_slice() {
        [] => vec![line],
        _ if NamedFactor::at_beginning(text, line, registry).is_some() => vec![line],
        inner => inner.iter().collect(),
    }
}

/// A label that no other item has: of several with the same words each later one gets a number.
fn numbered(label: String, known: &mut BTreeSet<String>) -> String {
    let unused = (2..).map(|number| format!("{label}-{number}"));
    let label = std::iter::once(label.clone()).chain(unused).find(|label| !known.contains(label)).unwrap_or(label);
    known.insert(label.clone());
    label
}

/// Readers find a review by its one primary factor.
fn report_several_primary(review: &Review, problems: &mut Problems) {
    let is_primary = |role: FactorRole| role == FactorRole::Primary;
    let named = review.factors.iter().filter(|used| is_primary(used.role)).map(|used| &used.id);
    let local = review.local_factors.iter().filter(|local| is_primary(local.role)).map(|local| &local.label);
    let mut primary: Vec<&Spanned<String>> = named.chain(local).collect();
    primary.sort_by_key(|name| name.span.start);
    let Some((first, others)) = primary.split_first() else { return };
    for other in others {
        let message = format!("factor `{}` is primary, and so is `{}`", other.value, first.value);
        let help =
            "Call one of them primary: had it been otherwise, would it have happened? The others are contributing.";
        problems.add(ProblemKind::Contradiction, other.span, message).help(help);
    }
}

/// A factor of the registry with the words by which a text names it.
struct NamedFactor<'a, 'r> {
    factor: &'r Factor,
    words: String,
    span: Span,
    is_primary: bool,
    /// The words about it.
    note: &'a str,
    /// Where they begin.
    rest: usize,
}

impl<'a, 'r> NamedFactor<'a, 'r> {
    /// The factor that the first words of a line name: those in bold, or all up to a sign that ends a name.
    fn at_beginning(text: &'a str, line: &FactorLine, registry: &'r Registry) -> Option<Self> {
        let (role, line) = behind_role(text, line);
        let named = Self::behind_label(text, &line, registry)?;
        Some(Self { is_primary: named.is_primary || role == FactorRole::Primary, ..named })
    }

    fn behind_label(text: &'a str, line: &FactorLine, registry: &'r Registry) -> Option<Self> {
        if let Some(lead) = &line.lead
            && let Some(factor) = registry.named(&lead.value)
        {
            return Some(Self::new(text, line, factor, lead.clone()));
        }
        let first = line.words.slice(text).lines().next()?;
        let signs = first.char_indices().filter(|(_, sign)| !sign.is_alphanumeric()).map(|(at, _)| at);
        let ends: Vec<usize> = signs.chain([first.len()]).take_while(|end| *end <= NAME_LENGTH).collect();
        let is_one = |end: &usize| {
            ends_name(&first[*end..]) && ![". ", ": ", "; "].iter().any(|sign| first[..*end].contains(sign))
        };
        // The longest name counts: another one may begin with the same words.
        ends.into_iter().rev().filter(is_one).find_map(|end| {
            let words = plain(&first[..end]);
            let span = Span::new(line.words.start, line.words.start + end);
            Some(Self::new(text, line, registry.named(&words)?, Spanned::new(words, span)))
        })
    }

    /// The factor that a link names: by its words, or by the page that it leads to.
    fn of_link(text: &'a str, line: &FactorLine, registry: &'r Registry) -> Option<Self> {
        let words = line.lead.as_ref()?;
        let page = line.span.slice(text).trim_end_matches(')').rsplit(['(', '/', '#']).next()?;
        let factor = registry.named(&words.value).or_else(|| registry.get(page.trim_end_matches(".html")))?;
        Some(Self { note: "", ..Self::new(text, line, factor, words.clone()) })
    }

    fn new(text: &'a str, line: &FactorLine, factor: &'r Factor, name: Spanned<String>) -> Self {
        let behind = &text[name.span.end.min(line.words.end)..line.words.end];
        let (is_primary, note) = without_role(behind);
        let words = name.value.trim().trim_end_matches([':', '：', '.']).to_owned();
        let rest = line.words.end - note.len();
        Self { factor, words, span: name.span, is_primary, note: note.trim_end(), rest }
    }

    fn id(&self) -> Spanned<String> {
        Spanned::new(self.factor.id.value.clone(), self.span)
    }

    fn used(self, line: &FactorLine) -> FactorUse {
        let place = Span::new(self.rest, self.rest + self.note.len());
        let note = Some(self.note).filter(|note| !note.is_empty());
        FactorUse {
            id: self.id(),
            role: if self.is_primary { FactorRole::Primary } else { FactorRole::Contributing },
            note: note.map(|note| Spanned::new(single_spaced(note), place)),
            written: Some(WrittenFactor {
                name: self.words,
                item: (line.form == FactorForm::Listed).then_some(line.span),
                rest: self.rest,
                holds_note: note.is_some(),
            }),
        }
    }
}

/// Whether what follows a name ends it: other words would make it a longer one.
fn ends_name(after: &str) -> bool {
    let after = after.trim_start_matches(['*', '_', '`', '~']);
    let sign = after.trim_start();
    let is_role = sign.get(.."[primary".len()).is_some_and(|role| role.eq_ignore_ascii_case("[primary"));
    sign.is_empty()
        || is_role
        || sign.starts_with(['(', ':', '.', ',', ';', '—', '–', '：'])
        || after.starts_with(" - ")
}

/// Whether "(primary)" stands first behind a name, and the words after that.
fn without_role(behind: &str) -> (bool, &str) {
    let is_between = |sign: char| sign.is_whitespace() || "*_`~:.,;-—–：".contains(sign);
    let words = behind.trim_start_matches(is_between);
    match primary_behind_name(words) {
        Some(length) => (true, words[length..].trim_start_matches(is_between)),
        None => (false, words),
    }
}

/// The role that a label gives a factor, or the sub-heading above it, and the line behind the label.
fn behind_role<'l>(text: &str, line: &'l FactorLine) -> (FactorRole, Cow<'l, FactorLine>) {
    let is_primary =
        |group: &String| matches!(kebab_case(group).as_str(), "primary" | "primary-factor" | "primary-cause");
    let above =
        if line.group.as_ref().is_some_and(is_primary) { FactorRole::Primary } else { FactorRole::Contributing };
    let Some(label) = role_label(line.words.slice(text)) else { return (above, Cow::Borrowed(line)) };
    let role = if label.is_primary { FactorRole::Primary } else { above };
    let start = line.words.start + label.length;
    let lead = line.lead.clone().filter(|lead| lead.span.start >= start);
    (role, Cow::Owned(FactorLine { words: Span::new(start, line.words.end), lead, ..line.clone() }))
}

/// An item that names no factor of the registry. A question is none at all.
fn local(text: &str, line: &FactorLine, policy: &Policy) -> Option<LocalFactor> {
    let (role, line) = behind_role(text, line);
    let words = line.words.slice(text);
    if words.trim_end().trim_end_matches(['*', '_']).ends_with(['?', '？']) || is_answered_question(words) {
        return None;
    }
    let lead = line.lead.as_ref().map(|lead| Spanned::new(kebab_case(&lead.value), lead.span));
    let label = lead.filter(|label| !label.value.is_empty()).or_else(|| first_words(text, line.words))?;
    let (is_primary, _) = without_role(&text[label.span.end.min(line.words.end)..line.words.end]);
    let category = line.group.as_ref().map(|group| kebab_case(group));
    let category = policy.categories.iter().find(|known| {
        [&known.id, &known.name].iter().any(|name| category.as_ref().is_some_and(|words| *words == kebab_case(name)))
    });
    Some(LocalFactor {
        label,
        role: if is_primary { FactorRole::Primary } else { role },
        category: category.map(|category| category.id.clone()),
        item: line.span,
        text: line.words,
    })
}

/// "Why was it slow? The disks were old.": one of the five whys, with its answer.
fn is_answered_question(words: &str) -> bool {
    const WHY: [&str; 5] = ["why", "warum", "wieso", "pourquoi", "por"];
    let first =
        words.trim_start_matches(['*', '_', '¿', ' ']).split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    WHY.contains(&first.to_lowercase().as_str()) && words.contains('?')
}

/// Takes a factor into the review, or adds what the text says to one that is there.
fn add(review: &mut Review, used: FactorUse, registry: &Registry, problems: &mut Problems) {
    let has_primary = review.primary_factor().is_some();
    let is_listed = |used: &FactorUse| used.written.as_ref().is_some_and(|written| written.item.is_some());
    // One that the list names twice is a mistake that a rule reports.
    let is_same = |known: &&mut FactorUse| {
        registry.canonical(&known.id.value) == used.id.value && !(is_listed(known) && is_listed(&used))
    };
    let Some(known) = review.factors.iter_mut().find(is_same) else {
        review.factors.push(used);
        return;
    };
    match (used.role, known.role) {
        (FactorRole::Primary, FactorRole::Contributing) if has_primary => {
            let message = format!("the text calls `{}` the primary factor, and another one is it", used.id.value);
            let help = "Call one of the two primary. What the front matter says counts until then.";
            problems.add(ProblemKind::Contradiction, used.id.span, message).help(help);
        }
        (FactorRole::Primary, FactorRole::Contributing) => known.role = FactorRole::Primary,
        (FactorRole::Primary, FactorRole::Primary) | (FactorRole::Contributing, _) => {}
    }
    known.note = known.note.take().or_else(|| used.note.clone());
    if known.written.is_none() || !is_listed(known) && is_listed(&used) {
        known.written = used.written;
    }
}

/// Adds the factor that the root cause begins with, or the only one that it links to, as the primary one, unless another
/// one is called that.
fn add_primary(review: &mut Review, document: &Document, registry: &Registry, problems: &mut Problems) {
    let text = document.published.as_ref();
    let of_form = |form: FactorForm| document.factors.iter().filter(move |line| line.form == form);
    let is_settled =
        review.primary_factor().is_some() || review.local_factors.iter().any(|local| local.role == FactorRole::Primary);
    let mut linked: Vec<(NamedFactor<'_, '_>, &FactorLine)> = Vec::new();
    for line in of_form(FactorForm::RootCause) {
        linked.extend(NamedFactor::at_beginning(text, line, registry).map(|named| (named, line)));
    }
    if linked.is_empty() && !is_settled {
        for line in of_form(FactorForm::LinkInRootCause) {
            linked.extend(NamedFactor::of_link(text, line, registry).map(|named| (named, line)));
        }
        linked.dedup_by(|one, other| one.0.factor.id.value == other.0.factor.id.value);
    }
    if linked.len() == 1
        && let Some((named, line)) = linked.pop()
    {
        let used = named.used(line);
        let role = if is_settled { used.role } else { FactorRole::Primary };
        add(review, FactorUse { role, ..used }, registry, problems);
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::ProblemKind;
    use crate::document::parse;
    use crate::lower::lower;
    use crate::model::{Category, Factor, Policy, Registry, Review, Words};
    use crate::text::{SitePath, Source, Span, Spanned};

    fn policy() -> Policy {
        let spanned = |text: &str| Spanned::new(text.to_owned(), Span::at(0));
        let factor = |(id, name, aliases): (&str, &str, &[&str])| Factor {
            id: spanned(id),
            name: name.to_owned(),
            category: "process".to_owned(),
            definition: String::new(),
            aliases: aliases.iter().map(|alias| spanned(alias)).collect(),
            ask: Vec::new(),
        };
        let mut registry = Registry::default();
        for known in [
            ("missing-alert", "No alert", &["alert-gap"][..]),
            ("no-canary", "No staged rollout", &[]),
            ("no-staged-rollout-of-data", "No staged rollout of data", &[]),
        ] {
            assert_eq!(registry.add(factor(known)), []);
        }
        let category = Category { id: "process".to_owned(), name: "Process".to_owned(), description: String::new() };
        Policy { registry, categories: vec![category], ..Policy::default() }
    }

    fn read(text: &str) -> (Review, Vec<String>) {
        let source = Source::new(SitePath::new("content/reviews/a.md").unwrap(), text);
        let (review, problems) = lower(&parse(&source), &policy());
        let found = problems.into_iter().filter(|problem| problem.kind == ProblemKind::Contradiction);
        (review, found.map(|problem| problem.message).collect())
    }

    /// Each factor as `id role: note`, then each local one as `label role category`.
    fn factors(text: &str) -> Vec<String> {
        let (review, problems) = read(text);
        assert_eq!(problems, [""; 0], "{text}");
        let note = |note: &Option<Spanned<String>>| note.as_ref().map(|note| format!(": {}", note.value));
        let used = review
            .factors
            .iter()
            .map(|used| format!("{} {}{}", used.id.value, used.role.word(), note(&used.note).unwrap_or_default()));
        let local = review.local_factors.iter().map(|local| {
            let category = local.category.as_deref().unwrap_or("-");
            format!("{} {} {category}", local.label.value, local.role.word())
        });
        used.chain(local).collect()
    }

    fn listed(items: &str) -> Vec<String> {
        factors(&format!("## Contributing factors\n\n{items}\n"))
    }

    #[test]
    fn an_item_names_a_factor_by_id_name_or_alias_in_any_form() {
        for item in [
            "- **No alert.** Nobody knew.",
            "- **no alert**: Nobody knew.",
            "- **Alert gap** — Nobody knew.",
            "- missing-alert: Nobody knew.",
            "* `missing-alert` - Nobody knew.",
            "1. [No alert](../factors/missing-alert.md). Nobody knew.",
            "- **Missing alert**\n  Nobody knew.",
            "- Missing alert: Nobody\n  knew.",
        ] {
            assert_eq!(listed(item), ["missing-alert contributing: Nobody knew."], "{item}");
        }
        assert_eq!(listed("- No alert"), ["missing-alert contributing"]);
        assert_eq!(listed("- **No alert** (primary): Quiet."), ["missing-alert primary: Quiet."]);
        assert_eq!(listed("- no alert (Primary)"), ["missing-alert primary"]);
        assert_eq!(listed("- No staged rollout of data: x"), ["no-staged-rollout-of-data contributing: x"]);
        assert_eq!(listed("- No staged rollout. Of data, too"), ["no-canary contributing: Of data, too"]);
    }

    #[test]
    fn any_other_item_is_a_local_factor_but_a_question() {
        assert_eq!(listed("- No alert on disks"), ["no-alert-on-disks contributing -"]);
        assert_eq!(listed("- **Old disks** (primary). Slow."), ["old-disks primary -"]);
        assert_eq!(listed("- Why were the disks old?\n- Old disks, old hosts"), ["old-disks contributing -"]);
        assert_eq!(listed("- [x] Old disks\n- [ ] Old hosts"), [""; 0], "things to do");
        assert_eq!(listed("### Process\n\n- Old disks"), ["old-disks contributing process"]);
        assert_eq!(
            listed("- **Process**\n  - Old disks\n  - No alert\n- **Hosts:**\n  - Old hosts"),
            ["missing-alert contributing", "old-disks contributing process", "old-hosts contributing -"]
        );
        assert_eq!(listed("### Five whys\n\n- Disks were old\n- No alert"), ["missing-alert contributing"]);
        assert_eq!(listed("Old disks and no alert.\n\nNo alert: at all."), ["missing-alert contributing: at all."]);
        assert_eq!(listed("### No alert\n\nNobody knew."), ["missing-alert contributing"]);
    }

    #[test]
    fn the_primary_factor_is_told_by_a_word_behind_or_in_front_of_it() {
        for item in [
            "- Primary: No alert",
            "- **Primary factor:** No alert",
            "- **Primary:** **No alert**",
            "- No alert [primary]",
            "- **No alert** [Primary factor]",
            "- No alert (primary factor)",
            "- **No alert** — primary",
            "**Primary factor:** No alert",
            "### Primary\n\n- No alert",
        ] {
            assert_eq!(listed(item), ["missing-alert primary"], "{item}");
        }
        assert_eq!(listed("- Contributing: No alert"), ["missing-alert contributing"]);
        assert_eq!(listed("- Primary: Old disks"), ["old-disks primary -"]);
        assert_eq!(listed("- Old disks [primary]"), ["old-disks primary -"]);
        assert_eq!(listed("- No alert — primary disks only"), ["missing-alert contributing: primary disks only"]);
        let (_, problems) = read("## Contributing factors\n\n- No alert (primary)\n- Old disks (primary)\n");
        assert_eq!(problems, ["factor `old-disks` is primary, and so is `missing-alert`"]);
    }

    #[test]
    fn items_inside_an_item_are_factors_unless_it_is_one() {
        assert_eq!(
            listed("- Process\n  - Old disks\n  - No alert (primary)"),
            ["missing-alert primary", "old-disks contributing process"]
        );
        assert_eq!(listed("- **No alert**\n  - Nobody\n  - knew"), ["missing-alert contributing: Nobody - knew"]);
        assert_eq!(
            listed("- The disks of all hosts were old\n  - since May"),
            ["the-disks-of-all-hosts-were contributing -"],
            "a sentence is no label"
        );
    }

    #[test]
    fn items_of_the_same_words_are_told_apart_and_answered_questions_are_none() {
        assert_eq!(
            listed("- Old disks, old hosts\n- Old disks, new hosts"),
            ["old-disks contributing -", "old-disks-2 contributing -"]
        );
        assert_eq!(
            listed("1. Why was it slow? The disks were old.\n2. **Why?** Nobody knew.\n3. Old disks"),
            ["old-disks contributing -"]
        );
    }

    #[test]
    fn the_root_cause_names_the_primary_factor() {
        let with =
            |cause: &str| factors(&format!("## Root cause\n\n{cause}\n\n## Contributing factors\n\n- No alert\n"));
        assert_eq!(with("**No alert.** Nobody knew."), ["missing-alert primary: Nobody knew."]);
        assert_eq!(
            with("**No staged rollout.** At once."),
            ["no-canary primary: At once.", "missing-alert contributing"]
        );
        assert_eq!(
            with("It came with [all hosts at once](../factors/no-canary.html)."),
            ["no-canary primary", "missing-alert contributing"]
        );
        assert_eq!(with("The disk had no alert."), ["missing-alert contributing"]);
        let two = "[One](../factors/no-canary.md), [two](../factors/missing-alert.md).";
        assert_eq!(with(two), ["missing-alert contributing"], "two links choose none");
        assert_eq!(
            with("- No staged rollout\n- Old disks"),
            ["no-canary contributing", "missing-alert contributing"],
            "nor does the order of a list"
        );
        assert_eq!(with("- No staged rollout"), ["no-canary primary", "missing-alert contributing"]);
    }

    #[test]
    fn the_front_matter_decides_and_the_text_adds() {
        let front = "+++\n[[factors]]\nid = \"alert-gap\"\nrole = \"primary\"\n+++\n\n## Contributing factors\n\n";
        assert_eq!(
            factors(&format!("{front}- **No alert.** Nobody knew.\n- No staged rollout\n")),
            ["alert-gap primary: Nobody knew.", "no-canary contributing"]
        );
        let (review, problems) = read(&format!("{front}- No staged rollout (primary)\n- No alert\n"));
        assert_eq!(review.primary_factor().unwrap().id.value, "alert-gap");
        assert_eq!(problems, ["factor `no-canary` is primary, and so is `alert-gap`"]);
        let roles = front.replace("role", "note");
        let (_, problems) = read(&format!("{roles}- No alert\n- No staged rollout (primary)\n"));
        assert_eq!(problems.len(), 0);
    }

    #[test]
    fn a_factor_is_accepted_where_its_item_says_so() {
        let (review, _) =
            read("## Contributing factors\n\n- No alert (accepted: rare)\n- Old disks (accepted: cheap)\n");
        let accepted: Vec<_> = review.accepted.iter().map(|accepted| accepted.weakness.value.as_str()).collect();
        assert_eq!(accepted, ["missing-alert", "old-disks"]);
    }
}
