//! From the analysis to the list of all outputs.

use std::collections::{BTreeMap, BTreeSet};

use super::address::{self, path};
use super::clash::collisions;
use super::feed::feeds;
use super::paging::{
    FACTORS_A_PAGE, REVIEWS_A_PAGE, REVIEWS_IN_FILTER, SIGHTINGS_A_PAGE, TERMS_A_PAGE, page_count, pages,
};
use super::{About, DataFile, Export, FeedFormat, LongList, PageKind, PageRoute, Route, Site, StaticFile, ThemeParts};
use crate::analysis::{Analysis, IncidentKind, Topic, incident_lines, slug};
use crate::config::Config;
use crate::model::{Corpus, Extra, Group, LinkUse, PageIndex, ReviewIndex};
use crate::text::{Asset, SitePath, SourceSet};

type Routes = BTreeMap<SitePath, Route>;

/// Lists every output of the site.
pub(crate) fn plan(config: &Config, analysis: &Analysis, sources: &SourceSet, theme: ThemeParts) -> Site {
    let about = About {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        organisation: config.organisation.clone().unwrap_or_default(),
        base_url: config.base_url.clone(),
        edit_url: config.edit_url.clone(),
        repository: config.repository.clone(),
        feeds: config.feeds.clone(),
        exports: config.exports.clone(),
        licence: config.licence.clone(),
    };
    let corpus = &analysis.corpus;
    let mut site = Site {
        review_paths: corpus.reviews.iter().map(|review| address::review(review)).collect(),
        page_paths: corpus.pages.iter().map(address::content_page).collect(),
        metrics_paths: metrics_paths(analysis),
        assets: shown_assets(corpus, sources),
        about,
        language: theme.language,
        most_of_term: if has_search(&theme.assets) { REVIEWS_A_PAGE } else { usize::MAX },
        ..Site::default()
    };
    site.targets = targets(&site, corpus, sources);
    site.routes = routes(&site, analysis, &theme.assets);
    let has_own = site.routes.contains_key(&path(address::OWN_IMAGE));
    if theme.draws_incidents && !has_own {
        add_pictures(&mut site.routes, analysis);
    }
    site.collisions = collisions(&site, corpus);
    site
}

/// The first group that has reviews has the plain address, and so does an empty site.
fn metrics_paths(analysis: &Analysis) -> BTreeMap<Group, SitePath> {
    let groups = analysis.groups();
    let groups = if groups.is_empty() { vec![Group::Own] } else { groups };
    let path_of = |(at, group): (usize, Group)| {
        let address = match group {
            Group::Own | Group::Collected | Group::Federated if at == 0 => address::METRICS,
            Group::Own | Group::Collected => address::METRICS_COLLECTED,
            Group::Federated => address::METRICS_FEDERATED,
        };
        (group, path(address))
    };
    groups.into_iter().enumerate().map(path_of).collect()
}

fn targets(site: &Site, corpus: &Corpus, sources: &SourceSet) -> BTreeMap<SitePath, SitePath> {
    let reviews = corpus.reviews.iter().map(|review| review.path.clone()).zip(site.review_paths.iter().cloned());
    let pages = corpus.pages.iter().map(|page| page.path.clone()).zip(site.page_paths.iter().cloned());
    let beside = site.assets.keys().filter_map(|source| Some((source.clone(), asset_target(source)?)));
    let fixed = sources.assets.keys().filter(|source| source.below("static").is_some());
    let fixed = fixed.filter_map(|source| Some((source.clone(), asset_target(source)?)));
    reviews.chain(pages).chain(beside).chain(fixed).collect()
}

