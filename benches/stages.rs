//! How long each stage of a build takes, over the reviews of the benchmark: `cargo bench`.

#![allow(clippy::disallowed_methods, reason = "a benchmark writes its site to disk")]

use std::path::Path;
use std::sync::LazyLock;

use casebook::disk::{self, OutputFolder};
use casebook::document::parse;
use casebook::pipeline::{Audience, LeakDetector, Options, Prepared, prepare, render_all, review_files};
use casebook::search::Index;
use casebook::text::{Source, SourceSet};
use chrono::NaiveDate;
use divan::Bencher;
use tempfile::TempDir;

#[allow(dead_code, reason = "it is a program of its own, too")]
#[path = "../bench/content.rs"]
mod content;

const REVIEWS: usize = 200;

fn main() {
    divan::main();
}

struct Site {
    folder: TempDir,
    sources: SourceSet,
    options: Options,
}

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder can be made");
    content::write_sites(folder.path(), REVIEWS);
    let settings = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/casebook/casebook.toml");
    std::fs::copy(settings, folder.path().join("casebook/casebook.toml")).expect("the settings can be copied");
    let sources = read(&folder.path().join("casebook"));
    let today = NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day");
    Site { folder, sources, options: Options { today, base_url: None, audience: Audience::Public } }
});

static PREPARED: LazyLock<Prepared> = LazyLock::new(|| prepare(&SITE.sources, &SITE.options));

fn read(folder: &Path) -> SourceSet {
    disk::read(folder, &review_files(disk::read_settings(folder).as_ref())).expect("the site can be read")
}

#[divan::bench]
fn read_folder(bencher: Bencher<'_, '_>) {
    let folder = SITE.folder.path().join("casebook");
    bencher.bench(|| read(&folder));
}

#[divan::bench]
fn parse_reviews(bencher: Bencher<'_, '_>) {
    let reviews: Vec<&Source> =
        SITE.sources.texts.values().filter(|source| source.path.extension() == Some("md")).collect();
    bencher.bench(|| reviews.iter().map(|source| parse(source).sections.len()).sum::<usize>());
}

#[divan::bench]
fn check_and_plan(bencher: Bencher<'_, '_>) {
    bencher.bench(|| prepare(&SITE.sources, &SITE.options));
}

#[divan::bench]
fn search_index(bencher: Bencher<'_, '_>) {
    let renderer = PREPARED.renderer.as_ref().expect("the site has no errors");
    bencher.bench(|| Index::new(&renderer.analysis().corpus));
}

#[divan::bench]
fn leak_detector(bencher: Bencher<'_, '_>) {
    let renderer = PREPARED.renderer.as_ref().expect("the site has no errors");
    bencher.bench(|| LeakDetector::new(&SITE.sources, &renderer.analysis().corpus));
}

/// Every output below a folder, or with this ending, is one stage.
#[divan::bench(args = ["reviews/", "factors/", "data/", ".xml", ".txt"])]
fn render(bencher: Bencher<'_, '_>, part: &str) {
    let renderer = PREPARED.renderer.as_ref().expect("the site has no errors");
    let paths = renderer.paths();
    let wanted: Vec<_> = paths.iter().map(|path| (path, path.as_str())).collect();
    let wanted: Vec<_> =
        wanted.into_iter().filter(|(_, path)| path.starts_with(part) || path.ends_with(part)).collect();
    bencher.bench(|| wanted.iter().map(|(path, _)| renderer.render(path).is_some()).filter(|made| *made).count());
}

#[divan::bench(sample_count = 10)]
fn render_and_write(bencher: Bencher<'_, '_>) {
    let renderer = PREPARED.renderer.as_ref().expect("the site has no errors");
    let folder = SITE.folder.path().join("casebook");
    bencher.with_inputs(|| tempfile::tempdir().expect("a folder can be made")).bench_refs(|output| {
        let output = OutputFolder::open(&output.path().join("public"), &folder).expect("the folder is empty");
        let staged = render_all(renderer, |path, made| output.stage(path, made));
        output.publish(staged.expect("everything can be rendered")).expect("everything can be written").written
    });
}
