//! From the corpus to the list of all outputs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::paging::{
    FACTORS_A_PAGE, REVIEWS_A_PAGE, REVIEWS_IN_FILTER, SIGHTINGS_A_PAGE, TERMS_A_PAGE, add_pages, page_count,
};
use super::{About, DataFile, Ledger, Route, Sightings, Site, ThemeParts, path};
use crate::analysis::board::has_several_owners;
use crate::analysis::{Facet, slug, terms};
use crate::config::Config;
use crate::model::{Corpus, Extra, FactorRole, Group, LinkUse, Review, counts};
use crate::text::{Asset, SitePath, SourceSet};

/// Lists every output of the site.
pub fn plan(config: &Config, corpus: Corpus, sources: &SourceSet, theme: ThemeParts) -> Site {
    let about = About {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        organisation: config.organisation.clone().unwrap_or_default(),
        base_url: config.base_url.clone(),
        edit_url: config.edit_url.clone(),
        feeds: config.feeds.clone(),
        exports: config.exports.clone(),
        licence: config.licence.clone(),
    };
    let positions = corpus.reviews.iter().enumerate().map(|(at, review)| (review.id.clone(), at)).collect();
    let facets: Vec<_> = Facet::ALL.into_par_iter().map(|facet| (facet, terms(facet, &corpus))).collect();
    let mut site = Site {
        facets: facets.into_iter().collect(),
        sightings: sightings(&corpus),
        review_paths: corpus.reviews.iter().map(|review| review_path(review)).collect(),
        metrics: vec![OnceLock::new(); corpus.reviews.len()],
        assets: shown_assets(&corpus, sources),
        routes: BTreeMap::new(),
        ledgers: OnceLock::new(),
        factor_pages: OnceLock::new(),
        targets: BTreeMap::new(),
        has_several_owners: has_several_owners(&corpus),
        board: OnceLock::new(),
        luck: OnceLock::new(),
        measures: Default::default(),
        about,
        language: theme.language,
        corpus,
        positions,
        histories: OnceLock::new(),
        happened: OnceLock::new(),
        connections: OnceLock::new(),
        search: OnceLock::new(),
        collisions: Vec::new(),
    };
    site.targets = targets(&site, sources);
    site.routes = routes(&site, &theme.assets);
    site.routes.extend(data_files(&site));
    site.collisions = super::clash::collisions(&site);
    site
}

fn review_path(review: &Review) -> SitePath {
    let folder = if review.origin.is_some() { "sources" } else { "reviews" };
    path(&format!("{folder}/{}.html", review.id))
}

fn sightings(corpus: &Corpus) -> BTreeMap<String, Sightings> {
    let registry = &corpus.policy.registry;
    let mut sightings = vec![Sightings::default(); registry.len()];
    for (position, review) in corpus.reviews.iter().enumerate().filter(|(_, review)| counts(review)) {
        for used in &review.factors {
            let Some(factor) = registry.position(&used.id.value) else { continue };
            let seen = &mut sightings[factor];
            // A factor and its alias in one review are one sighting.
            if seen.reviews.last() != Some(&position) {
                seen.reviews.push(position);
                seen.primary += usize::from(used.role == FactorRole::Primary);
            }
        }
    }
    let seen = sightings.into_iter().enumerate().filter(|(_, seen)| !seen.reviews.is_empty());
    seen.map(|(factor, seen)| (registry.at(factor).id.value.clone(), seen)).collect()
}

fn targets(site: &Site, sources: &SourceSet) -> BTreeMap<SitePath, SitePath> {
    let reviews =
        site.corpus.reviews.iter().enumerate().map(|(at, review)| (review.path.clone(), site.review_path(at)));
    let pages = site.corpus.pages.iter().enumerate().map(|(at, page)| (page.path.clone(), site.page_path(at)));
    let beside = site.assets.keys().filter_map(|source| Some((source.clone(), asset_target(source)?)));
    let fixed = sources.assets.keys().filter(|source| source.below("static").is_some());
    let fixed = fixed.filter_map(|source| Some((source.clone(), asset_target(source)?)));
    reviews.chain(pages).chain(beside).chain(fixed).collect()
}

