//! Whatever is done to a site folder, and in whatever order: the preview shows what a fresh build would write.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use crate::support::preview::Preview;
use crate::support::{TODAY, TestSite};
use casebook::disk;
use casebook::document::parse;
use casebook::lower::lower;
use casebook::pipeline::{Audience, Configuration, Options, Prepared, Rebuilder, ReviewRules, Stages, prepare};
use casebook::render::Renderer;
use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
use casebook::text::{Output, SitePath, Source};
use chrono::NaiveDate;
use rayon::prelude::*;

/// How often a folder is changed, and what it becomes compared.
const EDITS: usize = 200;

/// The same with a preview that runs, and hears of the changes by itself.
const EDITS_OVER_HTTP: usize = 40;

/// Numbers that look random and are the same each time: SplitMix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        (!of.is_empty()).then(|| &of[self.below(of.len())])
    }
}

/// Somebody who works on a site.
struct Author {
    space: TestSite,
    chance: Chance,
    count: usize,
}

impl Author {
    fn new(seed: u64) -> Self {
        let space = TestSite::empty();
        space.write("casebook.toml", "title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\n");
        space.write("content/factors.toml", SAMPLE_FACTORS);
        let mut author = Self { space, chance: Chance(seed), count: 0 };
        (0..3).for_each(|_| _ = author.add_review());
        author
    }

    fn files(&self, folder: &str, suffix: &str) -> Vec<String> {
        let is_there = self.space.path(folder).is_dir();
        let below = if is_there { self.space.files(folder) } else { BTreeMap::new() };
        below.into_keys().filter(|name| name.ends_with(suffix)).map(|name| format!("{folder}/{name}")).collect()
    }

    fn review(&mut self) -> Option<String> {
        let reviews = self.files("content/reviews", ".md");
        self.chance.one(&reviews).cloned()
    }

