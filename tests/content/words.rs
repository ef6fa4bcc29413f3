//! Nothing is lost: every word of a review stands on its page, in the order of the text, and so it does in all that is made
//! for programs and searched.
//!
//! The reviews are those of this repository, of the demo and the skeletons of real ones in `tests/content/labels`. The
//! variable `CASEBOOK_CORPUS` names a folder with more, each a Markdown file, with front matter or without.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use casebook::disk;
use casebook::document::SectionKind;
use casebook::model::{FactorRole, Line, Part, Review};
use casebook::pipeline::{Audience, Configuration, Options, ReviewRules, Stages};
use casebook::render::Renderer;
use casebook::rules::CATALOGUE;
use casebook::search::passages;
use casebook::text::{Output, SitePath, SourceSet, Span};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::support::TestSite;
use crate::support::html::{self, Block};

/// A word and where it stands in the text of its review.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    at: usize,
}

/// The letters and digits of a text that stand together.
fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric();
    let mut from = 0;
    text.split(move |c| !is_part(c)).filter_map(move |word| {
        let at = from;
        from += word.len() + text[from + word.len()..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((at, word))
    })
}

fn words(text: &str) -> Vec<String> {
    split(text).map(|(_, word)| word.to_lowercase()).collect()
}

/// What a parser reads in a text. The places count from the beginning of its body.
fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    use pulldown_cmark::Options;
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let options = options | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
    Parser::new_ext(text, options).into_offset_iter()
}

/// What a code host shows of a review.
fn source_words(review: &Review) -> (Vec<Word>, Vec<Word>) {
    let (mut shown, mut notes) = event_words(review.body.slice(&review.text));
    shown.iter_mut().chain(&mut notes).for_each(|word| word.at += review.body.start);
    (shown, notes)
}

/// A text with blanks where a code host shows a character for a name between colons.
fn without_short_codes(text: &str) -> String {
    let mut shown = String::new();
    for (at, piece) in text.split(':').enumerate() {
        shown.push_str(if at == 0 { "" } else { ":" });
        let is_code = emojis::get_by_shortcode(piece).is_some();
        shown.push_str(&if is_code { " ".repeat(piece.len()) } else { piece.to_owned() });
    }
    shown
}

/// What a code host shows of a text: the words of all its events, and those of footnotes.
fn event_words(text: &str) -> (Vec<Word>, Vec<Word>) {
    let (mut shown, mut notes) = (Vec::new(), Vec::new());
    let mut is_note = false;
    // Where a line does not end a word, the next event goes on with it: `**b**old`.
    let mut run = String::new();
    let mut start = 0;
    for (event, range) in events(text) {
        let words = if is_note { &mut notes } else { &mut shown };
        let at = range.start;
        match event {
            Event::Text(text) => {
                if run.is_empty() {
                    start = at;
                }
                run.push_str(&without_short_codes(&text));
                continue;
            }
            Event::Code(text) => {
                if run.is_empty() {
                    start = at;
                }
                run.push_str(&text);
                continue;
            }
            Event::Start(tag) if is_inline(tag.to_end()) && !matches!(tag, Tag::Image { .. }) => continue,
            Event::End(tag) if is_inline(tag) && tag != TagEnd::Image => continue,
            _ => {}
        }
        words.extend(split(&std::mem::take(&mut run)).map(|(_, word)| Word { text: word.to_lowercase(), at: start }));
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let text = without_tags(&html);
                words.extend(split(&text).map(|(_, word)| Word { text: word.to_lowercase(), at }));
            }
            Event::Start(Tag::FootnoteDefinition(_)) => is_note = true,
            Event::End(TagEnd::FootnoteDefinition) => is_note = false,
            _ => {}
        }
    }
    shown.extend(split(&run).map(|(_, word)| Word { text: word.to_lowercase(), at: start }));
    (shown, notes)
}

fn is_inline(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
    matches!(tag, Emphasis | Strong | Strikethrough | Link | Image)
}

fn without_tags(html: &str) -> String {
    html.split('<').map(|part| part.split_once('>').map_or(part, |(_, after)| after)).collect::<Vec<_>>().join(" ")
}

