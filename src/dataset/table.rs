//! Tables for spreadsheets: reviews, factors and actions as CSV (RFC 4180, UTF-8).

use std::collections::BTreeMap;

use super::issuer::Issuer;
use crate::markdown::plain;
use crate::model::{Action, Corpus, Factor, FactorRole, Metric, MetricKind, Metrics, Precision, Review, Words, counts};
use crate::text::Spanned;

/// What stands between several values of one cell.
const BETWEEN: &str = "; ";

/// A column of a table: its name, and what stands there in a row.
type Column<R> = (&'static str, fn(&R) -> String);

/// The reviews, one a row. Durations are in seconds, and empty unless both ends are known to the minute.
pub fn reviews_csv(corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let columns: [Column<ReviewRow<'_>>; 25] = [
        ("id", |row| row.review.id.0.clone()),
        ("url", |row| row.issuer.review_url(row.review).0),
        ("title", |row| row.review.title.clone()),
        ("date", |row| shown(row.review.date())),
        ("published", |row| shown(row.review.published())),
        ("modified", |row| shown(row.review.modified())),
        ("status", |row| status(row.review)),
        ("kind", |row| row.review.kind.word().to_owned()),
        ("severity", |row| value(row.review.severity.as_ref())),
        ("perspective", |row| row.review.perspective.word().to_owned()),
        ("organisation", |row| row.corpus.policy.organisation_of(row.review).to_owned()),
        ("services", |row| joined(&row.review.services)),
        ("primary_factor", |row| row.factors(FactorRole::Primary)),
        ("contributing_factors", |row| row.factors(FactorRole::Contributing)),
        ("detection", |row| row.review.response.detection.map(Words::word).unwrap_or_default().to_owned()),
        ("exposure_s", |row| row.seconds(MetricKind::Exposure)),
        ("time_to_detect_s", |row| row.seconds(MetricKind::TimeToDetect)),
        ("time_to_respond_s", |row| row.seconds(MetricKind::TimeToRespond)),
        ("time_to_mitigate_s", |row| row.seconds(MetricKind::TimeToMitigate)),
        ("time_to_resolve_s", |row| row.seconds(MetricKind::TimeToResolve)),
        ("time_of_impact_s", |row| row.seconds(MetricKind::TimeOfImpact)),
        ("actions", |row| row.review.actions.len().to_string()),
        ("actions_open", |row| row.review.actions.iter().filter(|action| action.is_open()).count().to_string()),
        ("funds_lost_usd", |row| shown(row.review.impact.funds_lost_usd)),
        ("funds_recovered_usd", |row| shown(row.review.impact.funds_recovered_usd)),
    ];
    let row = |review| ReviewRow { review, metrics: Metrics::derive(&review.timeline), corpus, issuer };
    table(&columns, corpus.local().map(|(_, review)| row(review)))
}

struct ReviewRow<'a> {
    review: &'a Review,
    metrics: Metrics,
    corpus: &'a Corpus,
    issuer: &'a Issuer<'a>,
}

impl ReviewRow<'_> {
    fn seconds(&self, kind: MetricKind) -> String {
        let known = |metric: &&Metric| metric.precision >= Precision::Minute;
        shown(self.metrics.get(kind).filter(known).map(|metric| metric.duration.num_seconds()))
    }

    /// The ids of the factors that played this part.
    fn factors(&self, role: FactorRole) -> String {
        let used = self.review.factors.iter().filter(|used| used.role == role);
        let ids = used.map(|used| self.corpus.factor(used).map_or(&used.id.value, |factor| &factor.id.value).as_str());
        ids.collect::<Vec<_>>().join(BETWEEN)
    }
}

