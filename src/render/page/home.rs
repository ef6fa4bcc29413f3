//! The home page.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::{ActionList, ActionState, Facet, IncidentLine, IncidentLines, incident_lines};
use crate::document::SectionKind;
use crate::model::ReviewIndex;
use crate::render::chart::{IncidentsView, NamedIncident, incidents_chart};
use crate::render::context::PageContext;
use crate::render::page::review::phase_chart::{PhaseChartView, phase_chart};
use crate::render::part::action::{ActionView, action_view};
use crate::render::part::card::{CardView, review_card, review_link};
use crate::render::part::factor::{FactorView, factor_view, sparkline_of};
use crate::render::part::link::{LinkView, link};
use crate::render::part::structured::publisher_data;
use crate::render::part::term::{TermView, term_views};
use crate::site::address::{self, path};
use crate::text::SitePath;

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "home.html",
    kind: "home",
    variables: &[Variable::of::<HomeView>("home")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    let about = &context.site.about;
    let content = PageContent::new(&about.title, &about.description).with("home", &home_view(context));
    let canonical = Some(about.base_url.as_str().to_owned());
    PageContent { canonical, structured: Some(website_data(context)), ..content }
}

/// What the home page shows: `home`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct HomeView {
    /// Every incident as a line from the start of its impact; none when no review tells how long it lasted.
    pub incidents: Option<IncidentsView>,
    /// How many reviews are not drawn there, in a sentence; may be empty.
    pub not_drawn: String,
    /// The newest review.
    pub newest: Option<NewestView>,
    /// The newest reviews after that one, at most three.
    pub latest: Vec<CardView>,
    /// The factors seen most often, at most eight.
    pub top_factors: Vec<FactorView>,
    /// The actions that are not done yet, at most five, those whose date has passed first.
    pub promised: Vec<ActionView>,
    /// The number of all actions that are not done.
    pub open_actions: usize,
    /// The number of all actions that are done.
    pub done_actions: usize,
    /// The number of factors that were seen.
    pub factors: usize,
    /// What there is, in numbers: reviews, factors, organisations, actions, lucky breaks; each with its page.
    pub counts: Vec<LinkView>,
    /// Incidents and near misses, each with the number of reviews.
    pub kinds: Vec<TermView>,
    /// The years with reviews, the newest first.
    pub years: Vec<TermView>,
    /// The severities with reviews, the most severe first.
    pub severities: Vec<TermView>,
}

/// The newest review, as the home page shows it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct NewestView {
    /// What lists show of it.
    pub card: CardView,
    /// The first sentences of its summary, as plain text; may be empty.
    pub lead: String,
    /// Its phases to scale; none when the timeline does not give them.
    pub chart: Option<PhaseChartView>,
}

/// How many reviews follow the newest one.
const LATEST_REVIEWS: usize = 3;
/// How many actions the home page shows.
const PROMISED_ACTIONS: usize = 5;

/// The home page.
fn home_view(context: &PageContext<'_>) -> HomeView {
    let local: Vec<ReviewIndex> = context.analysis.corpus.local().map(|(position, _)| position).collect();
    let mut factors: Vec<FactorView> = seen_factors(context);
    let factor_count = factors.len();
    factors.truncate(8);
    factors.iter_mut().for_each(|factor| factor.sparkline = sparkline_of(context, &factor.id));
    let board = context.analysis.board();
    let left = ActionState::ALL.into_iter().filter(|state| state.is_left());
    let promised = left.filter_map(|state| board.lists.get(&ActionList::State(state))).flatten();
    let drawn = incident_lines(context.analysis);
    let without = drawn.without;
    HomeView {
        incidents: incidents_view(context, &drawn),
        not_drawn: if without > 0 {
            context.site.language.count("incidents.without", without, &[])
        } else {
            String::new()
        },
        newest: local.first().map(|position| newest_view(context, *position)),
        latest: local.iter().skip(1).take(LATEST_REVIEWS).map(|position| review_card(context, *position)).collect(),
        top_factors: factors,
        promised: promised.take(PROMISED_ACTIONS).map(|place| action_view(context, *place)).collect(),
        open_actions: board.total.left(),
        done_actions: board.total.of(ActionState::Done),
        factors: factor_count,
        counts: count_links(context, local.len(), factor_count),
        kinds: term_views(context, Facet::Kind),
        years: term_views(context, Facet::Year),
        severities: term_views(context, Facet::Severity),
    }
}