/// Words that the time of an entry consists of. A page writes them in its own way: what they mean is tested elsewhere.
const TIME_WORDS: &[&str] = &[
    "a",
    "about",
    "am",
    "approx",
    "approximately",
    "around",
    "c",
    "ca",
    "circa",
    "ish",
    "m",
    "of",
    "p",
    "pm",
    "t",
    "th",
    "the",
    "to",
    "until",
    "utc",
    "gmt",
    "z",
];

const NAMES: [&str; 19] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

fn is_of_a_time(word: &str) -> bool {
    let is_name = word.len() >= 3 && NAMES.iter().any(|name| name.starts_with(word) || word == "sept");
    word.contains(|c: char| c.is_ascii_digit()) || is_name || TIME_WORDS.contains(&word)
}

/// The places of the times of a timeline, and of the lines that say the day of those below.
fn time_places(review: &Review) -> Vec<Span> {
    let line = |line: Line<'_>| match line {
        Line::Timed(_, entry) => (entry.span, Some(entry.stamp_span)),
        Line::Untimed(entry) => (entry.span, None),
    };
    let lines: Vec<(Span, Option<Span>)> = review.timeline.lines().into_iter().map(line).collect();
    let is_entry = |place: &Span| lines.iter().any(|(span, _)| span == place);
    let days = review.timeline.places().into_iter().filter(|place| !is_entry(place));
    days.chain(lines.iter().filter_map(|(_, stamp)| *stamp)).collect()
}

/// Words in the head of a table that say no more than that below them are times, and what happened then.
const HEADS: &[&str] = &["and", "date", "day", "event", "pst", "pt", "state", "status", "time"];

/// The heads of the tables whose rows are entries.
fn heads_of_timelines(review: &Review) -> Vec<Span> {
    let places = review.timeline.places();
    let mut heads = Vec::new();
    let mut table = Span::at(0);
    for (event, range) in events(review.body.slice(&review.text)) {
        let place = Span::new(review.body.start + range.start, review.body.start + range.end);
        match event {
            Event::Start(Tag::Table(_)) => table = place,
            Event::Start(Tag::TableHead) if places.iter().any(|entry| table.contains(*entry)) => heads.push(place),
            _ => {}
        }
    }
    heads
}

/// A site with its reviews, ready to be rendered.
struct Rendered {
    name: String,
    renderer: std::sync::Arc<Renderer>,
}

fn options() -> Options {
    Options { today: "2026-11-24".parse().unwrap(), base_url: None, audience: Audience::Public }
}

fn rendered(name: &str, sources: &SourceSet) -> Rendered {
    let options = options();
    // The words of a review are the same whether it may be published or not.
    let mut stages = Stages::read(Configuration::read(sources, &options), None, ReviewRules::Later);
    let prepared = stages.unjudged().unwrap_or_else(|| panic!("{name} has errors: {:#?}", stages.finish().findings));
    let renderer = prepared.renderer.unwrap();
    Rendered { name: name.to_owned(), renderer }
}

/// A site of all Markdown files below a folder, each under a front matter that lets it be published.
fn adopted(folder: &Path) -> SourceSet {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    let mut sources = SourceSet::default();
    let off = CATALOGUE
        .iter()
        .filter(|rule| !rule.metadata.is_fixed(rule.metadata.level))
        .map(|rule| format!("{} = \"off\"\n", rule.metadata.name));
    let levels: String = off.collect();
    let config = format!("title = \"Corpus\"\nbase_url = \"https://example.org/\"\n{EXPORTS}[levels]\n{levels}");
    sources.add_text(SitePath::new("casebook.toml").unwrap(), &config);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(folder).unwrap().to_string_lossy().to_lowercase();
        let name: String =
            name.trim_end_matches(".md").chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let body = body(&text);
        let title = body.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(&name).trim();
        let front = format!(
            "+++\ntitle = {title:?}\nseverity = \"P3\"\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\npublish = 2024-01-01\n\
             [impact]\nusers = \"Some.\"\n+++\n"
        );
        let path = SitePath::new(&format!("content/reviews/{name}.md")).unwrap();
        sources.add_text(path, &(front + body));
    }
    sources
}

/// A text without the front matter of other programs.
fn body(text: &str) -> &str {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("+++\n"));
    let end = rest.and_then(|rest| ["\n---\n", "\n+++\n"].iter().find_map(|end| rest.split_once(end)));
    end.map_or(text, |(_, body)| body)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "md")
            && path.file_name().is_none_or(|name| name != "README.md")
        {
            files.push(path);
        }
    }
}