fn routes(site: &Site, theme_assets: &[String]) -> BTreeMap<SitePath, Route> {
    let mut routes = BTreeMap::new();
    // Later ones win: an alias takes no address from a review, and a static file none from a page,
    // but it may replace what the program would say to crawlers.
    for (_, review) in site.corpus.local() {
        for alias in &review.aliases {
            routes.insert(
                path(&format!("reviews/{}.html", alias.value)),
                Route::Redirect(site.review_path(site.positions[&review.id])),
            );
        }
    }
    routes.insert(path("robots.txt"), Route::Robots);
    let is_copy = |source: &SitePath| source.extension() != Some("md") || source.below("static").is_some();
    let copies = site.targets.iter().filter(|(source, _)| is_copy(source));
    routes.extend(copies.map(|(source, target)| (target.clone(), Route::Copy(source.clone()))));
    for (at, _) in site.corpus.pages.iter().enumerate() {
        routes.insert(site.page_path(at), Route::Page(at));
    }
    for (at, _) in site.corpus.reviews.iter().enumerate() {
        routes.insert(site.review_path(at), Route::Review(at));
    }
    add_pages(&mut routes, &path("reviews/index.html"), page_count(site.corpus.reviews.len(), REVIEWS_A_PAGE));
    add_factors(&mut routes, site);
    for (facet, terms) in &site.facets {
        if !terms.is_empty() {
            routes.insert(facet.index_path(), Route::Terms(*facet));
            add_pages(&mut routes, &facet.index_path(), page_count(terms.len(), TERMS_A_PAGE));
        }
        for term in terms {
            let first = facet.term_path(&term.slug);
            add_pages(&mut routes, &first, page_count(term.reviews.len(), REVIEWS_A_PAGE));
            routes.insert(first, Route::Term(*facet, term.slug.clone()));
        }
    }
    let groups = site.groups();
    let measured = if groups.is_empty() { vec![Group::Own] } else { groups };
    routes.extend(measured.into_iter().map(|of| (site.metrics_path(of), Route::Metrics(of))));
    routes.extend(
        site.feeds().into_iter().map(|(topic, format)| (site.feed_path(&topic, format), Route::Feed(topic, format))),
    );
    routes.extend(theme_assets.iter().map(|name| (path(&format!("assets/{name}")), Route::ThemeAsset(name.clone()))));
    routes.extend([
        (path("index.html"), Route::Home),
        (path("404.html"), Route::NotFound),
        (path("actions.html"), Route::Actions),
        (path("data.html"), Route::Data),
        (path("lucky.html"), Route::Luck),
        (path("reviews/index.html"), Route::Reviews),
        (path("factors/index.html"), Route::Factors),
        (path("search.html"), Route::Search),
        (path("subscribe.html"), Route::Subscribe),
        (path("sitemap.xml"), Route::Sitemap),
        (path("site.webmanifest"), Route::WebManifest),
        (path(".nojekyll"), Route::Fixed("")),
    ]);
    // The index is read by a script; a theme without it needs no index.
    if theme_assets.iter().any(|name| name.starts_with("search-engine")) {
        routes.insert(path("search/index.js"), Route::SearchIndex);
    }
    add_exports(&mut routes, site);
    routes
}

/// What other programs read: texts for language models, and what browsers ask the search page with.
fn add_exports(routes: &mut BTreeMap<SitePath, Route>, site: &Site) {
    let exports = &site.about.exports;
    routes.insert(path("llms.txt"), Route::Llms);
    if site.corpus.reviews.len() > REVIEWS_IN_FILTER {
        routes.insert(path("factors/filter.js"), Route::FactorData);
    }
    if exports.full_text > 0 {
        routes.insert(path("llms-full.txt"), Route::LlmsFull);
    }
    if exports.per_review.contains(&Extra::Markdown) {
        let texts = site.corpus.local().map(|(at, _)| (site.review_text_path(at), Route::ReviewText(at)));
        routes.extend(texts);
    }
    if routes.contains_key(&path("search/index.js")) {
        routes.insert(path("opensearch.xml"), Route::OpenSearch);
    }
}

/// The files for other programs.
fn data_files(site: &Site) -> BTreeMap<SitePath, Route> {
    let all = DataFile::ALL.into_iter();
    let has_reviews = site.about.exports.per_review.contains(&Extra::Json);
    let reviews = site.corpus.local().filter(|_| has_reviews).map(|(at, _)| DataFile::Review(at));
    let files = all.chain(reviews);
    files.map(|file| (file.path(site), Route::DataFile(file))).collect()
}