fn incidents_view(context: &PageContext<'_>, drawn: &IncidentLines) -> Option<IncidentsView> {
    let language = &context.site.language;
    let named = |line: &IncidentLine| {
        let review = &context.analysis.corpus.reviews[line.review];
        let LinkView { title, href, .. } = review_link(context, line.review);
        let day = review.date().map(|day| language.day(day));
        let severity = review.severity.as_ref().map(|severity| severity.value.clone());
        let about = day.into_iter().chain(severity).collect::<Vec<_>>().join(", ");
        NamedIncident { line: *line, title, href, about }
    };
    incidents_chart(&drawn.lines.iter().map(named).collect::<Vec<_>>(), language)
}

fn newest_view(context: &PageContext<'_>, position: ReviewIndex) -> NewestView {
    let review = &context.analysis.corpus.reviews[position];
    let card = review_card(context, position);
    let mut chart = phase_chart(&review.timeline, &context.site.language);
    for phase in chart.iter_mut().flat_map(|chart| &mut chart.phases).filter(|phase| !phase.href.is_empty()) {
        phase.href.insert_str(0, &card.href);
    }
    let summary = review.part(SectionKind::Summary);
    let lead = summary.map(|part| context.plain(position, part.content)).unwrap_or_default();
    NewestView { lead: whole_sentences(lead), chart, card }
}

/// A text that was cut off, up to its last whole sentence.
fn whole_sentences(text: String) -> String {
    let is_end = |at: usize, sign: &str| sign != "." || text[at + 1..].starts_with(' ');
    let mut ends = text.match_indices(['.', '。', '؟', '?', '!']).filter(|(at, sign)| is_end(*at, sign));
    match ends.next_back() {
        Some((at, sign)) if text.ends_with('…') => text[..at + sign.len()].to_owned(),
        _ => text,
    }
}

/// What there is, as the parts of a sentence.
fn count_links(context: &PageContext<'_>, reviews: usize, factors: usize) -> Vec<LinkView> {
    let language = &context.site.language;
    let analysis = context.analysis;
    let done = analysis.board().total.of(ActionState::Done);
    let promised = done + analysis.board().total.left();
    let organisations = analysis.facets().get(&Facet::Organisation).map_or(0, Vec::len);
    let luck = analysis.lucky_breaks().values().map(Vec::len).sum();
    let count = |key: &str, number: usize, target: SitePath| {
        (number > 0).then(|| link(language.count(key, number, &[]), context.to(&target)))
    };
    let actions = (promised > 0).then(|| {
        let done = language.number(done as u64);
        link(language.count("home.count_actions", promised, &[("done", &done)]), context.to(&path(address::ACTIONS)))
    });
    let parts = [
        count("count.reviews", reviews, path(address::REVIEWS)),
        count("home.count_factors", factors, path(address::FACTORS)),
        (organisations > 1)
            .then(|| count("home.count_organisations", organisations, address::facet(Facet::Organisation)))
            .flatten(),
        actions,
        count("home.count_luck", luck, path(address::LUCK)),
    ];
    parts.into_iter().flatten().collect()
}

/// The factors that were seen, the most frequent first.
fn seen_factors(context: &PageContext<'_>) -> Vec<FactorView> {
    let registry = &context.analysis.corpus.policy.registry;
    let seen = context.analysis.sightings().keys().filter_map(|id| registry.get(id));
    let mut factors: Vec<FactorView> = seen.map(|factor| factor_view(context, factor)).collect();
    factors.sort_by(|a, b| b.count.cmp(&a.count).then(b.primary.cmp(&a.primary)).then_with(|| a.name.cmp(&b.name)));
    factors
}

fn website_data(context: &PageContext<'_>) -> Value {
    let about = &context.site.about;
    let mut website = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": about.title,
        "url": about.base_url.as_str(),
        "inLanguage": about.language,
        "publisher": publisher_data(context),
    });
    if !about.description.is_empty() {
        website["description"] = json!(about.description);
    }
    let search = path(address::SEARCH);
    if context.site.route(&search).is_some() {
        website["potentialAction"] = json!({
            "@type": "SearchAction",
            "target": format!("{}?q={{search_term_string}}", context.absolute(&search)),
            "query-input": "required name=search_term_string",
        });
    }
    website
}