/// Settings by which each review has a text of its own and stands in the feed.
const EXPORTS: &str = "[feeds]\nlimit = 1000\nevents = [\"new\"]\n[exports]\nper_review = [\"markdown\", \"json\"]\n";

fn sites() -> Vec<Rendered> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |site: &TestSite| {
        site.write("casebook.toml", site.read("casebook.toml") + "\n" + EXPORTS);
        disk::read(&site.path(""), &casebook::pipeline::review_files(None)).unwrap()
    };
    let mut sites = vec![
        rendered("bundled", &read(&TestSite::bundled())),
        rendered("demo", &read(&TestSite::demo())),
        rendered("labels", &adopted(&root.join("tests/content/labels"))),
    ];
    match std::env::var("CASEBOOK_CORPUS") {
        Ok(folder) => sites.push(rendered("corpus", &adopted(Path::new(&folder)))),
        Err(_) => println!("CASEBOOK_CORPUS names no folder: only the reviews of this repository are compared"),
    }
    sites
}

impl Rendered {
    fn reviews(&self) -> impl Iterator<Item = &Review> {
        self.renderer.analysis().corpus.local().map(|(_, review)| &**review)
    }

    fn text(&self, path: &SitePath) -> String {
        match self.renderer.render(path).map(Result::unwrap) {
            Some(Output::Bytes(bytes)) => String::from_utf8(bytes).unwrap(),
            _ => panic!("{path} is no text"),
        }
    }

    fn page(&self, review: &Review) -> Vec<Block> {
        let html = self.text(self.renderer.page_of(&review.path).unwrap());
        let (_, article) = html.split_once("<article class=\"review\"").unwrap();
        // What follows the text repeats some of it: how to cite the review, what it is connected with.
        let end = ["<details class=\"cite\"", "id=\"related\""].iter().filter_map(|mark| article.find(mark)).min();
        html::blocks(&article[..end.unwrap()], &["lead", "contents"])
    }
}

/// The words of a review, footnotes left out, that its page has to show. The headings of the template stand there in the
/// words of the site, and times as the site writes them.
fn wanted_words(review: &Review) -> Vec<Word> {
    let (mut shown, _) = source_words(review);
    let parts = review.parts.iter().filter(|part| part.has_heading_of_template());
    let headings: Vec<Span> = parts.filter_map(|part| Some(part.title.as_ref()?.span)).collect();
    let (times, heads, told) = (time_places(review), heads_of_timelines(review), told_otherwise(review));
    let primary = primary_factors(review);
    let is_in = |places: &[Span], word: &Word| places.iter().any(|at| at.start <= word.at && word.at < at.end);
    shown.retain(|word| {
        let is_role = word.text == "primary" && is_in(&primary, word);
        let is_head = is_in(&heads, word) && HEADS.contains(&word.text.as_str());
        let is_time = (is_in(&times, word) || is_in(&heads, word)) && is_of_a_time(&word.text);
        !is_head && !is_time && !is_in(&headings, word) && !is_in(&told, word) && !is_role
    });
    shown
}

/// Where a list of factors may say which is primary.
fn primary_factors(review: &Review) -> Vec<Span> {
    let items = review.factors.iter().filter(|used| used.role == FactorRole::Primary);
    items.filter_map(|used| Some(Span::new(used.written.as_ref()?.item?.start, used.written.as_ref()?.rest))).collect()
}

/// Where items inside an action say its fields. The site shows them in its own words, as it does with the part that a factor
/// played; `content::forms` compares what they say.
fn told_otherwise(review: &Review) -> Vec<Span> {
    const FIELDS: [&str; 9] = ["Answers", "Owner", "Due", "Status", "Closed", "Kind", "Updates", "Id", "Tracked"];
    let mut places: Vec<Span> = Vec::new();
    for action in &review.actions {
        let mut start = action.span.start;
        for line in action.span.slice(&review.text).split_inclusive('\n') {
            let words = line.trim_start().strip_prefix("- ").unwrap_or_default();
            if start > action.span.start && FIELDS.iter().any(|field| words.starts_with(&format!("{field}: "))) {
                places.push(Span::new(start, start + line.len()));
            }
            start += line.len();
        }
    }
    places
}

