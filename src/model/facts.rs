//! What is known of a review as data: all that lists and other reviews may show of it, without its prose and its places.

use super::action::{Accepted, Action};
use super::factor_use::{FactorUse, LocalFactor};
use super::review::{LinkUse, Part, Reference, Review, Revision};
use super::timeline::TimelineEntry;
use crate::text::Spanned;

impl Review {
    /// Whether both reviews differ at most in their prose: the words of the body and of notes, and where everything
    /// stands. What is counted, listed, drawn or linked across reviews is then the same for both.
    pub fn has_same_facts(&self, other: &Self) -> bool {
        self.has_same_front(other)
            && self.has_same_names(other)
            && self.response.detection == other.response.detection
            && self.response.controls.is_some() == other.response.controls.is_some()
            && self.verdicts().eq(other.verdicts())
            && self.factors.iter().map(factor).eq(other.factors.iter().map(factor))
            && all(&self.local_factors, &other.local_factors, is_same_factor)
            && all(&self.actions, &other.actions, is_same_action)
            && self.accepted.iter().map(weakness).eq(other.accepted.iter().map(weakness))
            && self.references.iter().map(reference).eq(other.references.iter().map(reference))
            && self.revisions.iter().map(revision).eq(other.revisions.iter().map(revision))
            && self.has_same_timeline(other)
            && all(&self.parts, &other.parts, is_same_part)
            && self.links.iter().map(link).eq(other.links.iter().map(link))
    }

    /// The fields of their own: values that no list holds.
    fn has_same_front(&self, other: &Self) -> bool {
        // Without `..`: whoever adds a field decides here whether it is a fact.
        #[rustfmt::skip]
        let Self {
            id, path, origin, title, severity, kind, status, is_clear, tlp, publish, reviewed, unknown, stated_day, adopted,
            perspective, organisation,
            // Lists, which are compared apart.
            services: _, related: _, aliases: _, response: _, factors: _, local_factors: _, actions: _, accepted: _,
            references: _, revisions: _, timeline: _, parts: _, links: _,
            // Prose, and what only its own page shows.
            participants: _, impact: _, headings: _, addresses: _, text: _, map: _, body: _,
        } = self;
        (id, path, origin, title, kind, is_clear)
            == (&other.id, &other.path, &other.origin, &other.title, &other.kind, &other.is_clear)
            && (unknown, stated_day, adopted, perspective)
                == (&other.unknown, &other.stated_day, &other.adopted, &other.perspective)
            && (value(severity), value(organisation)) == (value(&other.severity), value(&other.organisation))
            && (value(status), value(tlp)) == (value(&other.status), value(&other.tlp))
            && (value(publish), value(reviewed)) == (value(&other.publish), value(&other.reviewed))
    }

    fn has_same_names(&self, other: &Self) -> bool {
        values(&self.services).eq(values(&other.services))
            && values(&self.related).eq(values(&other.related))
            && values(&self.aliases).eq(values(&other.aliases))
    }

    fn verdicts(&self) -> impl Iterator<Item = (super::Question, super::Verdict)> {
        self.response.answers.iter().map(|given| (given.question, given.answer.verdict))
    }

    fn has_same_timeline(&self, other: &Self) -> bool {
        let (one, other) = (&self.timeline, &other.timeline);
        let untimed = |timeline: &super::Timeline| {
            let untimed = timeline.untimed().iter();
            untimed.map(|entry| (entry.after, values(&entry.marks).cloned().collect::<Vec<_>>())).collect::<Vec<_>>()
        };
        all(one.entries(), other.entries(), is_same_entry)
            && all(one.stated(), other.stated(), is_same_entry)
            && untimed(one) == untimed(other)
    }
}

fn value<T>(of: &Option<Spanned<T>>) -> Option<&T> {
    of.as_ref().map(|of| &of.value)
}

fn values<T>(of: &[Spanned<T>]) -> impl Iterator<Item = &T> {
    of.iter().map(|of| &of.value)
}

fn all<T>(ones: &[T], others: &[T], is_same: fn(&T, &T) -> bool) -> bool {
    ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| is_same(one, other))
}

fn factor(used: &FactorUse) -> (&str, super::FactorRole) {
    (&used.id.value, used.role)
}

fn is_same_factor(one: &LocalFactor, other: &LocalFactor) -> bool {
    (&one.label.value, one.role, &one.category) == (&other.label.value, other.role, &other.category)
}

fn is_same_action(one: &Action, other: &Action) -> bool {
    let Action {
        span: _,
        block: _,
        groups: _,
        id,
        change,
        kind,
        addresses,
        unknown,
        no_owner,
        owner,
        no_due,
        due,
        status,
        closed,
        updates,
        link,
        evidence,
    } = one;
    (value(id), value(change), kind, unknown) == (value(&other.id), value(&other.change), &other.kind, &other.unknown)
        && values(addresses).eq(values(&other.addresses))
        && (value(no_owner), value(owner), value(no_due), value(due))
            == (value(&other.no_owner), value(&other.owner), value(&other.no_due), value(&other.due))
        && (status, value(closed), updates) == (&other.status, value(&other.closed), &other.updates)
        && (value(link), evidence) == (value(&other.link), &other.evidence)
}

fn weakness(accepted: &Accepted) -> &str {
    &accepted.weakness.value
}

fn reference(reference: &Reference) -> (&str, &str) {
    (&reference.title, &reference.url.value)
}

fn revision(revision: &Revision) -> (chrono::NaiveDate, &str) {
    (revision.date.value, &revision.change)
}

fn is_same_entry(one: &TimelineEntry, other: &TimelineEntry) -> bool {
    (&one.at, &one.until) == (&other.at, &other.until) && values(&one.marks).eq(values(&other.marks))
}

fn is_same_part(one: &Part, other: &Part) -> bool {
    let label = |item: &super::PartItem| item.label.as_ref().map(|label| label.value.clone());
    (one.kind, one.is_empty, one.items.len()) == (other.kind, other.is_empty, other.items.len())
        && one.items.iter().map(label).eq(other.items.iter().map(label))
}

fn link(link: &LinkUse) -> (&str, bool) {
    (&link.destination, link.image)
}
