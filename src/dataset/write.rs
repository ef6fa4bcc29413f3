//! From the corpus to casebook.json.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::part::{
    AcceptedData, ActionData, AnswerData, DurationData, EntryData, FactorUseData, ImpactData, ItemData, MetricsData,
    MomentData, ReferenceData, ResponseData, RevisionData,
};
use super::plain::{Passages, plain};
use super::shape::{CategoryData, Dataset, FactorData, ReviewData, SCHEMA_VERSION, SeverityData};
use super::word::{Address, Day, Instant, Name, Word};
use crate::document::SectionKind;
use crate::model::{
    Action, Corpus, Factor, Impact, ImpactKind, Metric, MetricKind, Metrics, Moment, Question, Reference, Response,
    Review, Status, TimelineEntry,
};
use crate::text::{Span, Spanned};

/// Whose dataset it is.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<'a> {
    /// The name of the site.
    pub title: &'a str,
    /// What it is, in a sentence; may be empty.
    pub description: &'a str,
    /// Whose site it is; may be empty.
    pub organisation: &'a str,
    /// Its home page, with a closing slash.
    pub base_url: &'a str,
    /// A BCP 47 language tag.
    pub language: &'a str,
    /// The licence of the texts; may be empty.
    pub licence: &'a str,
}

impl Issuer<'_> {
    pub(super) fn url(&self, path: &str) -> Address {
        address(&format!("{}{path}", self.base_url)).unwrap_or_else(|| Address("http://localhost/".to_owned()))
    }

    pub(super) fn review_url(&self, review: &Review) -> Address {
        self.url(&format!("reviews/{}.html", review.id))
    }
}

/// casebook.json: a review a line, so that it can be compared and searched by lines.
pub fn dataset(corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let mut json = serde_json::to_string(&head(corpus, issuer)).unwrap_or_default();
    // It is about as long as the reviews are. To make room again and again would take twice the memory.
    let length: usize = corpus.local().map(|(_, review)| review.text.len()).sum();
    json.reserve(length + length / 4);
    // The list of reviews stands last, and is filled review by review: all of them at once would take much memory.
    json.truncate(json.trim_end_matches("]}").len());
    for (at, (_, review)) in corpus.local().enumerate() {
        json.push_str(if at == 0 { "\n" } else { ",\n" });
        json.push_str(&serde_json::to_string(&data(review, corpus, issuer)).unwrap_or_default());
    }
    json.push_str("\n]}\n");
    json
}

/// The file of one review, with its whole text.
pub fn one_review(review: &Review, corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let data = ReviewData {
        schema_version: Some(SCHEMA_VERSION.to_owned()),
        details: said(review.body.slice(&review.text)),
        ..data(review, corpus, issuer)
    };
    format!("{}\n", serde_json::to_string_pretty(&data).unwrap_or_default())
}

fn head(corpus: &Corpus, issuer: &Issuer<'_>) -> Dataset {
    let policy = &corpus.policy;
    Dataset {
        schema_version: SCHEMA_VERSION.to_owned(),
        generator: Some(concat!("Casebook ", env!("CARGO_PKG_VERSION")).to_owned()),
        title: issuer.title.to_owned(),
        description: said(issuer.description),
        organisation: said(issuer.organisation),
        url: issuer.url(""),
        language: said(issuer.language),
        licence: said(issuer.licence),
        modified: corpus.local().filter_map(|(_, review)| review.modified()).max().map(Day),
        severities: policy
            .severities
            .iter()
            .map(|severity| SeverityData {
                id: severity.id.clone(),
                name: severity.name.clone(),
                aliases: severity.aliases.clone(),
                review_within: severity.review_within,
            })
            .collect(),
        categories: policy
            .categories
            .iter()
            .map(|category| CategoryData {
                id: category.id.clone(),
                name: category.name.clone(),
                description: said(&category.description),
            })
            .collect(),
        factors: policy.registry.iter().map(|factor| factor_data(factor, issuer)).collect(),
        reviews: Vec::new(),
    }
}

fn factor_data(factor: &Factor, issuer: &Issuer<'_>) -> FactorData {
    FactorData {
        id: factor.id.value.clone(),
        name: factor.name.clone(),
        category: said(&factor.category),
        definition: said(&factor.definition),
        aliases: values(&factor.aliases),
        ask: factor.ask.clone(),
        url: Some(issuer.url(&format!("factors/{}.html", factor.id.value))),
    }
}

/// A review as data.
pub(super) fn data(review: &Review, corpus: &Corpus, issuer: &Issuer<'_>) -> ReviewData {
    let passages = Passages::of(review);
    let url = issuer.review_url(review);
    let organisation = corpus.policy.organisation_of(review);
    let items = |kind| items(review, kind, &passages);
    let prose = |kind| review.part(kind).map(|part| passages.words(part.content)).filter(|words| !words.is_empty());
    ReviewData {
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
        organisation: said(organisation),
        date: review.date().map(Day),
        reviewed: review.reviewed.as_ref().map(|day| Day(day.value)),
        participants: values(&review.participants),
        services: values(&review.services),
        related: values(&review.related),
        impact: impact(&review.impact),
        response: response(&review.response),
        timeline: review.timeline.entries().iter().map(|entry| entry_data(entry, &passages)).collect(),
        metrics: metrics(&Metrics::derive(&review.timeline)),
        factors: review
            .factors
            .iter()
            .map(|used| FactorUseData {
                id: corpus.factor(used).map_or(&used.id.value, |factor| &factor.id.value).clone(),
                role: Word(used.role),
                note: said_plainly(used.note.as_ref()),
            })
            .collect(),
        went_well: items(SectionKind::WentWell),
        went_poorly: items(SectionKind::WentPoorly),
        got_lucky: items(SectionKind::GotLucky),
        actions: review.actions.iter().enumerate().map(|(at, action)| action_data(action, at, &url)).collect(),
        accepted: review
            .accepted
            .iter()
            .map(|accepted| AcceptedData {
                weakness: accepted.weakness.value.clone(),
                reason: said_plainly(accepted.reason.as_ref()),
            })
            .collect(),
        references: review.references.iter().map(reference_data).collect(),
        revisions: review
            .revisions
            .iter()
            .map(|revision| RevisionData { date: Day(revision.date.value), change: plain(&revision.change) })
            .collect(),
        url,
    }
}

