//! The readers of what comes from outside, and what has to hold whatever they are given.

use std::cell::RefCell;
use std::sync::OnceLock;

use casebook::document::parse;
use casebook::import::reviews_in;
use casebook::lower::lower;
use casebook::model::{Metrics, Policy};
use casebook::pipeline::{
    Audience, BuildCache, Configuration, Options, Prepared, ReviewRules, Stages, corpus, review_files,
};
use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
use casebook::search::{FilterColumns, Index, Query, Searcher, excerpt};
use casebook::text::{Output, SitePath, Source, SourceSet, Span};

use super::{conversation, seed};

/// The settings of a site that reads the dataset of another one.
const SETTINGS: &str = "title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\norganisation = \"We\"\n\
                        sources = [{ id = \"them\", organisation = \"Us\" }]\n";

/// A reader, and what it may be given.
pub struct Target {
    pub name: &'static str,
    /// Reads some bytes. It panics when something does not hold.
    pub read: fn(&[u8]),
    /// What to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// How many seeds that were changed it gets in each test run.
    pub changes: usize,
}

/// All readers.
pub const TARGETS: &[Target] = &[
    Target { name: "toml", read: |bytes| check_document(&between("+++", bytes)), seeds: seed::toml, changes: 100 },
    Target { name: "yaml", read: |bytes| check_document(&between("---", bytes)), seeds: seed::yaml, changes: 100 },
    Target { name: "document", read: |bytes| check_document(&text(bytes)), seeds: seed::reviews, changes: 100 },
    Target { name: "timeline", read: read_timeline, seeds: seed::timelines, changes: 100 },
    Target { name: "page", read: read_page, seeds: seed::reviews, changes: 100 },
    Target { name: "config", read: |bytes| read_file("casebook.toml", bytes), seeds: seed::settings, changes: 100 },
    Target {
        name: "registry",
        read: |bytes| read_file("content/factors.toml", bytes),
        seeds: seed::registries,
        changes: 100,
    },
    Target {
        name: "dataset",
        read: |bytes| read_file("content/sources/them.json", bytes),
        seeds: seed::datasets,
        changes: 100,
    },
    Target { name: "query", read: read_query, seeds: seed::queries, changes: 100 },
    Target { name: "import", read: read_container, seeds: seed::containers, changes: 100 },
    Target { name: "lsp", read: conversation::hold, seeds: seed::conversations, changes: 16 },
];

/// Asserts that reading a text ends, loses nothing, and points at places that exist.
pub fn check_document(text: &str) {
    let path = SitePath::new("content/reviews/2024-01-01-x.md").unwrap();
    let source = Source { path, text: text.into() };
    let document = parse(&source);
    let published = &*document.published;
    assert_eq!(published.len(), document.source.text.len());
    for (at, c) in published.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let place = document.map.to_source(Span::new(at, at + c.len_utf8()));
        assert_eq!(place.slice(text), c.to_string(), "the place of a character is where it stands in the file");
    }
    let (review, problems) = lower(&document, &Policy::default());
    for problem in &document.redaction_problems.0 {
        assert!(text.get(problem.span.range()).is_some(), "{problem:?} points outside the file, or into a character");
    }
    for problem in &problems {
        let span = document.map.to_source(problem.span);
        assert!(text.get(span.range()).is_some(), "{problem:?} points outside the file, or into a character");
    }
    for entry in review.timeline.entries() {
        assert!(published.get(entry.span.range()).is_some());
        assert!(published.is_char_boundary(entry.text_start));
    }
    for part in &review.parts {
        assert!(published.get(part.content.range()).is_some());
    }
    let _ = Metrics::derive(&review.timeline);
}

fn read_timeline(bytes: &[u8]) {
    let entries = format!("## Timeline\n\n{}", text(bytes));
    check_document(&SAMPLE_REVIEW.replacen("## Timeline\n", &entries, 1));
}