    fn number(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn add_review(&mut self) -> String {
        let number = self.number();
        let day = format!("2024-03-{:02}", 1 + number % 28);
        let text = SAMPLE_REVIEW.replace("2024-03-04", &day).replace("A filter rule", &format!("Filter rule {number}"));
        let id = format!("{day}-case-{number}");
        let path = match self.chance.below(3) {
            0 => format!("content/reviews/{id}/index.md"),
            1 => format!("content/reviews/2024/{id}.md"),
            _ => format!("content/reviews/{id}.md"),
        };
        self.space.write(&path, text);
        format!("adds {path}")
    }

    fn change(&mut self, path: &str, from: &str, to: &str) -> String {
        if !self.space.path(path).exists() {
            return format!("finds no {path}");
        }
        let text = self.space.read(path);
        self.space.write(path, text.replacen(from, to, 1));
        format!("changes {from:?} to {to:?} in {path}")
    }

    fn remove(&mut self, folder: &str, suffix: &str) -> String {
        let files = self.files(folder, suffix);
        let Some(path) = self.chance.one(&files) else { return format!("removes nothing of {folder}") };
        fs::remove_file(self.space.path(path)).unwrap();
        format!("removes {path}")
    }

    /// Moves a file or a folder to a name that is free, in the same folder.
    fn rename(&mut self, from: PathBuf) -> String {
        let number = self.number();
        let suffix = from.extension().map(|suffix| format!(".{}", suffix.to_str().unwrap())).unwrap_or_default();
        let to = from.with_file_name(format!("2024-04-{:02}-moved-{number}{suffix}", 1 + number % 28));
        fs::rename(&from, &to).unwrap();
        format!("renames {} to {}", from.display(), to.display())
    }

    /// Takes a folder of the site away, or brings it back.
    fn carry(&mut self, folder: &str) -> String {
        let (here, away) = (self.space.path(folder), self.space.path(&format!("away-{folder}")));
        let moves = if here.exists() { (here, away) } else { (away, here) };
        // Where both are there, nothing happens.
        let _ = fs::rename(&moves.0, &moves.1);
        format!("carries {folder} to {}", moves.1.display())
    }

    /// Does something, and says what.
    #[allow(clippy::too_many_lines, reason = "a list of edits, one arm each")]
    fn work(&mut self) -> String {
        let number = self.number();
        match self.chance.below(24) {
            0 | 1 => self.add_review(),
            2 | 3 => {
                let Some(path) = self.review() else { return self.add_review() };
                self.change(&path, "The rule's author", &format!("The author of rule {number}"))
            }
            4 => {
                let Some(path) = self.review() else { return self.add_review() };
                let severity = ["P1", "P2", "P3", "P8"][self.chance.below(4)];
                let old = self.space.read(&path).lines().find(|line| line.starts_with("severity")).map(str::to_owned);
                self.change(&path, &old.unwrap_or_default(), &format!("severity = \"{severity}\""))
            }
            5 => {
                let Some(path) = self.review() else { return self.add_review() };
                let (a, b) = if number.is_multiple_of(2) { ("final", "draft") } else { ("draft", "final") };
                self.change(&path, &format!("status = \"{a}\""), &format!("status = \"{b}\""))
            }
            6 => self.remove("content/reviews", ".md"),
            7 => match self.review() {
                Some(path) if !path.ends_with("index.md") => self.rename(self.space.path(&path)),
                Some(path) => self.rename(self.space.path(&path).parent().unwrap().to_owned()),
                None => self.add_review(),
            },
            8 => {
                let folders: Vec<PathBuf> = fs::read_dir(self.space.path("content/reviews"))
                    .map(|entries| entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect())
                    .unwrap_or_default();
                match self.chance.one(&folders).cloned() {
                    Some(folder) => self.rename(folder),
                    None => self.add_review(),
                }
            }
            9 => {
                let levels = ["", "[levels]\nvague-action = \"error\"\n", "[levels]\nvague-action = \"off\"\n"];
                let base = ["https://example.org/repo/", "https://example.org/"][self.chance.below(2)];
                let levels = self.chance.one(&levels).unwrap();
                self.space
                    .write("casebook.toml", format!("title = \"Site {number}\"\nbase_url = \"{base}\"\n{levels}"));
                "changes casebook.toml".to_owned()
            }
            10 => self.change("content/factors.toml", "definition = \"", &format!("definition = \"{number} ")),
            11 => {
                let more = format!(
                    "\n[[factor]]\nid = \"new-{number}\"\nname = \"New {number}\"\ncategory = \"process\"\ndefinition = \"It is new.\"\n"
                );
                let is_there = self.space.path("content/factors.toml").exists();
                let text = if number.is_multiple_of(3) || !is_there {
                    SAMPLE_FACTORS.to_owned()
                } else {
                    self.space.read("content/factors.toml")
                };
                self.space.write("content/factors.toml", text + &more);
                "changes the registry".to_owned()
            }
            12 => {
                let text = [
                    format!("<p>{number}</p>"),
                    format!("{{% extends \"default/home.html\" %}}{{% block title %}}{number}{{% endblock title %}}"),
                    "{% if %}".to_owned(),
                    "{{ page.nothing.there }}".to_owned(),
                ];
                let text = self.chance.one(&text).unwrap();
                self.space.write("themes/default/templates/home.html", text);
                format!("changes a template to {text}")
            }
            13 => {
                // Every page has it.
                let text =
                    format!("{{% component icon(name) %}}<i>{number} {{{{ name }}}}</i>{{% endcomponent icon %}}");
                self.space.write("themes/default/templates/components/icon.html", text);
                "changes a component".to_owned()
            }
            14 => self.remove("themes", ".html"),
            15 => {
                self.space.write("themes/default/assets/style.css", format!("body {{ margin: {number}px }}"));
                "changes a style".to_owned()
            }
            16 => {
                let Some(path) = self.review() else { return self.add_review() };
                let folder = path.rsplit_once('/').unwrap().0.to_owned();
                self.space
                    .write(&format!("{folder}/picture.gif"), format!("GIF89a{}", char::from(65 + (number % 26) as u8)));
                self.change(&path, "## Root cause\n", "## Root cause\n\n![A curve](picture.gif)\n")
            }
            17 => self.remove("content/reviews", ".gif"),
            18 => {
                self.space.write(&format!("static/deep-{}/file.txt", number % 5), format!("{number}"));
                "writes a file of static".to_owned()
            }
            19 => self.carry("static"),
            20 => {
                let folder = ["themes", "content"][self.chance.below(2)];
                self.carry(folder)
            }
            21 => {
                self.space.write(
                    &format!("content/pages/page-{}.md", number % 3),
                    format!("+++\ntitle = \"Page {number}\"\n+++\n\nHello.\n"),
                );
                "writes a page".to_owned()
            }
            22 => {
                // As long as before, and a moment later.
                let Some(path) = self.review() else { return self.add_review() };
                let text = self.space.read(&path);
                let (a, b) = if text.contains("until the rule") {
                    ("until the rule", "until one rule")
                } else {
                    ("until one rule", "until the rule")
                };
                self.change(&path, a, b)
            }
            _ => {
                let Some(path) = self.review() else { return self.add_review() };
                let text = self.space.read(&path);
                self.space.write(
                    &path,
                    if text.contains('\r') { text.replace("\r\n", "\n") } else { text.replace('\n', "\r\n") },
                );
                format!("changes the line ends of {path}")
            }
        }
    }

    fn fresh(&self) -> Prepared {
        prepare(&disk::read(&self.space.path(""), &casebook::pipeline::review_files(None)).unwrap(), &options())
    }

    /// What a build would write, by path. Of a page whose template fails, the finding.
    fn built(&self, prepared: &Prepared) -> Option<BTreeMap<String, Vec<u8>>> {
        self.rendered(prepared.renderer.as_ref())
    }

    /// What `renderer` makes, by path. Of a page whose template fails, the finding.
    fn rendered(&self, renderer: Option<&Arc<Renderer>>) -> Option<BTreeMap<String, Vec<u8>>> {
        let renderer = renderer?;
        let paths: Vec<_> = renderer.site().routes.keys().collect();
        let bytes = |output| match output {
            Ok(Output::Bytes(bytes)) => bytes,
            Ok(Output::Copy(source)) => disk::read_published(&self.space.path(""), &source).unwrap(),
            Err(finding) => format!("{finding:?}").into_bytes(),
        };
        Some(paths.par_iter().map(|path| (path.to_string(), bytes(renderer.render(path).unwrap()))).collect())
    }
}

/// A site folder that is built again after each edit.
struct WatchedSite {
    reader: disk::Reader,
    rebuilder: Rebuilder,
}

impl WatchedSite {
    fn new(space: &TestSite) -> Self {
        Self { reader: disk::Reader::new(&space.path("")), rebuilder: Rebuilder::default() }
    }

