//! `casebook search`: the lessons in the terminal, offline.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::{FINE, findings, terminal, workspace};
use crate::config::BaseUrl;
use crate::model::{Corpus, Review};
use crate::pipeline::{Audience, Options, corpus};
use crate::report::Colour;
use crate::search::{
    Answer, Excerpt, Field, FilterColumns, Hit, Index, Passage, Query, Searcher, UnknownValue, contains_phrase,
    excerpt, passages, review_of,
};
use crate::text::escape_line;

#[derive(Debug, Args)]
pub(super) struct Search {
    /// Words, "phrases", -exclusions, and factor:, service:, owner:, severity:, org:, year: or kind: with a value
    #[arg(required = true)]
    query: Vec<String>,
    /// Show at most this many reviews
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Also search drafts, embargoed and restricted reviews
    #[arg(long)]
    drafts: bool,
    /// Apply embargoes as of this day, such as 2026-03-31
    #[arg(long, value_name = "DATE", value_parser = workspace::day)]
    now: Option<NaiveDate>,
}

/// The arguments of the process, those of a search with its options first and its words behind `--`: an option may stand
/// anywhere, and a word may begin with a hyphen. `all` are the options, those of every command among them.
pub(super) fn options_first(mut rest: impl Iterator<Item = OsString>, all: &clap::Command) -> Vec<OsString> {
    let own = all.find_subcommand("search").into_iter().flat_map(clap::Command::get_arguments);
    let with_value = all.get_arguments().chain(own).filter(|option| option.get_action().takes_values());
    let names: Vec<String> = with_value.filter_map(clap::Arg::get_long).map(|name| format!("--{name}")).collect();
    let (mut first, mut words) = (rest.next().into_iter().collect::<Vec<_>>(), Vec::new());
    let mut is_search = false;
    while let Some(argument) = rest.next() {
        if argument == "--" {
            words.extend(rest.by_ref());
        } else if argument == "-h" || argument.as_encoded_bytes().starts_with(b"--") {
            let value = if names.iter().any(|name| argument == name.as_str()) { rest.next() } else { None };
            first.extend(std::iter::once(argument).chain(value));
        } else if is_search {
            words.push(argument);
        } else if argument == "search" {
            is_search = true;
            first.push(argument);
        } else {
            // Another command, whose arguments stay as they are.
            first.push(argument);
            first.extend(words);
            first.extend(rest);
            return first;
        }
    }
    if is_search && !words.is_empty() {
        first.push("--".into());
    }
    first.extend(words);
    first
}

impl Search {
    pub(super) fn run(&self, site: Option<&Path>) -> Result<ExitCode> {
        let root = workspace::find(site)?;
        let sources = workspace::read(&root)?;
        let audience = if self.drafts { Audience::Team } else { Audience::Public };
        let options = Options { today: workspace::today(self.now)?, base_url: None, audience };
        let (corpus, base_url) = corpus(&sources, &options);
        let (index, catalogue) = (Index::new(&corpus), FilterColumns::new(&corpus));
        let query = Query::parse(&question(&self.query, &catalogue));
        let answer = Searcher::new(&index, &catalogue).search(&query);
        let shown = Shown { corpus: &corpus, base_url: &base_url, query: &query, answer: &answer };
        for note in notes(&query, &answer) {
            terminal::tell(&note);
        }
        let (hits, is_more) = shown.first(self.limit);
        if hits.is_empty() {
            terminal::tell(&format!("no reviews match; {} were searched", corpus.reviews.len()));
            return Ok(findings());
        }
        let mut text = String::new();
        for (hit, passages) in &hits {
            text.push_str(&shown.hit(hit, passages));
        }
        terminal::print(&text)?;
        if is_more {
            terminal::tell(&format!("showing the best {}; --limit shows more", hits.len()));
        }
        Ok(FINE)
    }
}