/// The pages and feeds of the factors. A former id, or a word that others use, leads to the factor.
fn add_factors(routes: &mut BTreeMap<SitePath, Route>, site: &Site) {
    let registry = &site.corpus.policy.registry;
    for factor in registry.iter() {
        for alias in &factor.aliases {
            let target = registry.get(&alias.value).unwrap_or(factor);
            routes.insert(site.factor_path(&slug(&alias.value)), Route::Redirect(site.factor_path(&target.id.value)));
        }
    }
    for factor in registry.iter() {
        let id = &factor.id.value;
        routes.insert(site.factor_path(id), Route::Factor(id.clone()));
    }
    add_pages(routes, &path("factors/index.html"), page_count(registry.len(), FACTORS_A_PAGE));
}

/// The further pages of the factors.
pub(super) fn factor_pages(site: &Site) -> BTreeMap<SitePath, Route> {
    let mut routes = BTreeMap::new();
    for factor in site.corpus.policy.registry.iter() {
        let history = site.history(factor);
        let seen = site.sightings.get(&factor.id.value).map_or(0, |seen| seen.reviews.len());
        let longest = seen.max(history.actions.len()).max(history.recurrences.len()).max(history.lapses.len());
        add_pages(&mut routes, &site.factor_path(&factor.id.value), page_count(longest, SIGHTINGS_A_PAGE));
    }
    routes
}

/// The pages of the lists of actions and luck.
pub(super) fn ledgers(site: &Site) -> BTreeMap<SitePath, Route> {
    let pages = |ledger: Ledger| {
        (0..ledger.pages(site)).map(move |page| (ledger.path(page), Route::Ledger(ledger.clone(), page)))
    };
    Ledger::all(site).into_iter().flat_map(pages).collect()
}

/// The files that published text links to or shows. Nothing else beside a review is copied, so that
/// a picture of a withheld review, or of an internal block, stays where it is.
fn shown_assets(corpus: &Corpus, sources: &SourceSet) -> BTreeMap<SitePath, Asset> {
    let mut shown = BTreeMap::new();
    let mut add = |from: &SitePath, links: &[LinkUse]| {
        for link in links {
            if let Some((target, asset)) =
                from.follow(&link.destination).and_then(|to| sources.assets.get_key_value(&to))
            {
                shown.insert(target.clone(), asset.clone());
            }
        }
    };
    for review in &corpus.reviews {
        add(&review.path, &review.links);
    }
    for page in &corpus.pages {
        add(&page.path, &page.links);
    }
    shown
}

/// Where a file beside reviews or pages is copied to.
fn asset_target(source: &SitePath) -> Option<SitePath> {
    let below = source.below("content/pages").or_else(|| source.below("content")).or_else(|| source.below("static"))?;
    SitePath::new(below).ok()
}

#[cfg(test)]
mod tests {
    use super::plan;
    use crate::analysis::{Facet, Standing};
    use crate::config::read_config;
    use crate::model::{Corpus, Group, reserved_for};
    use crate::site::{Ledger, ThemeParts};
    use crate::text::{SitePath, Source, SourceSet};

    #[test]
    fn no_page_of_an_author_can_stand_where_the_site_has_one() {
        let source = Source { path: SitePath::new("casebook.toml").unwrap(), text: "".into() };
        let theme = ThemeParts { assets: vec!["search-engine.js".to_owned()], ..ThemeParts::default() };
        let site = plan(&read_config(&source).0, Corpus::default(), &SourceSet::default(), theme);
        let mut taken: Vec<SitePath> = site.routes().into_iter().map(|(path, _)| path.clone()).collect();
        // These depend on what the reviews say.
        taken.extend(Facet::ALL.into_iter().flat_map(|facet| [facet.index_path(), facet.term_path("x")]));
        taken.extend(Group::ALL.map(|group| site.metrics_path(group)));
        taken.extend([Ledger::Accepted, Ledger::Luck(Standing::Unanswered)].map(|list| list.path(1)));
        taken.extend(["reviews/x.html", "sources/x/y.html", "factors/x.html"].map(super::path));
        assert!(taken.len() > 30, "only {} addresses were looked at", taken.len());
        for path in taken {
            // A page can only stand at an address of a page, or in a folder.
            let id = match path.as_str().strip_suffix(".html") {
                Some(id) => id,
                None if path.as_str().contains('/') => path.as_str(),
                None => continue,
            };
            assert!(reserved_for(id).is_some(), "{path} is an address of the site, and a page could have it");
        }
        assert!(reserved_for("about").is_none() && reserved_for("help/actions").is_none());
        assert_eq!(reserved_for("Subscribe").map(|reserved| reserved.name), Some("subscribe"));
    }
}