    /// The site before and after all reviews were judged together; none when nothing changed.
    fn build(&mut self, today: NaiveDate) -> Option<(Option<Prepared>, Prepared)> {
        let sources = Arc::new(self.reader.read(&casebook::pipeline::review_files(None)).unwrap());
        let options = Options { today, ..options() };
        let mut stages = self.rebuilder.start(&sources, &options, ReviewRules::AtOnce)?.stages;
        Some((stages.unjudged(), stages.finish()))
    }
}

fn today() -> NaiveDate {
    TODAY.parse().unwrap()
}

fn options() -> Options {
    Options { today: TODAY.parse().unwrap(), base_url: None, audience: Audience::Public }
}

fn compare(done: &[String], shown: &BTreeMap<String, Vec<u8>>, built: &BTreeMap<String, Vec<u8>>) {
    let paths = |of: &BTreeMap<String, Vec<u8>>| of.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(shown), paths(built), "{done:#?}");
    for (path, bytes) in built {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(shown[path] == *bytes, "{path}: {}\nis not\n{}\n{done:#?}", text(&shown[path]), text(bytes));
    }
}

#[test]
fn after_any_edit_every_page_is_what_a_build_would_write() {
    let mut author = Author::new(1);
    let mut site = WatchedSite::new(&author.space);
    let mut shown = site.build(today()).expect("the first reading is a change").1;
    let (mut done, mut good, mut stuck, mut unchanged, mut patience) = (Vec::new(), 0, 0, 0, 2);
    let mut shown_early = 0;
    for _ in 0..EDITS {
        done.push(author.work());
        let mut early = None;
        match site.build(today()) {
            Some((unjudged, prepared)) => {
                early = unjudged.and_then(|unjudged| unjudged.renderer);
                shown = prepared;
            }
            None => unchanged += 1,
        }
        if let (Some(early), Some(shown)) = (&early, &shown.renderer) {
            assert!(Arc::ptr_eq(early, shown), "what is shown early is what is shown in the end: {done:#?}");
            shown_early += 1;
        }
        let fresh = author.fresh();
        let said = |prepared: &Prepared| format!("{:#?} {:?}", prepared.findings, prepared.counts);
        assert_eq!(said(&shown), said(&fresh), "{done:#?}");
        match (author.built(&shown), author.built(&fresh)) {
            (Some(shown), Some(built)) => {
                (good, patience) = (good + 1, 2);
                compare(&done, &shown, &built);
                if good % 4 == 0 {
                    // Whoever starts a preview now sees the same, before anything is judged.
                    let sources = disk::read(&author.space.path(""), &casebook::pipeline::review_files(None)).unwrap();
                    let options = options();
                    let configuration = Configuration::read(&sources, &options);
                    let first = Stages::read(configuration, None, ReviewRules::Later).unjudged();
                    let first = first.unwrap_or_else(|| panic!("nothing can be seen unjudged: {done:#?}"));
                    assert!(first.findings.is_empty());
                    compare(&done, &author.built(&first).unwrap(), &built);
                }
            }
            // Somebody mends it, after a while.
            (None, None) if patience == 0 => done.push(mend(&mut author)),
            (None, None) => (stuck, patience) = (stuck + 1, patience - 1),
            (shown, built) => panic!("one of the two is stuck: {} {} {done:#?}", shown.is_none(), built.is_none()),
        }
    }
    assert!(shown_early > good / 2, "{shown_early} of {good} were shown before they were judged");
    assert!(
        good > EDITS / 3 && stuck > 5 && unchanged < EDITS / 4,
        "{good} good, {stuck} stuck, {unchanged} unchanged"
    );
}

