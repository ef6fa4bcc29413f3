//! A text that grows with a number, where it stands, and what is done with it.

use casebook::disk::{OutputFolder, Written, read};
use casebook::import::reviews_in;
use casebook::pipeline::{
    Audience, BuildCache, Configuration, Options, ReviewRules, Stages, corpus, prepare, render_all, review_files,
};
use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
use casebook::search::{FilterColumns, Index, Query, Searcher};
use casebook::text::{SitePath, SourceSet};

use crate::support::yaml::in_yaml;
use crate::support::{TODAY, TestSite};

const SETTINGS: &str = "title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\norganisation = \"We\"\n\
                        sources = [{ id = \"them\", organisation = \"Us\" }]\n";

/// A text that grows with a number, and where it stands in the sample site.
pub struct Kind {
    pub name: &'static str,
    pub place: Place,
    pub count: usize,
    pub text: fn(usize) -> String,
}

/// Where a text stands.
#[derive(Clone, Copy)]
pub enum Place {
    /// In the section of the root cause.
    Body,
    Timeline,
    Poorly,
    Actions,
    Factors,
    /// At the end of the front matter.
    Front,
    /// At the beginning of front matter in YAML.
    Yaml,
    /// In the place of this file, below the settings that a site needs.
    Whole(&'static str),
    /// A question to the search.
    Query,
    /// A container of this name.
    Import(&'static str),
    /// As many reviews as the text has bytes, which name each other, and one factor.
    Reviews,
    /// As many files below `static` as the text has bytes, in many folders.
    StaticFiles,
}

/// Reads texts, one after another. What is made of the theme is kept.
#[derive(Default)]
pub struct Reader(BuildCache);

impl Reader {
    /// Does what the program does with a text of a kind.
    pub fn read(&mut self, kind: &Kind, text: &str) {
        match kind.place {
            Place::Query => ask(text),
            Place::Import(name) => {
                let reviews = reviews_in(SitePath::new(name).unwrap(), text.as_bytes().to_vec());
                assert!(reviews.iter().all(|(_, review)| !review.is_empty()));
            }
            Place::Body
            | Place::Timeline
            | Place::Poorly
            | Place::Actions
            | Place::Factors
            | Place::Front
            | Place::Yaml
            | Place::Whole(_)
            | Place::Reviews => check(&kind.sources(text), &mut self.0),
            Place::StaticFiles => publish_files(text.len()),
        }
    }
}

impl Kind {
    /// The sample site with a text. It never was a file: those may not be so long.
    fn sources(&self, text: &str) -> SourceSet {
        let mut sources = sample();
        let plain = if matches!(self.place, Place::Yaml) { in_yaml(SAMPLE_REVIEW) } else { SAMPLE_REVIEW.to_owned() };
        let (before, after) = match self.place {
            Place::Body => ("## Root cause\n", format!("## Root cause\n\n{text}\n\n")),
            Place::Timeline => ("## Timeline\n\n", format!("## Timeline\n\n{text}")),
            Place::Poorly => ("## What went poorly\n\n", format!("## What went poorly\n\n{text}")),
            Place::Actions => ("## What went poorly\n", format!("## Action items\n\n{text}\n\n## What went poorly\n")),
            Place::Factors => {
                ("## What went poorly\n", format!("## Contributing factors\n\n{text}\n\n## What went poorly\n"))
            }
            Place::Yaml => ("---\n", format!("---\n{text}")),
            Place::Front => ("+++\n\n## Summary", format!("{text}+++\n\n## Summary")),
            Place::Whole(path) => {
                let start = if path == "casebook.toml" { SETTINGS } else { "" };
                sources.add_text(SitePath::new(path).unwrap(), &format!("{start}{text}"));
                return sources;
            }
            Place::Reviews => return related(text.len()),
            Place::Query | Place::Import(_) | Place::StaticFiles => unreachable!("it is no text of a site"),
        };
        let review = plain.replacen(before, &after, 1);
        assert!(plain.contains(before), "{} is not put anywhere", self.name);
        sources.add_text(SitePath::new(SAMPLE_PATH).unwrap(), &review);
        sources
    }
}

fn sample() -> SourceSet {
    let mut sources = SourceSet::default();
    let files = [("casebook.toml", SETTINGS), ("content/factors.toml", SAMPLE_FACTORS), (SAMPLE_PATH, SAMPLE_REVIEW)];
    for (path, text) in files {
        sources.add_text(SitePath::new(path).unwrap(), text);
    }
    sources
}

/// Some reviews of one factor, service and year. Each names the ten before it.
fn related(count: usize) -> SourceSet {
    let mut sources = sample();
    for number in 0..count {
        let related: Vec<String> = (number.saturating_sub(10)..number).map(|other| format!("r{other}")).collect();
        let named = format!("related = {related:?}\nservices = [");
        let review =
            SAMPLE_REVIEW.replacen("services = [", &named, 1).replacen("A filter", &format!("{number} A filter"), 1);
        sources.add_text(SitePath::new(&format!("content/reviews/r{number}.md")).unwrap(), &review);
    }
    sources
}

fn options() -> Options {
    Options { today: TODAY.parse().unwrap(), base_url: None, audience: Audience::Public }
}

/// Checks, reports, and renders the page of the sample and what searches need. With many reviews it renders everything.
fn check(sources: &SourceSet, cache: &mut BuildCache) {
    let _ = review_files(sources.text("casebook.toml"));
    let options = options();
    let prepared = Stages::read(Configuration::read(sources, &options), Some(cache), ReviewRules::AtOnce).finish();
    assert!(casebook::report::json(&prepared.findings, &prepared.counts, sources).contains("summary"));
    let Some(renderer) = prepared.preview.or(prepared.renderer) else { return };
    renderer.make_search_index();
    let page = renderer.page_of(&SitePath::new(SAMPLE_PATH).unwrap()).cloned();
    let paths = if sources.texts.len() > 10 { renderer.paths() } else { page.into_iter().collect() };
    for path in paths {
        assert!(renderer.render(&path).is_some_and(|output| output.is_ok()), "{path}");
    }
}

/// Builds a site with some files three times: into an empty folder, over the same output, and without the files.
fn publish_files(count: usize) {
    let space = TestSite::site();
    for number in 0..count {
        let (outer, inner) = (number / 400, number / 20);
        // Every tenth is read and written anew.
        let ending = if number % 10 == 0 { "svg" } else { "txt" };
        let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{number}</title></svg>");
        space.write(&format!("static/{outer}/{inner}/file-{number}.{ending}"), text);
    }
    let first = build(&space);
    assert_eq!((first.unchanged, first.removed.len()), (0, 0));
    let again = build(&space);
    assert_eq!((again.written, again.unchanged), (0, first.written));
    if count > 0 {
        std::fs::rename(space.path("static"), space.path("elsewhere")).unwrap();
    }
    assert_eq!(build(&space).removed.len(), count);
}

fn build(space: &TestSite) -> Written {
    let sources = read(&space.path(""), &[]).unwrap();
    let renderer = prepare(&sources, &options()).renderer.unwrap();
    renderer.make_search_index();
    let folder = OutputFolder::open(&space.path("public"), &space.path("")).unwrap();
    let staged =
        render_all(&renderer, |path, output| folder.stage(path, output)).unwrap_or_else(|_| panic!("it is built"));
    folder.publish(staged).unwrap()
}

fn ask(question: &str) {
    let (corpus, _) = corpus(&sample(), &options());
    let (index, columns) = (Index::new(&corpus), FilterColumns::new(&corpus));
    let query = Query::parse(question);
    let answer = Searcher::new(&index, &columns).search(&query);
    for hit in answer.hits {
        let _ = casebook::search::excerpt(&casebook::search::review_of(&corpus, hit.number).text, &query, &[]);
    }
}
