//! Tables for spreadsheets: reviews, factors and actions as CSV (RFC 4180, UTF-8).

use std::collections::BTreeMap;

use super::write::Issuer;
use crate::markdown::plain;
use crate::model::{Corpus, FactorRole, Metric, MetricKind, Metrics, Precision, Review, Words, counts};
use crate::text::Spanned;

/// What stands between several values of one cell.
const BETWEEN: &str = "; ";

/// The reviews, one a row. Durations are in seconds, and empty unless both ends are known to the minute.
pub fn reviews_csv(corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let head = [
        "id",
        "url",
        "title",
        "date",
        "published",
        "modified",
        "status",
        "kind",
        "severity",
        "perspective",
        "organisation",
        "services",
        "primary_factor",
        "contributing_factors",
        "detection",
        "exposure_s",
        "time_to_detect_s",
        "time_to_respond_s",
        "time_to_mitigate_s",
        "time_to_resolve_s",
        "time_of_impact_s",
        "actions",
        "actions_open",
        "funds_lost_usd",
        "funds_recovered_usd",
    ];
    table(&head, corpus.local().map(|(_, review)| review_row(review, corpus, issuer)))
}

fn review_row(review: &Review, corpus: &Corpus, issuer: &Issuer<'_>) -> Vec<String> {
    let metrics = Metrics::derive(&review.timeline);
    let seconds = |kind| {
        let known = |metric: &&Metric| metric.precision >= Precision::Minute;
        shown(metrics.get(kind).filter(known).map(|metric| metric.duration.num_seconds()))
    };
    let of_role = |role| {
        let used = review.factors.iter().filter(|used| used.role == role);
        let ids = used.map(|used| corpus.factor(used).map_or(&used.id.value, |factor| &factor.id.value).as_str());
        ids.collect::<Vec<_>>().join(BETWEEN)
    };
    vec![
        review.id.0.clone(),
        issuer.review_url(review).0,
        review.title.clone(),
        shown(review.date()),
        shown(review.published()),
        shown(review.modified()),
        status(review),
        review.kind.word().to_owned(),
        value(review.severity.as_ref()),
        review.perspective.word().to_owned(),
        corpus.policy.organisation_of(review).to_owned(),
        joined(&review.services),
        of_role(FactorRole::Primary),
        of_role(FactorRole::Contributing),
        review.response.detection.map(Words::word).unwrap_or_default().to_owned(),
        seconds(MetricKind::Exposure),
        seconds(MetricKind::TimeToDetect),
        seconds(MetricKind::TimeToRespond),
        seconds(MetricKind::TimeToMitigate),
        seconds(MetricKind::TimeToResolve),
        seconds(MetricKind::TimeOfImpact),
        review.actions.len().to_string(),
        review.actions.iter().filter(|action| action.is_open()).count().to_string(),
        shown(review.impact.funds_lost_usd),
        shown(review.impact.funds_recovered_usd),
    ]
}

/// The factors of the registry, one a row, with how often each was seen. Withdrawn reviews do not count.
pub fn factors_csv(corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let head =
        ["id", "url", "name", "category", "definition", "aliases", "reviews", "primary", "first_seen", "last_seen"];
    let mut seen: BTreeMap<&str, Vec<(&Review, FactorRole)>> = BTreeMap::new();
    for (_, review) in corpus.local().filter(|(_, review)| counts(review)) {
        for used in &review.factors {
            let Some(factor) = corpus.factor(used) else { continue };
            let reviews = seen.entry(&factor.id.value).or_default();
            if reviews.last().is_none_or(|(last, _)| last.id != review.id) {
                reviews.push((review, used.role));
            }
        }
    }
    let rows = corpus.policy.registry.iter().map(|factor| {
        let id = factor.id.value.as_str();
        let seen = seen.get(id).map_or(&[][..], Vec::as_slice);
        let days = || seen.iter().filter_map(|(review, _)| review.date());
        vec![
            id.to_owned(),
            issuer.url(&format!("factors/{id}.html")).0,
            factor.name.clone(),
            factor.category.clone(),
            factor.definition.clone(),
            joined(&factor.aliases),
            seen.len().to_string(),
            seen.iter().filter(|(_, role)| *role == FactorRole::Primary).count().to_string(),
            shown(days().min()),
            shown(days().max()),
        ]
    });
    table(&head, rows)
}

/// The actions of all reviews, one a row.
pub fn actions_csv(corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let head = [
        "review",
        "url",
        "action",
        "change",
        "kind",
        "addresses",
        "owner",
        "due",
        "status",
        "overdue",
        "closed",
        "updates",
        "link",
        "evidence",
        "organisation",
        "review_title",
        "review_date",
        "review_status",
    ];
    let today = corpus.policy.today;
    let rows = corpus.local().flat_map(|(_, review)| {
        let page = issuer.review_url(review);
        review.actions.iter().enumerate().map(move |(at, action)| {
            let updates: Vec<&str> = action.updates.iter().map(|update| update.word()).collect();
            vec![
                review.id.0.clone(),
                format!("{page}#{}", action.anchor(at)),
                value(action.id.as_ref()),
                action.change.as_ref().map(|change| plain(&change.value)).unwrap_or_default(),
                action.kind.map(Words::word).unwrap_or_default().to_owned(),
                joined(&action.addresses),
                value(action.owner.as_ref()),
                shown(action.due.as_ref().map(|due| due.value)),
                action.status.word().to_owned(),
                review.is_overdue(action, today).to_string(),
                shown(action.closed.as_ref().map(|closed| closed.value)),
                updates.join(BETWEEN),
                value(action.link.as_ref()),
                action.evidence.as_deref().map(plain).unwrap_or_default(),
                corpus.policy.organisation_of(review).to_owned(),
                review.title.clone(),
                shown(review.date()),
                status(review),
            ]
        })
    });
    table(&head, rows)
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail, and every row has the length of the head.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before what could begin one, as OWASP advises.
fn harmless(cell: &str) -> String {
    let begins_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if begins_formula { format!("'{cell}") } else { cell.to_owned() }
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn status(review: &Review) -> String {
    review.status.as_ref().map(|status| status.value.word()).unwrap_or_default().to_owned()
}

fn value(text: Option<&Spanned<String>>) -> String {
    text.map(|text| text.value.clone()).unwrap_or_default()
}

fn joined(values: &[Spanned<String>]) -> String {
    values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>().join(BETWEEN)
}
