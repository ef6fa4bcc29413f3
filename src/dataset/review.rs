//! A review in a dataset and back: each key with what is written there. What is read back is text, no sign in it markup.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action::{AcceptedData, ActionData};
use super::factor::{FactorUseData, LocalFactorData};
use super::impact::ImpactData;
use super::issuer::Issuer;
use super::reference::{ReferenceData, RevisionData};
use super::response::ResponseData;
use super::section::{ItemData, Sections};
use super::timeline::{EntryData, MetricsData, StatedPhaseData, UntimedData};
use super::untrusted::{MOST, at_top, line, lines};
use super::word::{Address, Day, Name, Word, is_default};
use super::written::{non_empty, values};
use crate::document::SectionKind;
use crate::markdown::PlainText;
use crate::model::{
    Corpus, FederatedSite, Kind, LocalFactor, Metrics, Origin, Part, Perspective, Policy, Review, ReviewId, Status,
    Timeline, Tlp, Unknown,
};
use crate::text::{SitePath, SourceMap, Span};

/// The version of the shape. The first number changes when what was there is gone or means something else, the second
/// when something is added.
pub const SCHEMA_VERSION: &str = "1.3.0";

/// A review of an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewData {
    /// The version of this shape, where the review has a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema_version: Option<String>,
    /// Its permanent name.
    pub id: Name,
    /// Its page.
    pub url: Address,
    /// Former ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// What it is called.
    pub title: String,
    /// What happened, and how it was resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Why it happened, in the words of its section, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root_cause: Option<String>,
    /// The whole text as its authors wrote it, in Markdown, where the review has a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The day it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Day>,
    /// The day it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Day>,
    /// The day it was found to be wrong. A review that has this should not be relied on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Day>,
    /// How far the text is.
    pub status: Word<Status>,
    /// Whether it had an impact, or was caught in time.
    pub kind: Word<Kind>,
    /// The id of a severity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// Whether the organisation wrote it, or it is a summary of a public review.
    pub perspective: Word<Perspective>,
    /// The organisation that had the incident.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The day of the incident.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    /// The day on which the review was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Day>,
    /// What the authors say that they do not know. Since 1.2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Word<Unknown>>,
    /// The teams or roles that reviewed it together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<String>,
    /// The services affected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// The ids of related reviews.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Whom or what it affected.
    #[serde(default, skip_serializing_if = "is_default")]
    pub impact: ImpactData,
    /// How the response went.
    #[serde(default, skip_serializing_if = "is_default")]
    pub response: ResponseData,
    /// What happened when, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timeline: Vec<EntryData>,
    /// The entries of the timeline whose time is not known, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub untimed: Vec<UntimedData>,
    /// The phases that the head of the text states and no entry of the timeline marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stated_phases: Vec<StatedPhaseData>,
    /// The durations that follow from the timeline.
    #[serde(default, skip_serializing_if = "is_default")]
    pub metrics: MetricsData,
    /// The factors seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub factors: Vec<FactorUseData>,
    /// The contributing factors that the registry does not have. Since 1.2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub local_factors: Vec<LocalFactorData>,
    /// What went well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub went_well: Vec<ItemData>,
    /// What went poorly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub went_poorly: Vec<ItemData>,
    /// What could easily have been worse.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub got_lucky: Vec<ItemData>,
    /// What will be, or was, changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionData>,
    /// Known weaknesses, left as they are on purpose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<AcceptedData>,
    /// The sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<ReferenceData>,
    /// The corrections after publication, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<RevisionData>,
}