/// Later ones win: an alias takes no address from a review, and a static file none from a page, but it may replace what
/// the program would say to crawlers.
fn routes(site: &Site, analysis: &Analysis, theme_files: &[String]) -> Routes {
    let mut routes = Routes::new();
    let corpus = &analysis.corpus;
    for (at, review) in corpus.local() {
        let target = &site.review_paths[at];
        let redirect = |id: &str| Route::single(address::alias(id), PageKind::Redirect(target.clone()));
        routes.extend(review.aliases.iter().map(|alias| redirect(&alias.value)));
    }
    for (page, target) in corpus.pages.iter().zip(&site.page_paths) {
        let redirect = |id: &str| Route::single(address::page_alias(id), PageKind::Redirect(target.clone()));
        routes.extend(page.aliases.iter().map(|alias| redirect(&alias.value)));
    }
    routes.insert(path("robots.txt"), Route::Export(Export::Robots));
    let is_copy = |source: &SitePath| source.extension() != Some("md") || source.below("static").is_some();
    let copies = site.targets.iter().filter(|(source, _)| is_copy(source));
    routes.extend(copies.map(|(source, target)| (target.clone(), Route::File(StaticFile::Copy(source.clone())))));
    let content = site.page_paths.iter().enumerate();
    routes.extend(content.map(|(at, path)| Route::single(path.clone(), PageKind::Content(PageIndex(at)))));
    let reviews = site.review_paths.iter().enumerate();
    routes.extend(reviews.map(|(at, path)| Route::single(path.clone(), PageKind::Review(ReviewIndex(at)))));
    add_factors(&mut routes, analysis);
    add_facets(&mut routes, site, analysis);
    let metrics = site.metrics_paths.iter();
    routes.extend(metrics.map(|(group, path)| Route::single(path.clone(), PageKind::Metrics(*group))));
    let theme = theme_files.iter().map(|name| (address::theme_file(name), StaticFile::Theme(name.clone())));
    routes.extend(theme.map(|(path, file)| (path, Route::File(file))));
    routes.insert(path(".nojekyll"), Route::File(StaticFile::Empty));
    add_fixed_pages(&mut routes, corpus);
    add_long_lists(&mut routes, analysis);
    add_exports(&mut routes, site, analysis);
    // The index is read by a script; a theme without it needs no index.
    if has_search(theme_files) {
        routes.insert(path(address::SEARCH_INDEX), Route::Export(Export::SearchIndex));
        routes.insert(path(address::OPEN_SEARCH), Route::Export(Export::OpenSearch));
    }
    routes
}

/// A picture of all incidents, and one for each kind of incident that there is.
fn add_pictures(routes: &mut Routes, analysis: &Analysis) {
    let lines = incident_lines(analysis).lines;
    let kinds: BTreeSet<Option<IncidentKind>> = lines.iter().map(|line| Some(line.kind())).collect();
    let all = (!lines.is_empty()).then_some(None);
    routes.extend(kinds.into_iter().chain(all).map(|kind| (address::picture(kind), Route::Picture(kind))));
}

/// The pages that every site has.
fn add_fixed_pages(routes: &mut Routes, corpus: &Corpus) {
    let fixed = [
        (address::HOME, PageKind::Home),
        (address::NOT_FOUND, PageKind::NotFound),
        (address::ACTIONS, PageKind::Actions),
        (address::CONTROLS, PageKind::Controls),
        (address::DATA, PageKind::Data),
        (address::LUCK, PageKind::Luck),
        (address::SEARCH, PageKind::Search),
        (address::SELF_CHECK, PageKind::SelfCheck),
        (address::SUBSCRIBE, PageKind::Subscribe),
    ];
    routes.extend(fixed.map(|(address, kind)| Route::single(path(address), kind)));
    let count = page_count(corpus.reviews.len(), REVIEWS_A_PAGE);
    routes.extend(pages(path(address::REVIEWS), PageKind::Reviews, count));
}

/// The pages of the factors. A former id, or a word that others use, leads to the factor.
fn add_factors(routes: &mut Routes, analysis: &Analysis) {
    let registry = &analysis.corpus.policy.registry;
    for factor in registry.iter() {
        for alias in &factor.aliases {
            let (name, id) = (slug(&alias.value), &registry.get(&alias.value).unwrap_or(factor).id.value);
            routes.extend([Route::single(address::factor(&name), PageKind::Redirect(address::factor(id)))]);
            // No host leads a feed reader on, so the feed stays at its former address, too.
            let former = address::feed(&Topic::Factor(name), FeedFormat::Rss);
            routes.insert(former, Route::Export(Export::Feed(Topic::Factor(id.clone()), FeedFormat::Rss)));
        }
    }
    for factor in registry.iter() {
        let id = &factor.id.value;
        let seen = analysis.sightings().get(id).map_or(0, |seen| seen.reviews.len());
        let count = page_count(seen, SIGHTINGS_A_PAGE);
        routes.extend(pages(address::factor(id), PageKind::Factor(id.clone()), count));
    }
    let count = page_count(registry.len(), FACTORS_A_PAGE);
    routes.extend(pages(path(address::FACTORS), PageKind::Factors, count));
}

