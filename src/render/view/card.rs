//! Reviews, factors and actions as they stand in lists.

use super::build::{Builder, link};

use super::listing::severity_name;
use super::{ActionView, CardView, FactorView, LinkView, OriginView, SeverityView};
use crate::analysis::{ActionList, Facet, slug};
use crate::markdown::{cut, passage_words};
use crate::model::{
    ActionKind, ActionRef, ActionStatus, Category, Factor, FactorRole, MetricKind, Review, ReviewIndex, Status, Words,
};
use crate::site::{LongList, address};

impl<'a> Builder<'a> {
    /// The review at `position` as it stands in a list.
    pub(super) fn card(&self, position: ReviewIndex) -> CardView {
        let review: &Review = &self.analysis.corpus.reviews[position];
        let term = |facet: Facet, name: &str| link(name, self.to(&address::term(facet, &slug(name))));
        let primary = review.primary_factor().and_then(|factor| self.analysis.corpus.factor(factor));
        let impact = self.analysis.durations(position).get(MetricKind::TimeOfImpact);
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
                organisation: origin.site.organisation.clone(),
                site: origin.site.title.clone(),
                href: crate::render::markdown::outside(&origin.address).unwrap_or_default(),
                licence: origin.site.licence.clone(),
            }),
            services: review.services.iter().map(|service| term(Facet::Service, &service.value)).collect(),
            summary: self.summary(position),
            primary_factor: primary.map(|factor| link(&factor.name, self.to(&address::factor(&factor.id.value)))),
            impact_time: impact.map(|impact| self.site.language.duration(impact)).unwrap_or_default(),
        }
    }

    fn severity(&self, id: &str) -> Option<SeverityView> {
        let (rank, severity) = self.analysis.corpus.policy.severity(id)?;
        Some(SeverityView {
            id: severity.id.clone(),
            name: severity_name(self.site, &severity.name).to_owned(),
            rank: rank + 1,
            href: self.to(&address::term(Facet::Severity, &slug(&severity.id))),
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
    pub(super) fn review_link(&self, position: ReviewIndex) -> LinkView {
        link(&self.analysis.corpus.reviews[position].title, self.to(&self.site.review_path(position)))
    }

    /// A factor as it stands in a list.
    pub(super) fn factor(&self, factor: &Factor) -> FactorView {
        let seen = self.analysis.sightings.get(&factor.id.value);
        let newest = seen.and_then(|seen| seen.reviews.first());
        FactorView {
            id: factor.id.value.clone(),
            name: factor.name.clone(),
            href: self.to(&address::factor(&factor.id.value)),
            category: factor.category.clone(),
            definition: factor.definition.clone(),
            count: seen.map_or(0, |seen| seen.reviews.len()),
            primary: seen.map_or(0, |seen| seen.primary),
            last_seen: newest
                .and_then(|position| self.analysis.corpus.reviews[*position].date())
                .map(|day| self.date(day)),
            recurrences: self.analysis.history(factor).recurrences.len(),
            spark: None,
            aliases: factor.aliases.iter().map(|alias| alias.value.clone()).collect(),
            ask: factor.ask.clone(),
        }
    }

    /// An action, with a link to its review.
    pub(super) fn action(&self, place: ActionRef) -> ActionView {
        let ActionRef { review: position, action: at } = place;
        let review = &self.analysis.corpus.reviews[position];
        let action = self.analysis.corpus.action(place);
        let anchor = action.anchor(at.0);
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
            owner_href: self.owner_href(place),
            due: action.due.as_ref().map(|due| self.date(due.value)),
            status: ActionStatus::word(action.status),
            status_name: self.status_name(action.status).to_owned(),
            overdue: review.is_overdue(action, self.analysis.corpus.policy.today),
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

    fn owner_href(&self, place: ActionRef) -> String {
        let slug = self.analysis.board.owner_slug(&self.analysis.corpus, place);
        slug.map(|slug| self.to(&LongList::Actions(ActionList::Owner(slug)).path(1))).unwrap_or_default()
    }

    /// A factor, or an item of the review at `position`, by its id or label.
    pub(super) fn weakness(&self, position: ReviewIndex, name: &str) -> LinkView {
        if let Some(factor) = self.analysis.corpus.policy.registry.get(name) {
            return link(&factor.name, self.to(&address::factor(&factor.id.value)));
        }
        let review = &self.analysis.corpus.reviews[position];
        let lead = review.parts.iter().flat_map(|part| part.labels()).find(|label| label.value == name);
        let words = lead.map(|lead| {
            let words = cut(&passage_words(&review.text, review.body, lead.span), 200);
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