#[test]
fn a_mistake_that_is_seen_only_among_all_takes_back_what_was_shown_early() {
    let space = TestSite::site();
    let mut site = WatchedSite::new(&space);
    site.build(today()).unwrap();
    let mut run = |from: &str, to: &str| {
        space.edit(from, to);
        let (unjudged, prepared) = site.build(today()).unwrap();
        (unjudged.is_some(), prepared.renderer.is_some())
    };
    assert_eq!(run("## Summary\n\n", "## Summary\n\nAs told [there](nowhere.md): "), (true, false));
    assert_eq!(run("As told [there](nowhere.md): ", "As told: "), (true, true));
    // Seen in the review alone, and nothing is shown early; what the author allows stands in nobody's way.
    assert_eq!(run("As told: ", "Ask jane.roe@acme-edge.org. "), (false, false));
    let allowed = "Ask jane.roe@acme-edge.org. <!-- casebook: allow personal-email: she asked for it --> ";
    assert_eq!(run("Ask jane.roe@acme-edge.org. ", allowed), (true, true));
    assert_eq!(run(allowed, ""), (true, true));
    assert_eq!(run("severity = \"P1\"", "severity = \"P1"), (false, false));
}

#[test]
fn a_new_day_is_a_change() {
    let space = TestSite::site();
    let tomorrow = today().succ_opt().unwrap();
    space.edit("publish = 2024-03-15", &format!("publish = {tomorrow}"));
    let mut site = WatchedSite::new(&space);
    let mut published = |day| Some(site.build(day)?.1.counts.published);
    assert_eq!(published(today()), Some(0), "there is an embargo");
    assert_eq!(published(today()), None);
    assert_eq!(published(tomorrow), Some(1), "it is over");
    assert_eq!(published(tomorrow), None);
}