impl ReviewData {
    pub(super) fn from_model(review: &Review, corpus: &Corpus, issuer: &Issuer<'_>) -> Self {
        let text = PlainText::new(&review.text, review.body);
        let url = issuer.review_url(review);
        let items = |kind| ItemData::from_model(review, kind, &text);
        let prose = |kind| review.part(kind).map(|part| text.words(part.content)).filter(|words| !words.is_empty());
        Self {
            schema_version: None,
            id: Name(review.id.0.clone()),
            aliases: review.aliases.iter().filter_map(|alias| Name::parse(&alias.value)).collect(),
            title: review.title.clone(),
            summary: prose(SectionKind::Summary),
            root_cause: prose(SectionKind::RootCause),
            details: None,
            published: review.published().map(Day),
            modified: review.modified().map(Day),
            withdrawn: review.modified().filter(|_| review.is_withdrawn()).map(Day),
            status: Word(review.status.as_ref().map_or(Status::Final, |status| status.value)),
            kind: Word(review.kind),
            severity: review.severity.as_ref().map(|severity| severity.value.clone()),
            perspective: Word(review.perspective),
            organisation: non_empty(corpus.policy.organisation_of(review)),
            date: review.date().map(Day),
            reviewed: review.reviewed.as_ref().map(|day| Day(day.value)),
            unknown: review.unknown.iter().copied().map(Word).collect(),
            participants: values(&review.participants),
            services: values(&review.services),
            related: values(&review.related),
            impact: ImpactData::from_model(&review.impact),
            response: ResponseData::from_model(&review.response),
            timeline: review.timeline.entries().iter().map(|entry| EntryData::from_model(entry, &text)).collect(),
            untimed: review.timeline.untimed().iter().map(|entry| UntimedData::from_model(entry, &text)).collect(),
            stated_phases: review.timeline.stated().iter().map(StatedPhaseData::from_model).collect(),
            metrics: MetricsData::from_model(&Metrics::derive(&review.timeline)),
            factors: review.factors.iter().map(|used| FactorUseData::from_model(used, corpus)).collect(),
            local_factors: review.local_factors.iter().map(|local| LocalFactorData::from_model(local, &text)).collect(),
            went_well: items(SectionKind::WentWell),
            went_poorly: items(SectionKind::WentPoorly),
            got_lucky: items(SectionKind::GotLucky),
            actions: (0..).zip(&review.actions).map(|(at, action)| ActionData::from_model(action, at, &url)).collect(),
            accepted: review.accepted.iter().map(AcceptedData::from_model).collect(),
            references: review.references.iter().map(ReferenceData::from_model).collect(),
            revisions: review.revisions.iter().map(RevisionData::from_model).collect(),
            url,
        }
    }

    fn sections(&self) -> Sections {
        let mut sections = Sections::default();
        sections.add_prose(SectionKind::Summary, self.summary.as_deref());
        sections.add_timeline(&self.timeline, &self.untimed);
        sections.add_prose(SectionKind::RootCause, self.root_cause.as_deref());
        sections.add_local_factors(&self.local_factors);
        sections.add_items(SectionKind::WentWell, &self.went_well);
        sections.add_items(SectionKind::WentPoorly, &self.went_poorly);
        sections.add_items(SectionKind::GotLucky, &self.got_lucky);
        sections
    }
}

/// Makes a review of the model of one of a dataset: of the dataset of this site itself, or of that of a federated site.
/// Then its id is `<site>/<id>`, which no review of this site can have. Factors and severities are those of `policy`,
/// where it knows them by an id or an alias.
pub fn review(data: &ReviewData, site: Option<&Arc<FederatedSite>>, policy: &Policy) -> Review {
    let named = |id: &str| site.map_or_else(|| id.to_owned(), |site| format!("{}/{id}", site.id));
    let id = named(&data.id.0);
    let folder = if site.is_some() { "sources" } else { "reviews" };
    let path = SitePath::new(&format!("content/{folder}/{id}.md"));
    let organisation = data.organisation.as_ref().or(site.map(|site| &site.organisation));
    let severity = data.severity.as_ref().and_then(|id| policy.severity(id));
    let mut related = lines(&data.related);
    related.iter_mut().for_each(|related| related.value = named(&related.value));
    let Sections { text, parts, entries, untimed } = data.sections();
    let stated = data.stated_phases.iter().take(MOST).filter_map(StatedPhaseData::to_model);
    Review {
        path: path.unwrap_or_else(|error| panic!("the id {id:?} {error}")),
        id: ReviewId(id),
        origin: site.map(|site| Origin { site: site.clone(), address: data.url.0.clone() }),
        title: line(&data.title),
        severity: severity.map(|(_, known)| at_top(known.id.clone())),
        kind: data.kind.0,
        status: Some(at_top(data.status.0)),
        is_clear: true,
        tlp: Some(at_top(Tlp::Clear)),
        publish: data.published.as_ref().map(|day| at_top(day.0)),
        reviewed: data.reviewed.as_ref().map(|day| at_top(day.0)),
        unknown: data.unknown.iter().map(|unknown| unknown.0).collect(),
        participants: lines(&data.participants),
        adopted: false,
        stated_day: data.date.as_ref().map(|day| day.0),
        perspective: data.perspective.0,
        organisation: organisation.map(|name| at_top(line(name))),
        services: lines(&data.services),
        related,
        aliases: data.aliases.iter().take(MOST).map(|alias| at_top(named(&alias.0))).collect(),
        impact: data.impact.to_model(),
        response: data.response.to_model(),
        factors: data.factors.iter().take(MOST).map(|used| used.to_model(policy)).collect(),
        local_factors: local_factors(data, &parts, policy),
        actions: data.actions.iter().take(MOST).map(ActionData::to_model).collect(),
        accepted: data.accepted.iter().take(MOST).map(AcceptedData::to_model).collect(),
        references: data.references.iter().take(MOST).map(ReferenceData::to_model).collect(),
        revisions: data.revisions.iter().take(MOST).map(RevisionData::to_model).collect(),
        timeline: Timeline::new(entries, untimed, Vec::new()).with_stated(stated.collect()),
        headings: parts.iter().filter_map(|part| part.title.as_ref()).map(|title| title.value.clone()).collect(),
        parts,
        // No sign of a dataset is markup, so its texts hold no links.
        links: Vec::new(),
        addresses: Vec::new(),
        body: Span::new(0, text.len()),
        text: text.into(),
        map: SourceMap::default(),
    }
}