/// Whether the theme brings the script that searches.
fn has_search(theme_files: &[String]) -> bool {
    theme_files.iter().any(|name| name.starts_with("search-engine"))
}

fn add_facets(routes: &mut Routes, site: &Site, analysis: &Analysis) {
    for (facet, terms) in analysis.facets() {
        if !terms.is_empty() {
            let count = page_count(terms.len(), TERMS_A_PAGE);
            routes.extend(pages(address::facet(*facet), PageKind::Facet(*facet), count));
        }
        for term in terms {
            let count = page_count(site.shown(*facet, &term.reviews).len(), REVIEWS_A_PAGE);
            let kind = PageKind::Term(*facet, term.slug.clone());
            routes.extend(pages(address::term(*facet, &term.slug), kind, count));
        }
    }
}

fn add_long_lists(routes: &mut Routes, analysis: &Analysis) {
    for list in LongList::all(analysis) {
        let first = list.path(1);
        for number in 1..=list.pages(analysis) {
            let page = PageRoute { kind: PageKind::LongList(list.clone()), first: first.clone(), number };
            routes.insert(list.path(number), Route::Page(page));
        }
    }
}

/// What other programs read.
fn add_exports(routes: &mut Routes, site: &Site, analysis: &Analysis) {
    let (corpus, choices) = (&analysis.corpus, &site.about.exports);
    let mut add = |path: SitePath, export: Export| {
        routes.insert(path, Route::Export(export));
    };
    for (topic, format) in feeds(analysis) {
        add(address::feed(&topic, format), Export::Feed(topic, format));
    }
    add(path("sitemap.xml"), Export::Sitemap);
    add(path("site.webmanifest"), Export::WebManifest);
    add(path("llms.txt"), Export::Llms);
    if choices.full_text > 0 {
        add(path("llms-full.txt"), Export::LlmsFull);
    }
    if corpus.reviews.len() > REVIEWS_IN_FILTER {
        add(path(address::FACTOR_FILTER), Export::FactorFilter);
    }
    if LongList::has_more_controls(analysis) {
        add(path(address::CONTROL_FILTER), Export::ControlFilter);
    }
    for file in DataFile::ALL {
        add(file.path(corpus), Export::Data(file));
    }
    for (at, review) in corpus.local() {
        if choices.per_review.contains(&Extra::Markdown) {
            add(address::review_text(review), Export::ReviewText(at));
        }
        if choices.per_review.contains(&Extra::Json) {
            add(address::review_data(review), Export::Data(DataFile::Review(at)));
        }
    }
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
    let below = source.below("content/pages").or_else(|| source.below("content")).or_else(|| source.below("static"));
    match below {
        Some(below) => SitePath::new(below).ok(),
        // Reviews that lie elsewhere have their pages there, too.
        None => SitePath::new(&format!("reviews/{source}")).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::plan;
    use crate::analysis::{Analysis, ControlState, Facet, WeaknessState};
    use crate::config::read_config;
    use crate::model::{Corpus, reserved_for};
    use crate::site::address;
    use crate::site::{LongList, ThemeParts};
    use crate::text::{SitePath, Source, SourceSet};

    #[test]
    fn no_page_of_an_author_can_stand_where_the_site_has_one() {
        let source = Source { path: SitePath::new("casebook.toml").unwrap(), text: "".into() };
        let theme = ThemeParts { assets: vec!["search-engine.js".to_owned()], ..ThemeParts::default() };
        let site = plan(&read_config(&source).0, &Analysis::new(Corpus::default()), &SourceSet::default(), theme);
        let mut taken: Vec<SitePath> = site.routes.keys().cloned().collect();
        // These depend on what the reviews say.
        taken.extend(Facet::ALL.into_iter().flat_map(|facet| [address::facet(facet), address::term(facet, "x")]));
        taken.extend([address::METRICS_COLLECTED, address::METRICS_FEDERATED].map(address::path));
        taken.extend(
            [LongList::Accepted, LongList::Luck(WeaknessState::Unanswered), LongList::Controls(ControlState::Proven)]
                .map(|list| list.path(1)),
        );
        taken.extend(["reviews/x.html", "sources/x/y.html", "factors/x.html"].map(address::path));
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
