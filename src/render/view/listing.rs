//! Pages that list: home, reviews, factors, terms.

use std::collections::BTreeMap;

use super::build::Builder;
use super::card::role;
use super::{CategoryView, FactorPageView, FactorView, GroupView, HomeView, ListingView, SightingView, TermView};
use crate::model::Kind;
use crate::site::{ActionList, ActionState, Facet};

impl Builder<'_> {
    /// The home page.
    pub(super) fn home(&self) -> HomeView {
        let reviews = &self.site.corpus.reviews;
        let near_misses = reviews.iter().enumerate().filter(|(_, review)| review.kind == Kind::NearMiss);
        let mut factors: Vec<FactorView> = self.seen_factors();
        let factor_count = factors.len();
        factors.truncate(8);
        let board = &self.site.board;
        let overdue = board.lists.get(&ActionList::State(ActionState::Overdue)).map_or(&[][..], Vec::as_slice);
        HomeView {
            latest: (0..reviews.len().min(10)).map(|position| self.card(position)).collect(),
            top_factors: factors,
            near_misses: near_misses.take(3).map(|(position, _)| self.card(position)).collect(),
            overdue: overdue.iter().take(5).map(|place| self.action(place.review, place.at)).collect(),
            open_actions: board.tally.left(),
            done_actions: board.tally.of(ActionState::Done),
            luck: self.site.luck.values().map(Vec::len).sum(),
            factors: factor_count,
            organisations: self.site.facets.get(&Facet::Organisation).map_or(0, Vec::len),
            years: self.terms(Facet::Year),
            severities: self.terms(Facet::Severity),
        }
    }

    /// The factors that were seen, the most frequent first.
    fn seen_factors(&self) -> Vec<FactorView> {
        let registry = &self.site.corpus.policy.registry;
        let seen = self.site.sightings.keys().filter_map(|id| registry.get(id));
        let mut factors: Vec<FactorView> = seen.map(|factor| self.factor(factor)).collect();
        factors.sort_by(|a, b| b.count.cmp(&a.count).then(b.primary.cmp(&a.primary)).then_with(|| a.name.cmp(&b.name)));
        factors
    }

    /// Every review, by year.
    pub(super) fn all_reviews(&self) -> ListingView {
        self.listing("", 0..self.site.corpus.reviews.len())
    }

    fn listing(&self, lead: &str, positions: impl Iterator<Item = usize>) -> ListingView {
        let mut groups: Vec<GroupView> = Vec::new();
        let mut count = 0;
        for position in positions {
            count += 1;
            let day = self.site.corpus.reviews[position].date();
            let year = day.map_or_else(|| "Without a date".to_owned(), |day| day.format("%Y").to_string());
            if groups.last().is_none_or(|group| group.title != year) {
                groups.push(GroupView { id: format!("y{}", year.replace(' ', "-")), title: year, reviews: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                group.reviews.push(self.card(position));
            }
        }
        ListingView { lead: lead.to_owned(), count, groups }
    }

    /// The terms of a facet.
    pub(super) fn terms(&self, facet: Facet) -> Vec<TermView> {
        let terms = self.site.facets.get(&facet).map_or(&[][..], Vec::as_slice);
        let view = |term: &crate::site::Term| TermView {
            name: term.name.clone(),
            href: self.to(&facet.term_path(&term.slug)),
            count: term.reviews.len(),
            description: term.description.clone(),
        };
        terms.iter().map(view).collect()
    }

    /// The name of a term and its reviews.
    pub(super) fn term(&self, facet: Facet, slug: &str) -> (String, ListingView) {
        let term = self.site.facets.get(&facet).and_then(|terms| terms.iter().find(|term| term.slug == slug));
        let Some(term) = term else { return (slug.to_owned(), self.listing("", 0..0)) };
        let name = &term.name;
        let (title, lead) = match facet {
            Facet::Service => (name.clone(), format!("Incidents that affected {name}.")),
            Facet::Severity => {
                (format!("{name} {}", term.description).trim().to_owned(), format!("Incidents of severity {name}."))
            }
            Facet::Year => (name.clone(), format!("Incidents that began in {name}.")),
            Facet::Organisation => (name.clone(), format!("Incidents at {name}.")),
        };
        let mut listing = self.listing(&lead, term.reviews.iter().copied());
        if facet == Facet::Year {
            // The page's own title says it.
            listing.groups.iter_mut().for_each(|group| group.title.clear());
        }
        (title, listing)
    }

    /// The registry by category.
    pub(super) fn categories(&self) -> Vec<CategoryView> {
        let policy = &self.site.corpus.policy;
        let mut seen: BTreeMap<String, Vec<FactorView>> = BTreeMap::new();
        for factor in self.seen_factors() {
            seen.entry(factor.category.clone()).or_default().push(factor);
        }
        let mut categories = Vec::new();
        for category in &policy.categories {
            let unseen = policy
                .registry
                .iter()
                .filter(|factor| factor.category == category.id && !self.site.sightings.contains_key(&factor.id.value));
            let unseen: Vec<FactorView> = unseen.map(|factor| self.factor(factor)).collect();
            let factors = seen.remove(&category.id).unwrap_or_default();
            if !factors.is_empty() || !unseen.is_empty() {
                let (id, name, description) =
                    (category.id.clone(), category.name.clone(), category.description.clone());
                categories.push(CategoryView { id, name, description, factors, unseen });
            }
        }
        categories
    }

    /// The page of a factor.
    pub(super) fn factor_page(&self, id: &str) -> FactorPageView {
        let policy = &self.site.corpus.policy;
        let factor = policy.registry.get(id).expect("a page was planned for a registered factor");
        let positions = self.site.sightings.get(id).map_or(&[][..], |seen| &seen.reviews);
        let is_it = |name: &str| policy.registry.get(name).is_some_and(|known| known.id.value == id);
        let mut seen = Vec::new();
        let mut actions = Vec::new();
        for &position in positions {
            let review = &self.site.corpus.reviews[position];
            if let Some(used) = review.factors.iter().find(|used| is_it(&used.id.value)) {
                let note = used.note.as_ref().map(|note| self.inline(position, &note.value)).unwrap_or_default();
                seen.push(SightingView { review: self.card(position), role: role(used.role), note });
            }
            for (at, action) in review.actions.iter().enumerate() {
                if action.addresses.iter().any(|weakness| is_it(&weakness.value)) {
                    actions.push(self.action(position, at));
                }
            }
        }
        let category_name =
            policy.category(&factor.category).map_or_else(|| factor.category.clone(), |known| known.name.clone());
        FactorPageView { factor: self.factor(factor), category_name, seen, actions }
    }
}
