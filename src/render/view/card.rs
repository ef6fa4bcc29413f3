//! Reviews, factors and actions as they stand in lists.

use super::build::{Builder, link};
use super::listing::severity_name;
use super::{ActionView, CardView, FactorView, LinkView, OriginView, SeverityView};
use crate::analysis::{ActionList, ActionRef, Facet, slug};
use crate::model::{Action, ActionKind, ActionStatus, Category, Factor, FactorRole, MetricKind, Review, Status, Words};
use crate::render::markdown::{Body, Links, Shape, plain_sentence};
use crate::site::Ledger;

impl<'a> Builder<'a> {
    /// The review at `position` as it stands in a list.
    pub(super) fn card(&self, position: usize) -> CardView {
        let review: &Review = &self.site.corpus.reviews[position];
        let term = |facet: Facet, name: &str| link(name, self.to(&facet.term_path(&slug(name))));
        let primary = review.primary_factor().and_then(|factor| self.site.corpus.factor(factor));
        let impact = self.site.durations(position).get(MetricKind::TimeOfImpact);
        CardView {
            id: review.id.0.clone(),
            title: review.title.clone(),
            href: self.to(&self.site.review_path(position)),
            date: review.date().map(|day| self.date(day)),
            severity: review.severity.as_ref().and_then(|severity| self.severity(&severity.value)),
            kind: review.kind.word(),
            status: review.status.as_ref().map_or(Status::Final, |status| status.value).word(),
            perspective: review.perspective.word(),
            organisation: review.organisation.as_ref().map(|name| term(Facet::Organisation, &name.value)),
            origin: review.origin.as_ref().map(|origin| OriginView {
                organisation: origin.publisher.organisation.clone(),
                site: origin.publisher.title.clone(),
                href: crate::render::markdown::outside(&origin.address).unwrap_or_default(),
                licence: origin.publisher.licence.clone(),
            }),
            services: review.services.iter().map(|service| term(Facet::Service, &service.value)).collect(),
            summary: self.summary(position),
            primary_factor: primary.map(|factor| link(&factor.name, self.to(&self.site.factor_path(&factor.id.value)))),
            impact_time: impact.map(|impact| self.site.language.duration(impact)).unwrap_or_default(),
        }
    }

    fn severity(&self, id: &str) -> Option<SeverityView> {
        let (rank, severity) = self.site.corpus.policy.severity(id)?;
        Some(SeverityView {
            id: severity.id.clone(),
            name: severity_name(self.site, &severity.name).to_owned(),
            rank: rank + 1,
            href: self.to(&Facet::Severity.term_path(&slug(&severity.id))),
        })
    }

    /// What a category is called in the language of the site, as long as the site gives it no name of its own.
    pub(super) fn category_name<'n>(&'n self, category: &'n Category) -> &'n str {
        self.site.language.default_name(&format!("category.{}", category.id), &category.name)
    }

    /// What belongs to a category, by the same rule.
    pub(super) fn category_description<'n>(&'n self, category: &'n Category) -> &'n str {
        self.site.language.default_name(&format!("category.{}_meaning", category.id), &category.description)
    }

    /// A link to the page of the review at `position`.
    pub(super) fn review_link(&self, position: usize) -> LinkView {
        link(&self.site.corpus.reviews[position].title, self.to(&self.site.review_path(position)))
    }

    /// A factor as it stands in a list.
    pub(super) fn factor(&self, factor: &Factor) -> FactorView {
        let seen = self.site.sightings.get(&factor.id.value);
        let newest = seen.and_then(|seen| seen.reviews.first());
        FactorView {
            id: factor.id.value.clone(),
            name: factor.name.clone(),
            href: self.to(&self.site.factor_path(&factor.id.value)),
            category: factor.category.clone(),
            definition: factor.definition.clone(),
            count: seen.map_or(0, |seen| seen.reviews.len()),
            primary: seen.map_or(0, |seen| seen.primary),
            last_seen: newest.and_then(|position| self.site.corpus.reviews[*position].date()).map(|day| self.date(day)),
            recurrences: self.site.history(factor).recurrences.len(),
            spark: None,
            aliases: factor.aliases.iter().map(|alias| alias.value.clone()).collect(),
            ask: factor.ask.clone(),
        }
    }

    /// An action of the review at `position`.
    pub(super) fn action(&self, position: usize, at: usize) -> ActionView {
        let review = &self.site.corpus.reviews[position];
        let action: &Action = &review.actions[at];
        let anchor = action.anchor(at);
        let own_page = self.to(&self.site.review_path(position));
        ActionView {
            change: action.change.as_ref().map(|change| self.inline(position, &change.value)).unwrap_or_default(),
            kind: action.kind.map(ActionKind::word).unwrap_or_default(),
            kind_name: action
                .kind
                .map(|kind| self.say(&format!("action.{}", kind.word())).to_owned())
                .unwrap_or_default(),
            addresses: action.addresses.iter().map(|weakness| self.weakness(position, &weakness.value)).collect(),
            owner: action.owner.as_ref().map(|owner| owner.value.clone()).unwrap_or_default(),
            owner_href: self.owner_href(position, at),
            due: action.due.as_ref().map(|due| self.date(due.value)),
            status: ActionStatus::word(action.status),
            status_name: self.status_name(action.status).to_owned(),
            overdue: review.is_overdue(action, self.site.corpus.policy.today),
            closed: action.closed.as_ref().map(|closed| self.date(closed.value)),
            updates: action.updates.iter().map(|update| self.update_name(*update).to_owned()).collect(),
            link: action
                .link
                .as_ref()
                .and_then(|link| crate::render::markdown::outside(&link.value))
                .unwrap_or_default(),
            evidence: action.evidence.as_ref().map(|evidence| self.inline(position, evidence)).unwrap_or_default(),
            review: link(&review.title, format!("{own_page}#{anchor}")),
            anchor,
        }
    }

    /// How far an action is, in the language of the site.
    pub(super) fn status_name(&self, status: ActionStatus) -> &'a str {
        self.say(&format!("action.{}", status.word()))
    }

    fn owner_href(&self, position: usize, at: usize) -> String {
        let slug = self.site.owner_slug(ActionRef { review: position, at });
        slug.map(|slug| self.to(&Ledger::Actions(ActionList::Owner(slug)).path(0))).unwrap_or_default()
    }

    /// A factor, or an item of the review at `position`, by its id or label.
    pub(super) fn weakness(&self, position: usize, name: &str) -> LinkView {
        if let Some(factor) = self.site.corpus.policy.registry.get(name) {
            return link(&factor.name, self.to(&self.site.factor_path(&factor.id.value)));
        }
        let review = &self.site.corpus.reviews[position];
        let lead = review.parts.iter().flat_map(|part| part.labels()).find(|label| label.value == name);
        let words = lead.map(|lead| {
            if let Some(plain) = plain_sentence(lead.span.slice(&review.text)) {
                return plain.trim_end_matches('.').to_owned();
            }
            let links = Links::new(self.site, &review.path, None, self.form);
            let words = Body::new(&review.text, lead.span, &links, &Shape::PLAIN).plain(lead.span, 200);
            words.trim_end_matches('.').to_owned()
        });
        let page = self.site.review_path(position);
        let own_page = if page == *self.path { String::new() } else { self.to(&page) };
        link(words.unwrap_or_else(|| name.to_owned()), format!("{own_page}#{name}"))
    }
}

/// The role's word.
pub(super) fn role(role: FactorRole) -> &'static str {
    role.word()
}