fn local_factors(data: &ReviewData, parts: &[Part], policy: &Policy) -> Vec<LocalFactor> {
    let items = parts.iter().filter(|part| part.kind == Some(SectionKind::ContributingFactors));
    let items = items.flat_map(|part| &part.items);
    let said = data.local_factors.iter().filter(|local| !line(&local.text).is_empty());
    items.zip(said).map(|(item, local)| local.to_model(item, policy)).collect()
}

#[cfg(test)]
mod tests {
    use super::{ReviewData, review};
    use crate::document::parse;
    use crate::lower::lower;
    use crate::model::Policy;
    use crate::text::Source;

    /// The places are those that reading the text would find, so pages find each piece at its place.
    #[test]
    fn a_review_is_read_back_as_its_text_would_be() {
        let data: ReviewData = serde_json::from_value(serde_json::json!({
            "id": "a", "url": "https://a.example/", "title": "A", "status": "final", "kind": "incident",
            "perspective": "own",
            "summary": "One *star*.\nA second line.\n\n \n\n# No heading\n\n1. No list",
            "root_cause": " \n\n ",
            "timeline": [
                { "at": "2024-03-04T13:31:00Z", "precision": "minute", "text": "It <b>began</b>: - x" },
                { "at": "2024-03-04T13:31:00Z", "precision": "minute", "text": "" },
                { "at": "2024-03-04T14:00:00Z", "precision": "minute", "text": "It ended" },
            ],
            "untimed": [
                { "after": 9, "text": "Everybody slept" },
                { "after": 1, "marks": ["Detected"], "text": "Then somebody looked" },
            ],
            "went_well": [
                { "label": "the-alert", "text": "The alert. It came at once." },
                { "text": "Nobody waited" },
                { "text": " " },
                { "label": "another", "text": "Not that label" },
                { "label": "all", "text": "All" },
            ],
        }))
        .unwrap();
        let built = review(&data, None, &Policy::default());
        let source = Source { path: built.path.clone(), text: built.text.clone() };
        let (read, _) = lower(&parse(&source), &Policy::default());
        assert_eq!(format!("{:#?}", built.parts), format!("{:#?}", read.parts));
        assert_eq!(built.headings, read.headings);
        assert_eq!((built.body, &*built.text, built.links), (read.body, &*read.text, read.links));
        let items = parse(&source).outline.items;
        let places = built.timeline.entries().iter().map(|entry| (entry.span, entry.text_start));
        assert_eq!(places.collect::<Vec<_>>(), [0, 2, 3].map(|at| (items[at].span, items[at].start)));
        let places = built.timeline.untimed().iter().map(|entry| (entry.after, entry.span, entry.text_start));
        assert_eq!(
            places.collect::<Vec<_>>(),
            [(1, 1), (3, 4)].map(|(after, at)| (after, items[at].span, items[at].start))
        );
    }
}