/// The words that stand more often in `wanted` than in `there`.
fn missing<'a>(wanted: impl Iterator<Item = &'a Word>, there: &[String]) -> Vec<&'a Word> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    there.iter().for_each(|word| *counts.entry(word).or_default() += 1);
    wanted
        .filter(|word| match counts.get_mut(word.text.as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .collect()
}

fn report(review: &Review, missing: &[&Word]) -> String {
    let first = missing[0].at;
    let line = review.text[..first].matches('\n').count() + 1;
    let words: Vec<&str> = missing.iter().take(12).map(|word| word.text.as_str()).collect();
    format!("{}:{line}: {} words: {}", review.path, missing.len(), words.join(" "))
}

/// The first of the words that does not follow those before it.
fn out_of_order<'a>(wanted: impl Iterator<Item = &'a Word>, there: &[String]) -> Option<&'a Word> {
    let mut rest = there.iter();
    wanted.into_iter().find(|word| !rest.any(|there| *there == word.text))
}

/// What keeps a part of a review from standing in its block of the page, under its heading and in its order.
fn fault(review: &Review, part: &Part, block: &Block, wanted: &[Word]) -> Option<String> {
    let there = words(&block.text);
    let heading = words(part.heading());
    if !part.has_heading_of_template() && !there.starts_with(&heading) {
        return Some(format!("is not under {heading:?}"));
    }
    let told = |word: &Word| report(review, &[word]);
    // How far an action is stands on the page in the words of the site, before the action.
    let is_state = |word: &Word| {
        part.kind == Some(SectionKind::Actions) && ["done", "in", "progress"].contains(&word.text.as_str())
    };
    let wanted: Vec<Word> = wanted.iter().filter(|word| !is_state(word)).cloned().collect();
    // A page shows the entries of a timeline first, and below them what stands between them.
    let entries = review.timeline.places();
    let is_in_entry = |word: &&Word| entries.iter().any(|at| at.start <= word.at && word.at < at.end);
    let lost = missing(wanted.iter(), &there).first().map(|word| told(word));
    let order = || out_of_order(wanted.iter().filter(is_in_entry), &there).map(told);
    let prose = || out_of_order(wanted.iter().filter(|word| !is_in_entry(word)), &there).map(told);
    lost.or_else(order).or_else(prose)
}

