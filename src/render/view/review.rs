//! The page of a review.

use std::collections::BTreeMap;

use super::build::{Builder, date, link};
use super::card::role;
use super::{
    AnswerView, BlockView, FactView, FactorUseView, LinkView, MetricView, ReferenceView, RelatedView, ResponseView,
    ReviewView, RevisionView,
};
use crate::document::{SectionKind, fresh_anchor, label_of};
use crate::model::{
    Detection, ImpactKind, Metric, MetricKind, Metrics, PAGE_ANCHORS, Question, Review, Words, human_duration,
};
use crate::render::markdown::{Body, Links, Shape, outside};
use crate::site::{Relation, related};
use crate::text::Span;

impl Builder<'_> {
    /// The page of the review at `position`.
    pub(super) fn review(&self, position: usize) -> ReviewView {
        let review: &Review = &self.site.corpus.reviews[position];
        let links = Links::new(self.site, &review.path, Some(self.path), self.form);
        let labels: Vec<(Span, String)> =
            review.parts.iter().flat_map(|part| &part.labels).map(|label| (label.span, label.value.clone())).collect();
        let sections = review.section_starts();
        let shape = Shape { labels: &labels, taken: &PAGE_ANCHORS, sections: &sections, ..Shape::PLAIN };
        let body = Body::new(&review.text, review.body, &links, &shape);
        let blocks = self.blocks(position, review, &body);
        let summary = review.part(SectionKind::Summary).map(|part| body.html(part.content));
        let published = review.published();
        let modified = review.modified().filter(|modified| Some(*modified) > published);
        ReviewView {
            card: self.card(position),
            lead: summary.unwrap_or_default(),
            published: published.map(date),
            modified: modified.map(date),
            reviewed: review.reviewed.as_ref().map(|day| date(day.value)),
            participants: review.participants.iter().map(|team| team.value.clone()).collect(),
            aliases: review.aliases.iter().map(|alias| alias.value.clone()).collect(),
            impact: self.impact(position, review),
            metrics: metrics(&self.site.metrics[position]),
            ribbon: super::ribbon::ribbon(&review.timeline),
            contents: contents(&blocks),
            blocks,
            footnotes: body.footnotes(),
            related: self.related(position),
            references: references(review),
            revisions: self.revisions(position, review),
            citation: self.citation(position),
            newer: position.checked_sub(1).map(|newer| self.review_link(newer)),
            older: (position + 1 < self.site.corpus.reviews.len()).then(|| self.review_link(position + 1)),
        }
    }

    /// The parts of the text in their order, with what the front matter says at its place.
    fn blocks(&self, position: usize, review: &Review, body: &Body<'_>) -> Vec<BlockView> {
        let mut blocks: Vec<BlockView> = Vec::new();
        let mut taken: BTreeMap<String, usize> = PAGE_ANCHORS.map(|id| (id.to_owned(), 1)).into();
        for part in review.parts.iter().filter(|part| !part.is_empty) {
            let title = part
                .title
                .as_ref()
                .map(|title| title.value.trim().trim_end_matches(':').to_owned())
                .unwrap_or_default();
            let first = |kind: &str| !blocks.iter().any(|block| block.kind == kind);
            match part.kind {
                Some(SectionKind::Summary)
                    if review.part(SectionKind::Summary).is_some_and(|first| first.content == part.content) => {}
                Some(SectionKind::Timeline) if first("timeline") => {
                    blocks.push(self.timeline(review, part.content, body))
                }
                Some(SectionKind::RootCause) if first("root-cause") => {
                    blocks.push(block("root-cause", "root-cause", "Root cause", body.html(part.content)));
                }
                Some(SectionKind::ContributingFactors) if first("factors") => {
                    blocks.push(self.factors(position, review, body.html(part.content)));
                }
                Some(SectionKind::WentWell) => {
                    reflect(&mut blocks, "went-well", "what-went-well", SectionKind::WentWell, body.html(part.content))
                }
                Some(SectionKind::WentPoorly) => {
                    reflect(
                        &mut blocks,
                        "went-poorly",
                        "what-went-poorly",
                        SectionKind::WentPoorly,
                        body.html(part.content),
                    );
                }
                Some(SectionKind::GotLucky) => {
                    reflect(
                        &mut blocks,
                        "got-lucky",
                        "where-we-got-lucky",
                        SectionKind::GotLucky,
                        body.html(part.content),
                    );
                }
                _ => {
                    let label = label_of(&title);
                    let id = fresh_anchor(&mut taken, if label.is_empty() { "part" } else { &label });
                    blocks.push(block("section", &id, &title, body.html(part.content)));
                }
            }
        }
        if !review.factors.is_empty() && !blocks.iter().any(|block| block.kind == "factors") {
            let after =
                ["root-cause", "timeline"].iter().find_map(|kind| blocks.iter().rposition(|block| block.kind == *kind));
            blocks.insert(after.map_or(blocks.len(), |at| at + 1), self.factors(position, review, String::new()));
        }
        let after = blocks.iter().rposition(|block| block.kind == "reflection").map_or(blocks.len(), |at| at + 1);
        blocks.splice(after..after, self.follow_up(position, review));
        blocks
    }

    fn timeline(&self, review: &Review, content: Span, body: &Body<'_>) -> BlockView {
        let spans: Vec<Span> = review.timeline.entries.iter().map(|entry| entry.span).collect();
        let html = body.html_without(content, &spans);
        BlockView { entries: super::entry::entries(review, body), ..block("timeline", "timeline", "Timeline", html) }
    }

    fn factors(&self, position: usize, review: &Review, html: String) -> BlockView {
        let mut factors = Vec::new();
        for used in &review.factors {
            let Some(known) = self.site.corpus.factor(used) else { continue };
            let factor = self.factor(known);
            let category = self.site.corpus.policy.category(&known.category);
            factors.push(FactorUseView {
                category_name: category.map_or_else(|| known.category.clone(), |category| category.name.clone()),
                role: role(used.role),
                note: used.note.as_ref().map(|note| self.inline(position, &note.value)).unwrap_or_default(),
                others: factor.count.saturating_sub(1),
                factor,
            });
        }
        factors.sort_by_key(|factor| factor.role != "primary");
        BlockView { factors, ..block("factors", "factors", "Contributing factors", html) }
    }

    /// What the front matter says about the response and the actions, and what the actions answer.
    fn follow_up(&self, position: usize, review: &Review) -> Vec<BlockView> {
        let mut blocks = Vec::new();
        let response = &review.response;
        if response.detection.is_some() || !response.answers.is_empty() || response.controls.is_some() {
            let answer = |given: &crate::model::ResponseAnswer| AnswerView {
                question: question(given.question),
                verdict: given.answer.verdict.word(),
                note: given.answer.note.as_ref().map(|note| self.inline(position, note)).unwrap_or_default(),
            };
            let view = ResponseView {
                detection: response.detection.map(detection).unwrap_or_default().to_owned(),
                answers: response.answers.iter().map(answer).collect(),
                controls: response.controls.as_ref().map(|text| self.inline(position, &text.value)).unwrap_or_default(),
            };
            blocks.push(BlockView {
                response: Some(view),
                ..block("response", "response", "How the response went", String::new())
            });
        }
        if !review.actions.is_empty() {
            let mut actions: Vec<_> = (0..review.actions.len()).map(|at| self.action(position, at)).collect();
            actions.sort_by_key(|action| matches!(action.status, "done" | "cancelled"));
            blocks.push(BlockView { actions, ..block("actions", "actions", "Actions", String::new()) });
        }
        let weaknesses = self.matrix(position);
        if !weaknesses.is_empty() {
            let shape = block("weaknesses", "weaknesses", "Weaknesses and answers", String::new());
            blocks.push(BlockView { weaknesses, ..shape });
        }
        blocks
    }

    fn impact(&self, position: usize, review: &Review) -> Vec<FactView> {
        let fact = |(kind, text): &(ImpactKind, crate::text::Spanned<String>)| FactView {
            name: match kind {
                ImpactKind::Users => "Users",
                ImpactKind::Services => "Services",
                ImpactKind::Funds => "Funds",
                ImpactKind::Partners => "Partners",
                ImpactKind::Operations => "Operations",
            }
            .to_owned(),
            html: self.inline(position, &text.value),
        };
        let mut facts: Vec<FactView> = review.impact.texts.iter().map(fact).collect();
        let sums = [
            ("Lost (US dollars)", review.impact.funds_lost_usd),
            ("Recovered (US dollars)", review.impact.funds_recovered_usd),
        ];
        let sums =
            sums.into_iter().filter_map(|(name, sum)| Some(FactView { name: name.to_owned(), html: thousands(sum?) }));
        facts.extend(sums);
        facts
    }

    fn related(&self, position: usize) -> Vec<RelatedView> {
        let view = |(other, relation): (usize, Relation)| {
            let review = &self.site.corpus.reviews[other];
            let factors: Vec<LinkView> = relation.factors.iter().map(|id| self.factor_link(id)).collect();
            RelatedView {
                review: self.review_link(other),
                date: review.date().map(date),
                organisation: review.organisation.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
                reason: reason(&relation, &factors),
                is_named: relation.is_named,
                factors,
                services: relation.services,
            }
        };
        related(self.site, position).into_iter().map(view).collect()
    }

    fn revisions(&self, position: usize, review: &Review) -> Vec<RevisionView> {
        let view = |revision: &crate::model::Revision| RevisionView {
            date: date(revision.date.value),
            change: self.inline(position, &revision.change),
        };
        let mut revisions: Vec<RevisionView> = review.revisions.iter().map(view).collect();
        revisions.sort_by(|a, b| b.date.iso.cmp(&a.date.iso));
        revisions
    }
}

