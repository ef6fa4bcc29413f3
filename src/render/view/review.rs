//! The page of a review.

use super::build::{Builder, link};

use super::card::role;
use super::{
    AnswerView, BlockView, FactView, FactorUseView, LinkView, MetricView, ReferenceView, RelatedView, ResponseView,
    ReviewView, RevisionView,
};
use crate::analysis::{Relation, related};
use crate::document::SectionKind;
use crate::language::capitalised;
use crate::model::{
    ActionIndex, ActionRef, Anchors, Detection, ImpactKind, Metric, MetricKind, Metrics, Perspective, Question, Review,
    ReviewIndex, Words, section_anchor,
};
use crate::render::markdown::{Body, Links, Shape, outside};
use crate::text::Span;

impl<'a> Builder<'a> {
    /// The page of the review at `position`.
    pub(super) fn review(&self, position: ReviewIndex) -> ReviewView {
        let review: &Review = &self.analysis.corpus.reviews[position];
        let links = Links::new(self.site, &review.path, Some(self.path), self.form);
        let labels: Vec<(Span, String)> =
            review.parts.iter().flat_map(|part| part.labels()).map(|label| (label.span, label.value.clone())).collect();
        let sections = review.section_starts();
        let shape = Shape { labels: &labels, taken: &Anchors::of_review_page(), sections: &sections, ..Shape::PLAIN };
        let body = Body::new(&review.text, review.body, &links, &shape);
        let blocks = self.blocks(position, review, &body);
        let summary = review.part(SectionKind::Summary).map(|part| body.html(part.content));
        let published = review.published();
        let modified = review.modified().filter(|modified| Some(*modified) > published);
        ReviewView {
            card: self.card(position),
            lead: summary.unwrap_or_default(),
            published: published.map(|day| self.date(day)),
            modified: modified.map(|day| self.date(day)),
            reviewed: review.reviewed.as_ref().map(|day| self.date(day.value)),
            participants: review.participants.iter().map(|team| team.value.clone()).collect(),
            aliases: review.aliases.iter().map(|alias| alias.value.clone()).collect(),
            impact: self.impact(position, review),
            metrics: self.durations(self.analysis.durations(position)),
            ribbon: super::ribbon::ribbon(&review.timeline, &self.site.language),
            contents: contents(&blocks),
            blocks,
            footnotes: body.footnotes(),
            related: self.related(position),
            references: references(review),
            revisions: self.revisions(position, review),
            citation: self.citation(position),
            newer: position.0.checked_sub(1).map(|newer| self.review_link(ReviewIndex(newer))),
            older: Some(ReviewIndex(position.0 + 1))
                .filter(|older| older.0 < self.analysis.corpus.reviews.len())
                .map(|older| self.review_link(older)),
        }
    }