/// The arguments as one query. An argument with a blank is a phrase, or a value with a blank, whose quotes the shell
/// removed: `service:"Edge proxy"` arrives without them.
fn question(arguments: &[String], catalogue: &FilterColumns) -> String {
    let quoted = |argument: &String| {
        if !argument.contains(' ') || argument.contains('"') {
            return argument.clone();
        }
        let is_one_of_several = arguments.len() > 1;
        let bare = argument.strip_prefix('-').unwrap_or(argument);
        match Field::split(bare) {
            Some((field, value)) if is_one_of_several || catalogue.has(field, value) => {
                format!("{}\"{value}\"", &argument[..argument.len() - value.len()])
            }
            None if is_one_of_several => format!("\"{argument}\""),
            Some(_) | None => argument.clone(),
        }
    };
    arguments.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// What was understood otherwise than it was written, or not at all.
fn notes(query: &Query, answer: &Answer) -> Vec<String> {
    let fields = query.unknown_fields.iter().map(|name| {
        let known: BTreeSet<&str> = Field::WORDS.iter().map(|(_, field)| field.name()).collect();
        let known: Vec<&str> = known.into_iter().collect();
        format!("`{name}:` is no field, so both sides of it are searched as words; fields are {}", known.join(", "))
    });
    let values = answer.unknown_values.iter().map(|UnknownValue { field, value, offers }| {
        let field = field.name();
        let known = offers.iter().map(|offer| match offer.contains(char::is_whitespace) {
            true => format!("{field}:\"{offer}\""),
            false => format!("{field}:{offer}"),
        });
        match known.collect::<Vec<_>>().as_slice() {
            [] => format!("no review has a value for `{field}:`"),
            known => format!("no review has `{field}:{value}`; there is {}", known.join(", ")),
        }
    });
    let words = answer.unknown.iter().map(|(word, offers)| match offers.as_slice() {
        [] => format!("no review has `{word}`"),
        offers => format!("no review has `{word}`; showing {}", offers.join(", ")),
    });
    fields.chain(values).chain(words).collect()
}

struct Shown<'a> {
    corpus: &'a Corpus,
    base_url: &'a BaseUrl,
    query: &'a Query,
    answer: &'a Answer,
}

impl<'a> Shown<'a> {
    /// The first hits that have every phrase, with their passages, and whether there are more.
    fn first(&self, limit: usize) -> (Vec<(&'a Hit, Vec<Passage>)>, bool) {
        let mut shown = Vec::new();
        for hit in &self.answer.hits {
            let review = review_of(self.corpus, hit.number);
            let passages = passages(review);
            let has = |phrase: &Vec<String>| {
                contains_phrase(&review.title, phrase)
                    || passages.iter().any(|passage| contains_phrase(&passage.text, phrase))
            };
            if !self.query.phrases.iter().all(has) {
                continue;
            }
            if shown.len() == limit {
                return (shown, true);
            }
            shown.push((hit, passages));
        }
        (shown, false)
    }

    fn hit(&self, hit: &Hit, passages: &[Passage]) -> String {
        let review = review_of(self.corpus, hit.number);
        let colour = terminal::colour();
        let mut text =
            format!("{}\n  {}\n", bold(&escape_line(&review.title), colour), escape_line(&facts(self.corpus, review)));
        let folder = if review.origin.is_some() { "sources" } else { "reviews" };
        let page = format!("{}{folder}/{}.html", self.base_url.as_str(), review.id);
        let page = escape_line(&page);
        let offers: Vec<String> = self.answer.unknown.iter().flat_map(|(_, offers)| offers).cloned().collect();
        for passage in hit.sections.iter().filter_map(|at| passages.get(*at)) {
            let heading = passage.place.heading();
            let heading = if heading.is_empty() { String::new() } else { format!("{}: ", escape_line(heading)) };
            let excerpt = marked(&excerpt(&passage.text, self.query, &offers), colour);
            let anchor = passage.place.anchor();
            let hash = if anchor.is_empty() { "" } else { "#" };
            let anchor = escape_line(anchor);
            text.push_str(&format!("  {heading}{excerpt}\n    {page}{hash}{anchor}\n"));
        }
        if hit.sections.is_empty() {
            text.push_str(&format!("    {page}\n"));
        }
        let source = review.origin.as_ref().map_or(review.path.as_str(), |origin| &origin.address);
        text.push_str(&format!("    {}\n\n", escape_line(source)));
        text
    }
}

/// One line of facts about a review.
fn facts(corpus: &Corpus, review: &Review) -> String {
    let services: Vec<&str> = review.services.iter().map(|service| service.value.as_str()).collect();
    let facts = [
        review.date().map(|date| date.to_string()).unwrap_or_default(),
        review.severity.as_ref().map(|severity| severity.value.clone()).unwrap_or_default(),
        corpus.policy.organisation_of(review).to_owned(),
        services.join(", "),
        if review.is_withdrawn() { "withdrawn".to_owned() } else { String::new() },
    ];
    facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn bold(text: &str, colour: Colour) -> String {
    match colour {
        Colour::Ansi => format!("\u{1b}[1m{text}\u{1b}[0m"),
        Colour::None => text.to_owned(),
    }
}

fn marked(excerpt: &Excerpt, colour: Colour) -> String {
    let mut text = String::new();
    let mut at = 0;
    for mark in &excerpt.marks {
        text.push_str(&escape_line(&excerpt.text[at..mark.start]));
        text.push_str(&bold(&escape_line(&excerpt.text[mark.clone()]), colour));
        at = mark.end;
    }
    text.push_str(&escape_line(&excerpt.text[at..]));
    text
}