fn block(kind: &'static str, id: &str, title: &str, html: String) -> BlockView {
    BlockView {
        kind,
        id: id.to_owned(),
        title: title.to_owned(),
        html,
        entries: Vec::new(),
        factors: Vec::new(),
        columns: Vec::new(),
        response: None,
        actions: Vec::new(),
        weaknesses: Vec::new(),
    }
}

/// Why two reviews are connected, in words.
fn reason(relation: &Relation, factors: &[LinkView]) -> String {
    let names: Vec<&str> = factors.iter().map(|factor| factor.title.as_str()).collect();
    let named = relation.is_named.then(|| "Named by the authors".to_owned());
    let shared = (!names.is_empty()).then(|| format!("both: {}", names.join(", ")));
    let services = (!relation.services.is_empty()).then(|| format!("same service: {}", relation.services.join(", ")));
    let reason = [named, shared, services].into_iter().flatten().collect::<Vec<_>>().join("; ");
    let mut letters = reason.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Adds a column to the block of reflections, which opens with the first of them.
fn reflect(blocks: &mut Vec<BlockView>, kind: &'static str, id: &str, section: SectionKind, html: String) {
    if blocks.last().is_none_or(|last| last.kind != "reflection") {
        blocks.push(block("reflection", "", "", String::new()));
    }
    let before = blocks.iter().flat_map(|block| &block.columns).filter(|column| column.kind == kind).count();
    let id = if before == 0 { id.to_owned() } else { format!("{id}-{}", before + 1) };
    if let Some(last) = blocks.last_mut() {
        last.columns.push(block(kind, &id, section.heading(), html));
    }
}

fn contents(blocks: &[BlockView]) -> Vec<LinkView> {
    let columns = blocks
        .iter()
        .flat_map(|block| if block.columns.is_empty() { std::slice::from_ref(block) } else { &block.columns });
    columns.filter(|block| !block.title.is_empty()).map(|block| link(&block.title, format!("#{}", block.id))).collect()
}

fn references(review: &Review) -> Vec<ReferenceView> {
    let view = |reference: &crate::model::Reference| ReferenceView {
        title: reference.title.clone(),
        href: outside(&reference.url.value).unwrap_or_default(),
        commit: reference.commit.clone().unwrap_or_default(),
        licence: reference.licence.clone().unwrap_or_default(),
    };
    review.references.iter().map(view).collect()
}

/// The durations, without a time of impact that another one already says.
fn metrics(metrics: &Metrics) -> Vec<MetricView> {
    let ends = [MetricKind::TimeToMitigate, MetricKind::TimeToResolve];
    let is_said =
        |metric: &Metric| ends.iter().any(|end| metrics.get(*end).is_some_and(|end| end.duration == metric.duration));
    let shown = metrics.all.iter().filter(|metric| metric.kind != MetricKind::TimeOfImpact || !is_said(metric));
    shown.map(metric).collect()
}

fn metric(metric: &Metric) -> MetricView {
    let (id, name, meaning) = metric_words(metric.kind);
    let seconds = metric.duration.num_seconds();
    MetricView { id, name, meaning, text: human_duration(metric), iso: format!("PT{seconds}S") }
}

/// A duration: a word for classes, its name, and from what to what it lasts.
pub(super) fn metric_words(kind: MetricKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        MetricKind::Exposure => ("exposure", "Exposure", "from introduction to the first impact"),
        MetricKind::TimeToDetect => ("time-to-detect", "Time to detect", "from the first impact to detection"),
        MetricKind::TimeToRespond => {
            ("time-to-respond", "Time to respond", "from the first impact to the first response")
        }
        MetricKind::TimeToMitigate => ("time-to-mitigate", "Time to mitigate", "from the first impact to mitigation"),
        MetricKind::TimeToResolve => ("time-to-resolve", "Time to resolve", "from the first impact to resolution"),
        MetricKind::TimeOfImpact => ("time-of-impact", "Time of impact", "the sum of all windows with impact"),
    }
}

pub(super) fn question(question: Question) -> &'static str {
    match question {
        Question::DetectedQuickly => "Was it detected quickly?",
        Question::SeverityFit => "Did the severity fit?",
        Question::RightPeople => "Were the right people there?",
        Question::Runbook => "Was there a runbook that helped?",
        Question::Communication => "Were those affected told in time?",
        Question::Evidence => "Was there enough evidence?",
    }
}

/// Who or what noticed first, in words.
pub(super) fn detection(detection: Detection) -> &'static str {
    match detection {
        Detection::Monitoring => "Monitoring noticed first",
        Detection::Staff => "Staff noticed first",
        Detection::Customer => "A customer noticed first",
        Detection::Partner => "A partner noticed first",
        Detection::Researcher => "A researcher noticed first",
        Detection::Public => "The public noticed first",
    }
}

fn thousands(sum: u64) -> String {
    let digits = sum.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or_default()).collect();
    groups.join(",")
}