    /// The parts of the text in their order, with what the front matter says at its place.
    fn blocks(&self, position: ReviewIndex, review: &Review, body: &Body<'_>) -> Vec<BlockView> {
        let mut blocks: Vec<BlockView> = Vec::new();
        for (part, anchor) in review.parts.iter().zip(review.part_anchors()) {
            let Some(anchor) = anchor else { continue };
            let is_first = part.kind.is_some_and(|kind| anchor == section_anchor(kind));
            match part.kind {
                Some(SectionKind::Summary) if is_first => {}
                Some(SectionKind::Timeline) if is_first => blocks.push(self.timeline(review, part.content, body)),
                Some(SectionKind::RootCause) if is_first => {
                    blocks.push(block(
                        "root-cause",
                        "root-cause",
                        self.say("section.root-cause"),
                        body.html(part.content),
                    ));
                }
                Some(SectionKind::ContributingFactors) if is_first => {
                    blocks.push(self.factors(position, review, body.html(part.content)));
                }
                Some(SectionKind::WentWell) => {
                    let title = self.say("section.went-well");
                    let column = block("went-well", &anchor, title, body.html(part.content));
                    reflect(&mut blocks, column);
                }
                Some(SectionKind::WentPoorly) => {
                    let title = self.say("section.went-poorly");
                    let column = block("went-poorly", &anchor, title, body.html(part.content));
                    reflect(&mut blocks, column);
                }
                Some(SectionKind::GotLucky) => {
                    let title = match review.perspective {
                        Perspective::Own => self.say("section.got-lucky"),
                        Perspective::Collected => self.say("section.got-lucky-collected"),
                    };
                    let column = block("got-lucky", &anchor, title, body.html(part.content));
                    reflect(&mut blocks, column);
                }
                Some(
                    SectionKind::Summary
                    | SectionKind::Timeline
                    | SectionKind::RootCause
                    | SectionKind::ContributingFactors,
                )
                | None => blocks.push(block("section", &anchor, part.heading(), body.html(part.content))),
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
        let spans: Vec<Span> = review.timeline.entries().iter().map(|entry| entry.span).collect();
        let html = body.html_without(content, &spans);
        let entries = super::entry::entries(review, body, &self.site.language);
        BlockView { entries, ..block("timeline", "timeline", self.say("section.timeline"), html) }
    }

    fn factors(&self, position: ReviewIndex, review: &Review, html: String) -> BlockView {
        let mut factors = Vec::new();
        for used in &review.factors {
            let Some(known) = self.analysis.corpus.factor(used) else { continue };
            let factor = self.factor(known);
            let category = self.analysis.corpus.policy.category(&known.category);
            factors.push(FactorUseView {
                category_name: category
                    .map_or_else(|| known.category.clone(), |category| self.category_name(category).to_owned()),
                role: role(used.role),
                note: used.note.as_ref().map(|note| self.inline(position, &note.value)).unwrap_or_default(),
                others: factor.count.saturating_sub(1),
                factor,
            });
        }
        factors.sort_by_key(|factor| factor.role != "primary");
        BlockView { factors, ..block("factors", "factors", self.say("section.factors"), html) }
    }

    /// What the front matter says about the response and the actions, and what the actions answer.
    fn follow_up(&self, position: ReviewIndex, review: &Review) -> Vec<BlockView> {
        let mut blocks = Vec::new();
        let response = &review.response;
        if response.detection.is_some() || !response.answers.is_empty() || response.controls.is_some() {
            let answer = |given: &crate::model::ResponseAnswer| AnswerView {
                question: self.question(given.question).to_owned(),
                verdict: given.answer.verdict.word(),
                verdict_name: self.say(&format!("verdict.{}", given.answer.verdict.word())).to_owned(),
                note: given.answer.note.as_ref().map(|note| self.inline(position, note)).unwrap_or_default(),
            };
            let view = ResponseView {
                detection: response.detection.map(|by| self.detection(by).to_owned()).unwrap_or_default(),
                answers: response.answers.iter().map(answer).collect(),
                controls: response.controls.as_ref().map(|text| self.inline(position, &text.value)).unwrap_or_default(),
            };
            blocks.push(BlockView {
                response: Some(view),
                ..block("response", "response", self.say("section.response"), String::new())
            });
        }
        if !review.actions.is_empty() {
            let mut actions: Vec<_> = (0..review.actions.len())
                .map(|at| self.action(ActionRef { review: position, action: ActionIndex(at) }))
                .collect();
            actions.sort_by_key(|action| matches!(action.status, "done" | "cancelled"));
            blocks
                .push(BlockView { actions, ..block("actions", "actions", self.say("section.actions"), String::new()) });
        }
        let weaknesses = self.matrix(position);
        if !weaknesses.is_empty() {
            let shape = block("weaknesses", "weaknesses", self.say("section.weaknesses"), String::new());
            blocks.push(BlockView { weaknesses, ..shape });
        }
        blocks
    }

    fn impact(&self, position: ReviewIndex, review: &Review) -> Vec<FactView> {
        let fact = |(kind, text): &(ImpactKind, crate::text::Spanned<String>)| FactView {
            name: self.say(&format!("impact.{}", kind.word())).to_owned(),
            html: self.inline(position, &text.value),
        };
        let mut facts: Vec<FactView> = review.impact.texts.iter().map(fact).collect();
        let sums =
            [("impact.lost", review.impact.funds_lost_usd), ("impact.recovered", review.impact.funds_recovered_usd)];
        facts.extend(sums.into_iter().filter_map(|(key, sum)| {
            Some(FactView { name: self.say(key).to_owned(), html: self.site.language.number(sum?) })
        }));
        facts
    }

    fn related(&self, position: ReviewIndex) -> Vec<RelatedView> {
        let view = |(other, relation): (ReviewIndex, Relation)| {
            let review = &self.analysis.corpus.reviews[other];
            let factors: Vec<LinkView> = relation.factors.iter().map(|id| self.factor_link(id)).collect();
            RelatedView {
                review: self.review_link(other),
                date: review.date().map(|day| self.date(day)),
                organisation: review.organisation.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
                reason: self.reason(&relation, &factors),
                is_named: relation.is_named,
                factors,
                services: relation.services,
            }
        };
        related(self.analysis, position).into_iter().map(view).collect()
    }

    /// Why two reviews are connected, in words.
    fn reason(&self, relation: &Relation, factors: &[LinkView]) -> String {
        let language = &self.site.language;
        let shared =
            |key: &str, names: String| (!names.is_empty()).then(|| language.fill(key, &[("names", names.as_str())]));
        let named = relation.is_named.then(|| self.say("relation.named").to_owned());
        let factors = shared("relation.factors", language.list(factors.iter().map(|factor| factor.title.as_str())));
        let services = shared("relation.services", language.list(&relation.services));
        let parts: Vec<String> = [named, factors, services].into_iter().flatten().collect();
        capitalised(&parts.join(self.say("list.clause")))
    }

    /// The durations, without a time of impact that another one already says.
    fn durations(&self, metrics: &Metrics) -> Vec<MetricView> {
        let ends = [MetricKind::TimeToMitigate, MetricKind::TimeToResolve];
        let is_said = |metric: &Metric| {
            ends.iter().any(|end| metrics.get(*end).is_some_and(|end| end.duration == metric.duration))
        };
        let shown = metrics.all.iter().filter(|metric| metric.kind != MetricKind::TimeOfImpact || !is_said(metric));
        let view = |metric: &Metric| {
            let (id, name, meaning) = self.metric_words(metric.kind);
            MetricView {
                id,
                name: name.to_owned(),
                meaning: meaning.to_owned(),
                text: self.site.language.duration(metric),
                iso: format!("PT{}S", metric.duration.num_seconds()),
            }
        };
        shown.map(view).collect()
    }

    /// A duration: a word for classes, its name, and from what to what it lasts.
    pub(super) fn metric_words(&self, kind: MetricKind) -> (&'static str, &'a str, &'a str) {
        let id = match kind {
            MetricKind::Exposure => "exposure",
            MetricKind::TimeToDetect => "time-to-detect",
            MetricKind::TimeToRespond => "time-to-respond",
            MetricKind::TimeToMitigate => "time-to-mitigate",
            MetricKind::TimeToResolve => "time-to-resolve",
            MetricKind::TimeOfImpact => "time-of-impact",
        };
        (id, self.say(&format!("metric.{id}")), self.say(&format!("metric.{id}_meaning")))
    }

    /// A question about the response.
    pub(super) fn question(&self, question: Question) -> &'a str {
        self.say(&format!("question.{}", question.word()))
    }

    /// Who or what noticed first, as a sentence without its end.
    pub(super) fn detection(&self, by: Detection) -> &'a str {
        self.say(&format!("detection.{}_first", by.word()))
    }

    fn revisions(&self, position: ReviewIndex, review: &Review) -> Vec<RevisionView> {
        let view = |revision: &crate::model::Revision| RevisionView {
            date: self.date(revision.date.value),
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

/// Adds a column to the block of reflections, which opens with the first of them.
fn reflect(blocks: &mut Vec<BlockView>, column: BlockView) {
    if blocks.last().is_none_or(|last| last.kind != "reflection") {
        blocks.push(block("reflection", "", "", String::new()));
    }
    if let Some(last) = blocks.last_mut() {
        last.columns.push(column);
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