/// The factors of the registry, one a row, with how often each was seen. Withdrawn reviews do not count.
pub fn factors_csv(corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let columns: [Column<FactorRow<'_>>; 10] = [
        ("id", |row| row.factor.id.value.clone()),
        ("url", |row| row.issuer.url(&format!("factors/{}.html", row.factor.id.value)).0),
        ("name", |row| row.factor.name.clone()),
        ("category", |row| row.factor.category.clone()),
        ("definition", |row| row.factor.definition.clone()),
        ("aliases", |row| joined(&row.factor.aliases)),
        ("reviews", |row| row.seen.len().to_string()),
        ("primary", |row| row.seen.iter().filter(|seen| seen.role == FactorRole::Primary).count().to_string()),
        ("first_seen", |row| shown(row.seen.iter().filter_map(|seen| seen.review.date()).min())),
        ("last_seen", |row| shown(row.seen.iter().filter_map(|seen| seen.review.date()).max())),
    ];
    let mut seen = sightings(corpus);
    let rows = corpus.policy.registry.iter().map(|factor| {
        let seen = seen.remove(factor.id.value.as_str()).unwrap_or_default();
        FactorRow { factor, seen, issuer }
    });
    table(&columns, rows)
}

struct FactorRow<'a> {
    factor: &'a Factor,
    seen: Vec<Sighting<'a>>,
    issuer: &'a Issuer<'a>,
}

/// A review that has a factor, and the part it played there.
struct Sighting<'a> {
    review: &'a Review,
    role: FactorRole,
}

/// Where each factor was seen. A factor and its alias in one review are one sighting.
fn sightings(corpus: &Corpus) -> BTreeMap<&str, Vec<Sighting<'_>>> {
    let mut seen: BTreeMap<&str, Vec<Sighting<'_>>> = BTreeMap::new();
    for (_, review) in corpus.local().filter(|(_, review)| counts(review)) {
        for used in &review.factors {
            let Some(factor) = corpus.factor(used) else { continue };
            let sightings = seen.entry(&factor.id.value).or_default();
            if sightings.last().is_none_or(|last| last.review.id != review.id) {
                sightings.push(Sighting { review, role: used.role });
            }
        }
    }
    seen
}

/// The actions of all reviews, one a row.
pub fn actions_csv(corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let columns: [Column<ActionRow<'_>>; 18] = [
        ("review", |row| row.review.id.0.clone()),
        ("url", |row| format!("{}#{}", row.issuer.review_url(row.review), row.action.anchor(row.at))),
        ("action", |row| value(row.action.id.as_ref())),
        ("change", |row| row.action.change.as_ref().map(|change| plain(&change.value)).unwrap_or_default()),
        ("kind", |row| row.action.kind.map(Words::word).unwrap_or_default().to_owned()),
        ("addresses", |row| joined(&row.action.addresses)),
        ("owner", |row| value(row.action.owner.as_ref())),
        ("due", |row| shown(row.action.due.as_ref().map(|due| due.value))),
        ("status", |row| row.action.status.word().to_owned()),
        ("overdue", |row| row.review.is_overdue(row.action, row.corpus.policy.today).to_string()),
        ("closed", |row| shown(row.action.closed.as_ref().map(|closed| closed.value))),
        ("updates", |row| row.action.updates.iter().map(|update| update.word()).collect::<Vec<_>>().join(BETWEEN)),
        ("link", |row| value(row.action.link.as_ref())),
        ("evidence", |row| row.action.evidence.as_deref().map(plain).unwrap_or_default()),
        ("organisation", |row| row.corpus.policy.organisation_of(row.review).to_owned()),
        ("review_title", |row| row.review.title.clone()),
        ("review_date", |row| shown(row.review.date())),
        ("review_status", |row| status(row.review)),
    ];
    let rows = corpus.local().flat_map(|(_, review)| {
        let actions = review.actions.iter().enumerate();
        actions.map(move |(at, action)| ActionRow { review, action, at, corpus, issuer })
    });
    table(&columns, rows)
}

struct ActionRow<'a> {
    review: &'a Review,
    action: &'a Action,
    /// The position of the action in the review.
    at: usize,
    corpus: &'a Corpus,
    issuer: &'a Issuer<'a>,
}

fn table<R>(columns: &[Column<R>], rows: impl Iterator<Item = R>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail, and every row has the length of the head.
    let _ = writer.write_record(columns.iter().map(|(name, _)| name));
    for row in rows {
        let _ = writer.write_record(columns.iter().map(|(_, cell)| harmless(&cell(&row))));
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