/// What lists and other reviews show of a review decides whether the site has to be planned anew.
#[test]
fn only_prose_leaves_the_facts_of_a_review_as_they_are() {
    let sources = disk::read(&TestSite::site().path(""), &casebook::pipeline::review_files(None)).unwrap();
    let (options, path) = (options(), SitePath::new(SAMPLE_PATH).unwrap());
    let policy = Configuration::read(&sources, &options).policy;
    let read = |text: &str| lower(&parse(&Source::new(path.clone(), text)), &policy).0;
    let before = read(SAMPLE_REVIEW);
    for (from, to, is_prose) in [
        ("A new filter rule used", "A new rule, written in a hurry, used", true),
        ("the error-rate alert pages", "the alert for errors pages", true),
        ("82 % of requests", "Nearly all requests", true),
        ("Rules ran without", "All rules ran without", true),
        ("The alert waited for", "It waited for", true),
        ("13:57 —", "13:58 —", false),
        ("**Detected**", "**Responded**", false),
        ("**Pager on silent.**", "**A pager on silent.**", false),
        ("without a limit on CPU", "without a [limit](limit.png) on CPU", false),
        ("## Where we got lucky", "## Where we were", false),
        ("title = \"A filter", "title = \"The filter", false),
        ("severity = \"P1\"", "severity = \"P2\"", false),
        ("answer = \"partly\"", "answer = \"no\"", false),
        ("detection = \"monitoring\"", "detection = \"customer\"", false),
        ("reviewed = 2024-03-08", "reviewed = 2024-03-09", false),
        ("\"edge proxy\"", "\"edge\"", false),
        ("role = \"primary\"\n", "", false),
        ("id = \"no-staged-rollout\"", "id = \"no-staged-rollouts\"", false),
        ("owner = \"Edge platform team\"", "owner = \"Edge team\"", false),
        ("status = \"done\"", "status = \"open\"", false),
        ("closed = 2024-03-20", "closed = 2024-03-21", false),
        ("due = 2027-04-30", "due = 2027-05-01", false),
        ("\"tooling\"", "\"runbook\"", false),
        ("weakness = \"the-rule-s-author-was-at-work\"", "weakness = \"the-rule-s-author\"", false),
    ] {
        let after = read(&SAMPLE_REVIEW.replacen(from, to, 1));
        assert_eq!(after.has_same_facts(&before), is_prose, "{from} → {to}");
    }
}

/// Begins anew with what is certainly in order.
fn mend(author: &mut Author) -> String {
    for folder in ["content", "themes", "away-content", "away-themes"] {
        let _ = fs::remove_dir_all(author.space.path(folder));
    }
    author.space.write("casebook.toml", "title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\n");
    author.space.write("content/factors.toml", SAMPLE_FACTORS);
    (0..3).for_each(|_| _ = author.add_review());
    "begins anew".to_owned()
}

#[test]
fn a_preview_that_runs_shows_the_same() {
    let mut author = Author::new(7);
    let preview = Preview::start(&author.space, &[]);
    let mut last = author.rendered(author.fresh().preview.as_ref()).expect("the site is in order");
    let mut done = Vec::new();
    for round in 0..EDITS_OVER_HTTP {
        done.push(author.work());
        let fresh = author.fresh();
        let base = fresh.base_url.path().to_owned();
        // A page whose template fails is shown as it was before, which no build writes.
        let built = author.rendered(fresh.preview.as_ref());
        let is_whole = |built: &BTreeMap<String, Vec<u8>>| !built.values().any(|page| page.starts_with(b"Diagnostic"));
        let is_stuck = built.is_none();
        let Some(built) = built.or_else(|| Some(last.clone())).filter(is_whole) else {
            mend(&mut author);
            continue;
        };
        let shown = |it: &Preview| {
            let page = |path: &String| (path.clone(), it.get(&format!("{base}{path}")).published());
            built.keys().map(page).collect::<BTreeMap<_, _>>()
        };
        // Until a new base path is known, its addresses lead away.
        let errors = |it: &Preview| {
            let status = it.get(&format!("{base}__casebook/status?page="));
            (status.status == 200).then(|| status.json()["counts"]["errors"].as_u64())?
        };
        preview.until(&format!("edit {round}: {done:#?}"), |it| {
            errors(it) == Some(fresh.counts.errors as u64) && (is_stuck || shown(it) == built)
        });
        compare(&done, &shown(&preview), &built);
        for gone in last.keys().filter(|path| !built.contains_key(*path) && path.ends_with(".html")) {
            assert_eq!(preview.get(&format!("{base}{gone}")).status, 404, "{gone} {done:#?}");
        }
        last = built;
    }
}
