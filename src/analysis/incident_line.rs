//! Each incident as a line that begins with its impact: when it was noticed, mitigated and resolved.

use super::Analysis;
use crate::model::{Detection, Metric, MetricKind, Precision, ReviewIndex};

/// Who noticed an incident first, in four groups that a drawing can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticedBy {
    /// An alert.
    Monitoring,
    /// Somebody of the organisation.
    Staff,
    /// A customer, a partner, a researcher or the public.
    Outside,
    /// The review does not say.
    Unknown,
}

impl NoticedBy {
    /// All of them, from the best to notice first to the least known.
    pub const ALL: [Self; 4] = [Self::Monitoring, Self::Staff, Self::Outside, Self::Unknown];

    /// The group of what a review says.
    pub fn of(detection: Option<Detection>) -> Self {
        match detection {
            Some(Detection::Monitoring) => Self::Monitoring,
            Some(Detection::Staff) => Self::Staff,
            Some(Detection::Customer | Detection::Partner | Detection::Researcher | Detection::Public) => Self::Outside,
            None => Self::Unknown,
        }
    }

    /// A word for classes and keys: `monitoring`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Monitoring => "monitoring",
            Self::Staff => "staff",
            Self::Outside => "outside",
            Self::Unknown => "none",
        }
    }
}

/// An incident from the start of its impact, in seconds after that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IncidentLine {
    /// The review that tells of it.
    pub review: ReviewIndex,
    /// Who noticed it first.
    pub noticed_by: NoticedBy,
    /// The rank of its severity, 0 for the most severe.
    pub severity: Option<usize>,
    /// When it was noticed, where that is known well enough to be drawn.
    pub detected: Option<i64>,
    /// When the first impact ended.
    pub mitigated: i64,
    /// When all was over; never before [`IncidentLine::mitigated`].
    pub resolved: i64,
}

/// A kind of incident: who noticed first, and how severe it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IncidentKind {
    /// Who noticed it first.
    pub noticed_by: NoticedBy,
    /// The weight of its severity: 1 for the most severe, to 5; 5 without one.
    pub weight: usize,
}

impl IncidentLine {
    /// Which incidents it is among.
    pub fn kind(&self) -> IncidentKind {
        let weight = self.severity.map_or(5, |rank| (rank + 1).min(5));
        IncidentKind { noticed_by: self.noticed_by, weight }
    }
}

/// The incidents of a site as lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncidentLines {
    /// By who noticed first, and in each group the shortest impact first.
    pub lines: Vec<IncidentLine>,
    /// The number of reviews without an impact, or without times that are exact enough.
    pub without: usize,
}

/// The lines of the site's own and collected reviews; withdrawn ones are left out.
pub fn incident_lines(analysis: &Analysis) -> IncidentLines {
    let counted: Vec<ReviewIndex> =
        analysis.corpus.local().filter(|(_, review)| !review.is_withdrawn()).map(|(position, _)| position).collect();
    let mut lines: Vec<IncidentLine> =
        counted.iter().filter_map(|position| incident_line(analysis, *position)).collect();
    lines.sort_by_key(|line| (line.noticed_by, line.mitigated, line.resolved, line.review));
    IncidentLines { without: counted.len() - lines.len(), lines }
}

/// The line of one review; none when the end of its impact is unknown or known too coarsely.
pub fn incident_line(analysis: &Analysis, position: ReviewIndex) -> Option<IncidentLine> {
    let review = &analysis.corpus.reviews[position];
    let metrics = analysis.durations(position);
    let seconds =
        |kind| metrics.get(kind).filter(|metric| is_exact(metric)).map(|metric| metric.duration.num_seconds());
    let mitigation = metrics.get(MetricKind::TimeToMitigate).map(|metric| metric.kind);
    let mitigated = seconds(mitigation.unwrap_or(MetricKind::TimeToResolve))?;
    let detected = seconds(MetricKind::TimeToDetect);
    let resolved = seconds(MetricKind::TimeToResolve).unwrap_or(mitigated).max(mitigated);
    let severity = review.severity.as_ref().and_then(|severity| analysis.corpus.policy.severity(&severity.value));
    Some(IncidentLine {
        review: position,
        noticed_by: NoticedBy::of(review.response.detection),
        severity: severity.map(|(rank, _)| rank),
        detected,
        mitigated,
        resolved,
    })
}

/// Whether a duration has one place on a logarithmic scale: half a day more or less of ten days is not seen there.
fn is_exact(metric: &Metric) -> bool {
    let least = match metric.precision {
        Precision::Month => 90,
        Precision::Day => 3,
        Precision::Minute | Precision::Second => 0,
    };
    metric.duration.num_days() >= least
}