/// A page shows whatever a text says, and runs nothing of it.
fn read_page(bytes: &[u8]) {
    static SCRIPTS: OnceLock<usize> = OnceLock::new();
    let scripts = |body: &str| {
        let review = SAMPLE_REVIEW.replacen("## Root cause\n", &format!("## Root cause\n\n{body}\n\n"), 1);
        let prepared = prepare(SAMPLE_PATH, &review);
        let renderer = prepared.preview.or(prepared.renderer)?;
        let page = renderer.page_of(&SitePath::new(SAMPLE_PATH).unwrap())?;
        let html = match renderer.render(page)?.unwrap_or_else(|finding| panic!("{finding:?}")) {
            Output::Bytes(html) => String::from_utf8(html).unwrap(),
            Output::Copy(path) => panic!("{path} is copied"),
        };
        let leads_to_script = html.to_lowercase().contains("=\"javascript:");
        assert!(!leads_to_script, "an address is a script");
        Some(html.matches("<script").count())
    };
    let usual = *SCRIPTS.get_or_init(|| scripts("").unwrap());
    if let Some(found) = scripts(&text(bytes)) {
        assert_eq!(found, usual, "a text brings a script");
    }
}

fn read_file(path: &str, bytes: &[u8]) {
    prepare(path, &text(bytes));
}

/// The sample site with another text in the place of a file, checked and reported.
fn prepare(path: &str, text: &str) -> Prepared {
    thread_local! {
        static CACHE: RefCell<BuildCache> = RefCell::default();
    }
    let mut sources = SourceSet::default();
    let files = [("casebook.toml", SETTINGS), ("content/factors.toml", SAMPLE_FACTORS), (SAMPLE_PATH, SAMPLE_REVIEW)];
    for (path, text) in files.into_iter().chain([(path, text)]) {
        sources.add_text(SitePath::new(path).unwrap(), text);
    }
    let _ = review_files(sources.text("casebook.toml"));
    let options = options();
    let prepared = CACHE.with_borrow_mut(|cache| {
        Stages::read(Configuration::read(&sources, &options), Some(cache), ReviewRules::AtOnce).finish()
    });
    let report = casebook::report::json(&prepared.findings, &prepared.counts, &sources);
    assert!(report.contains("summary"));
    let _ = casebook::report::human(&prepared.findings, &sources, casebook::report::Colour::Ansi);
    prepared
}

fn options() -> Options {
    Options { today: "2026-11-24".parse().unwrap(), base_url: None, audience: Audience::Public }
}

fn read_query(bytes: &[u8]) {
    static CORPUS: OnceLock<(casebook::model::Corpus, Index, FilterColumns)> = OnceLock::new();
    let (corpus, index, columns) = CORPUS.get_or_init(|| {
        let mut sources = SourceSet::default();
        sources.add_text(SitePath::new("casebook.toml").unwrap(), SETTINGS);
        sources.add_text(SitePath::new("content/factors.toml").unwrap(), SAMPLE_FACTORS);
        for (number, review) in seed::reviews().iter().enumerate() {
            let path = SitePath::new(&format!("content/reviews/r{number}.md")).unwrap();
            sources.add_text(path, &String::from_utf8_lossy(review));
        }
        let (corpus, _) = corpus(&sources, &options());
        let (index, columns) = (Index::new(&corpus), FilterColumns::new(&corpus));
        (corpus, index, columns)
    });
    let query = Query::parse(&text(bytes));
    let answer = Searcher::new(index, columns).search(&query);
    for hit in &answer.hits {
        let _ = excerpt(&casebook::search::review_of(corpus, hit.number).text, &query, &[]);
    }
}

/// The first line of the bytes is the name of the file. What comes over is read like any other review.
fn read_container(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let Ok(path) = SitePath::new(&text(&bytes[..end])) else { return };
    for (path, review) in reviews_in(path, bytes.get(end + 1..).unwrap_or_default().to_vec()) {
        assert!(!review.contains('\u{0}'), "{path} has a character that no text has");
        check_document(&review);
    }
}

/// A document whose front matter is some text.
fn between(fence: &str, bytes: &[u8]) -> String {
    format!("{fence}\n{}\n{fence}\n\n## Summary\n\nIt was late.\n", text(bytes))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}
