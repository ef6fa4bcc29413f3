//! Pages that list: home, reviews, factors, terms.

use super::build::{Builder, link};

use super::{FactorView, GroupView, HomeView, JumpView, ListingView, TermPageView, TermView};
use crate::analysis::{ActionList, ActionState, Facet, Term};
use crate::model::{Kind, MetricKind, ReviewIndex};
use crate::site::{REVIEWS_A_PAGE, Site, TERMS_A_PAGE, address, page_path};
use crate::text::kebab_case;

/// How many reviews the home page shows.
const LATEST: usize = 6;

/// How many factors the page of a term shows at once.
const TOP: usize = 12;

impl Builder<'_> {
    /// The home page.
    pub(super) fn home(&self) -> HomeView {
        let local: Vec<_> = self.analysis.corpus.local().collect();
        // What is new is not shown twice.
        let near_misses = local.iter().skip(LATEST).filter(|(_, review)| review.kind == Kind::NearMiss);
        let mut factors: Vec<FactorView> = self.seen_factors();
        let factor_count = factors.len();
        factors.truncate(8);
        factors.iter_mut().for_each(|factor| factor.spark = self.spark(&factor.id));
        let board = &self.analysis.board;
        let overdue = board.lists.get(&ActionList::State(ActionState::Overdue)).map_or(&[][..], Vec::as_slice);
        HomeView {
            latest: local.iter().take(LATEST).map(|(position, _)| self.card(*position)).collect(),
            top_factors: factors,
            near_misses: near_misses.take(3).map(|(position, _)| self.card(*position)).collect(),
            overdue: overdue.iter().take(5).map(|place| self.action(*place)).collect(),
            open_actions: board.tally.left(),
            done_actions: board.tally.of(ActionState::Done),
            luck: self.analysis.luck.values().map(Vec::len).sum(),
            medians: self.medians(&[MetricKind::TimeToDetect, MetricKind::TimeToMitigate]),
            factors: factor_count,
            organisations: self.analysis.facets.get(&Facet::Organisation).map_or(0, Vec::len),
            kinds: self.terms(Facet::Kind),
            years: self.terms(Facet::Year),
            severities: self.terms(Facet::Severity),
        }
    }

    /// The factors that were seen, the most frequent first.
    fn seen_factors(&self) -> Vec<FactorView> {
        let registry = &self.analysis.corpus.policy.registry;
        let seen = self.analysis.sightings.keys().filter_map(|id| registry.get(id));
        let mut factors: Vec<FactorView> = seen.map(|factor| self.factor(factor)).collect();
        factors.sort_by(|a, b| b.count.cmp(&a.count).then(b.primary.cmp(&a.primary)).then_with(|| a.name.cmp(&b.name)));
        factors
    }

    /// Every review, by year.
    pub(super) fn all_reviews(&self) -> ListingView {
        let all: Vec<ReviewIndex> = self.analysis.corpus.indexed().map(|(at, _)| at).collect();
        self.listing("", &all)
    }

    /// What this page holds of a list of reviews, by year, and where each year begins.
    fn listing(&self, lead: &str, positions: &[ReviewIndex]) -> ListingView {
        let mut groups: Vec<GroupView> = Vec::new();
        for &position in &positions[self.part(positions.len(), REVIEWS_A_PAGE)] {
            let year = self.year(position);
            if groups.last().is_none_or(|group| group.title != year) {
                groups.push(GroupView { id: year_id(&year), title: year, reviews: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                group.reviews.push(self.card(position));
            }
        }
        ListingView { lead: lead.to_owned(), count: positions.len(), jumps: self.years(positions), groups }
    }

    fn years(&self, positions: &[ReviewIndex]) -> Vec<JumpView> {
        let mut years: Vec<JumpView> = Vec::new();
        for (at, &position) in positions.iter().enumerate() {
            let title = self.year(position);
            if let Some(year) = years.last_mut().filter(|year| year.title == title) {
                year.count += 1;
                continue;
            }
            let page = page_path(&self.page.first, at / REVIEWS_A_PAGE + 1);
            let page = if page == *self.path { String::new() } else { self.to(&page) };
            years.push(JumpView { href: format!("{page}#{}", year_id(&title)), title, count: 1 });
        }
        years
    }

    fn year(&self, position: ReviewIndex) -> String {
        let day = self.analysis.corpus.reviews[position].date();
        day.map_or_else(|| self.say("date.none").to_owned(), |day| day.format("%Y").to_string())
    }

    /// The terms of a facet.
    pub(super) fn terms(&self, facet: Facet) -> Vec<TermView> {
        let terms = self.analysis.facets.get(&facet).map_or(&[][..], Vec::as_slice);
        // Only the index of the facet itself comes in pages.
        let terms =
            if address::facet(facet) == self.page.first { &terms[self.part(terms.len(), TERMS_A_PAGE)] } else { terms };
        let view = |term: &Term| {
            let (name, description) = term_names(self.site, facet, term);
            TermView { name, href: self.to(&address::term(facet, &term.slug)), count: term.reviews.len(), description }
        };
        terms.iter().map(view).collect()
    }

    /// The name of a term and its reviews.
    pub(super) fn term(&self, facet: Facet, slug: &str) -> (String, ListingView) {
        let Some(term) = self.analysis.term(facet, slug) else { return (slug.to_owned(), self.listing("", &[])) };
        let (title, lead) = term_words(self.site, facet, term);
        let mut listing = self.listing(&lead, &term.reviews);
        if facet == Facet::Year {
            // The page's own title says it.
            listing.groups.iter_mut().for_each(|group| group.title.clear());
            listing.jumps.clear();
        }
        (title, listing)
    }

    /// The factors of a term's reviews.
    pub(super) fn term_factors(&self, facet: Facet, slug: &str) -> TermPageView {
        let term = self.analysis.term(facet, slug).filter(|_| self.page.number == 1);
        let mut factors = self.factors_of(term.map_or(&[][..], |term| &term.reviews));
        let rest = factors.split_off(factors.len().min(TOP));
        let facet = link(self.facet_words(facet).0, self.to(&address::facet(facet)));
        TermPageView { facet, factors, rest }
    }
}

/// What a term is called, and what it means; the meaning may be empty.
pub(super) fn term_names(site: &Site, facet: Facet, term: &Term) -> (String, String) {
    match facet {
        Facet::Kind => {
            let key = format!("kind.{}", term.slug);
            (site.language.say(&key).to_owned(), site.language.say(&format!("{key}_meaning")).to_owned())
        }
        Facet::Severity => (term.name.clone(), severity_name(site, &term.description).to_owned()),
        Facet::Service | Facet::Year | Facet::Organisation => (term.name.clone(), term.description.clone()),
    }
}

/// The title of a term's page, and what stands there, in a sentence.
pub(in crate::render) fn term_words(site: &Site, facet: Facet, term: &Term) -> (String, String) {
    let (name, meaning) = term_names(site, facet, term);
    let language = &site.language;
    let lead = || language.fill(&format!("facet.{}_term", facet.folder()), &[("name", &name)]);
    let said = |title: &str, lead: &str| (language.say(title).to_owned(), language.say(lead).to_owned());
    match facet {
        Facet::Service | Facet::Year | Facet::Organisation => (name.clone(), lead()),
        Facet::Severity => (format!("{name} {meaning}").trim().to_owned(), lead()),
        Facet::Kind if term.slug == "near-miss" => said("kind.near_misses", "kind.near_misses_lead"),
        Facet::Kind => said("kind.incidents", "kind.incidents_lead"),
    }
}

/// What a severity is called in the language of the site, as long as the site gives it no name of its own.
pub(super) fn severity_name<'a>(site: &'a Site, name: &'a str) -> &'a str {
    site.language.default_name(&format!("severity.{}", kebab_case(name)), name)
}

fn year_id(year: &str) -> String {
    format!("y{}", year.replace(' ', "-"))
}