#[test]
fn every_section_keeps_its_words_its_order_and_its_heading() {
    let mut faults = Vec::new();
    for site in sites() {
        for review in site.reviews() {
            let page = site.page(review);
            let shown: Vec<Word> = wanted_words(review);
            for (part, anchor) in review.parts.iter().zip(review.part_anchors()) {
                let inside = |word: &&Word| part.content.start <= word.at && word.at < part.content.end;
                let wanted: Vec<Word> = shown.iter().filter(inside).cloned().collect();
                // A part without a heading has no name on its page.
                let id = anchor.filter(|_| part.kind.is_some() || !part.heading().is_empty()).unwrap_or_default();
                let here = page.iter().filter(|block| block.id == id);
                let found: Vec<Option<String>> = here.map(|block| fault(review, part, block, &wanted)).collect();
                if !wanted.is_empty() && found.iter().all(Option::is_some) {
                    faults.push(format!("{} {} {id}: {found:?}", site.name, review.path));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} parts:\n{}", faults.len(), faults.join("\n"));
}

/// The words of a review that `text` lacks; its times stand in it as they are written.
fn lacks(review: &Review, wanted: &[Word], text: &str) -> Option<String> {
    let there = words(text);
    let missing = missing(wanted.iter(), &there);
    (!missing.is_empty()).then(|| report(review, &missing))
}

/// The words of the entries and sections that the data of a review says in keys of their own.
fn data_lacks(review: &Review, wanted: &[Word], data: &Value) -> Option<String> {
    let said = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let text = |item: &Value| {
                let marks =
                    item["marks"].as_array().into_iter().flatten().chain([&item["written"]]).filter_map(Value::as_str);
                let text = item["text"].as_str().unwrap_or_default();
                marks.chain([text]).collect::<Vec<_>>().join("\n")
            };
            items.iter().map(text).collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    };
    let lack = |places: &[Span], texts: &[&str]| {
        let inside = |word: &&Word| places.iter().any(|at| at.start <= word.at && word.at < at.end);
        let wanted: Vec<Word> = wanted.iter().filter(inside).cloned().collect();
        let text: Vec<String> = texts.iter().map(|key| said(&data[key])).collect();
        lacks(review, &wanted, &text.join("\n"))
    };
    let entries = lack(&review.timeline.places(), &["timeline", "untimed"]);
    let prose = |kind, key: &str| lack(&[review.part(kind)?.content], &[key]);
    let items = |kind, key: &str| {
        let parts = review.parts.iter().filter(|part| part.kind == Some(kind));
        let items: Vec<Span> = parts.flat_map(|part| &part.items).map(|item| item.text).collect();
        lack(&items, &[key])
    };
    entries
        .or_else(|| prose(SectionKind::Summary, "summary"))
        .or_else(|| prose(SectionKind::RootCause, "root_cause"))
        .or_else(|| items(SectionKind::WentWell, "went_well"))
        .or_else(|| items(SectionKind::WentPoorly, "went_poorly"))
        .or_else(|| items(SectionKind::GotLucky, "got_lucky"))
}

#[test]
fn data_search_feeds_and_texts_have_every_word_of_a_review() {
    let mut lost = Vec::new();
    for site in sites() {
        let feed: Value = serde_json::from_str(&site.text(&SitePath::new("feed.json").unwrap())).unwrap();
        for review in site.reviews() {
            let (shown, notes) = source_words(review);
            let headings: Vec<&Part> = review.parts.iter().filter(|part| part.has_heading_of_template()).collect();
            let is_title = |word: &Word| {
                let mut titles = headings.iter().filter_map(|part| Some(part.title.as_ref()?.span));
                titles.any(|at| at.start <= word.at && word.at < at.end)
            };
            let all: Vec<Word> = shown.into_iter().filter(|word| !is_title(word)).chain(notes).collect();
            let mut check = |what: &str, lacks: Option<String>| {
                lost.extend(lacks.map(|lacks| format!("{} {what}: {lacks}", site.name)));
            };
            let passages: Vec<String> = passages(review).into_iter().map(|passage| passage.text).collect();
            check("search", lacks(review, &all, &format!("{}\n{}", review.title, passages.join("\n"))));
            let export = |ending: &str| site.text(&SitePath::new(&format!("reviews/{}.{ending}", review.id)).unwrap());
            let (shown, notes) = event_words(&export("md"));
            let markdown: Vec<String> = shown.into_iter().chain(notes).map(|word| word.text).collect();
            check("markdown", lacks(review, &all, &markdown.join(" ")));
            let url = format!("/reviews/{}.html", review.id);
            let item =
                feed["items"].as_array().unwrap().iter().find(|item| item["url"].as_str().unwrap().ends_with(&url));
            assert!(item.is_some() || review.is_withdrawn(), "{} is not in the feed", review.id);
            if let Some(item) = item {
                let html = html::blocks(item["content_html"].as_str().unwrap_or_default(), &[]);
                let html: Vec<String> = html.into_iter().map(|block| block.text).collect();
                check("feed", lacks(review, &all, &format!("{}\n{}", review.title, html.join("\n"))));
            }
            let data = serde_json::from_str(&export("json")).unwrap();
            check("data", data_lacks(review, &wanted_words(review), &data));
        }
    }
    assert!(lost.is_empty(), "{} texts:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn every_word_of_a_review_stands_on_its_page() {
    let mut lost = Vec::new();
    for site in sites() {
        let mut count = 0;
        for review in site.reviews() {
            count += 1;
            println!("{}", review.path);
            let page: Vec<String> = site
                .page(review)
                .iter()
                .filter(|block| block.id != "contents")
                .flat_map(|block| words(&block.text))
                .collect();
            let (wanted, notes) = (wanted_words(review), source_words(review).1);
            let missing = missing(wanted.iter().chain(&notes), &page);
            if !missing.is_empty() {
                lost.push(format!("{} {}", site.name, report(review, &missing)));
            }
        }
        println!("{}: {count} reviews", site.name);
    }
    assert!(lost.is_empty(), "{} reviews:\n{}", lost.len(), lost.join("\n"));
}