fn items(review: &Review, kind: SectionKind, passages: &Passages<'_>) -> Vec<ItemData> {
    let parts = review.parts.iter().filter(|part| part.kind == Some(kind));
    let item = |item: &crate::model::PartItem| ItemData {
        label: said(&item.label),
        text: escape_line(&passages.words(item.text)),
    };
    parts.flat_map(|part| &part.items).map(item).filter(|item| !item.text.is_empty()).collect()
}

fn impact(impact: &Impact) -> ImpactData {
    let said = |kind| impact.texts.iter().find(|(given, _)| *given == kind).map(|(_, text)| plain(&text.value));
    ImpactData {
        users: said(ImpactKind::Users),
        services: said(ImpactKind::Services),
        funds: said(ImpactKind::Funds),
        partners: said(ImpactKind::Partners),
        operations: said(ImpactKind::Operations),
        funds_lost_usd: impact.funds_lost_usd,
        funds_recovered_usd: impact.funds_recovered_usd,
    }
}

fn response(response: &Response) -> ResponseData {
    let answer = |question| {
        let given = response.answers.iter().find(|given| given.question == question)?;
        Some(AnswerData { answer: Word(given.answer.verdict), note: given.answer.note.as_deref().map(plain) })
    };
    ResponseData {
        detection: response.detection.map(Word),
        detected_quickly: answer(Question::DetectedQuickly),
        severity_fit: answer(Question::SeverityFit),
        right_people: answer(Question::RightPeople),
        runbook: answer(Question::Runbook),
        communication: answer(Question::Communication),
        evidence: answer(Question::Evidence),
        controls: said_plainly(response.controls.as_ref()),
    }
}

fn entry_data(entry: &TimelineEntry, passages: &Passages<'_>) -> EntryData {
    let MomentData { at, precision, approximate } = moment(&entry.at);
    EntryData {
        at,
        precision,
        approximate,
        until: entry.until.as_ref().map(moment),
        marks: entry.marks.iter().map(|mark| mark.value.name().to_owned()).collect(),
        text: escape_line(&passages.words(Span::new(entry.text_start, entry.span.end))),
    }
}

fn moment(moment: &Moment) -> MomentData {
    MomentData { at: Instant(moment.at), precision: moment.precision.into(), approximate: moment.approximate }
}

fn metrics(metrics: &Metrics) -> MetricsData {
    let of = |kind| {
        metrics.get(kind).map(|metric: &Metric| DurationData {
            seconds: metric.duration.num_seconds(),
            precision: metric.precision.into(),
            approximate: metric.approximate,
        })
    };
    MetricsData {
        exposure: of(MetricKind::Exposure),
        time_to_detect: of(MetricKind::TimeToDetect),
        time_to_respond: of(MetricKind::TimeToRespond),
        time_to_mitigate: of(MetricKind::TimeToMitigate),
        time_to_resolve: of(MetricKind::TimeToResolve),
        time_of_impact: of(MetricKind::TimeOfImpact),
    }
}

fn action_data(action: &Action, at: usize, page: &Address) -> ActionData {
    ActionData {
        id: action.id.as_ref().map(|id| id.value.clone()),
        url: Address(format!("{page}#{}", encoded(&action.anchor(at)))),
        change: said_plainly(action.change.as_ref()),
        kind: action.kind.map(Word),
        addresses: values(&action.addresses),
        owner: action.owner.as_ref().map(|owner| owner.value.clone()),
        due: action.due.as_ref().map(|due| Day(due.value)),
        status: Word(action.status),
        closed: action.closed.as_ref().map(|closed| Day(closed.value)),
        updates: action.updates.iter().copied().map(Word).collect(),
        link: action.link.as_ref().and_then(|link| address(&link.value)),
        evidence: action.evidence.as_deref().map(plain),
    }
}

fn reference_data(reference: &Reference) -> ReferenceData {
    ReferenceData {
        title: reference.title.clone(),
        url: address(&reference.url.value),
        commit: reference.commit.clone(),
        licence: reference.licence.clone(),
    }
}

fn escape_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn values(given: &[Spanned<String>]) -> Vec<String> {
    given.iter().map(|value| value.value.clone()).collect()
}

fn said(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn said_plainly(text: Option<&Spanned<String>>) -> Option<String> {
    text.map(|text| plain(&text.value)).filter(|text| !text.is_empty())
}

/// What is percent-encoded in an address: whatever means something in HTML, and what no address may hold.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'\'').add(b'<').add(b'>').add(b'\\').add(b'`');

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// An address on the web; `None` for any other.
fn address(text: &str) -> Option<Address> {
    Address::parse(&encoded(text.trim()))
}
