//! The files of the search index. Each is a script that hands its data to `casebookData`: a script can be loaded where
//! a page was opened from disk, and under a policy that allows nothing but the site's own.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::markdown::excerpt as beginning;
use crate::model::ReviewIndex;
use crate::render::Renderer;
use crate::search::{
    Field, FilterColumns, Index, KNOWN_PLACES, Place, Value, correction_terms, frequent_terms, passages, push_varint,
    review_of, shards,
};
use crate::text::{SitePath, strip_controls, strip_json_controls};

/// The folder of the files.
pub(super) const FOLDER: &str = "search";

/// About how many files of cards there are, as long as neither few nor many reviews share one: a question asks for the
/// cards of about six reviews, so that files are small, and the list of files names each.
const CARD_FILES: usize = 128;

/// How many reviews share a file of texts.
const TEXTS: usize = 128;

/// How much of a summary a card has, in characters.
const LEAD: usize = 140;

/// Up to how many reviews there are files of texts. Only pages opened from the disk need them, since they cannot read each
/// other; on larger sites they would cost every build a tenth of its bytes.
const MOST_TEXTS: usize = 500;

/// How the files are made. A script that knows another version does not try.
const VERSION: u32 = 3;

const OPENING: &str = "casebookData(";
const SHARD_OPENING: &str = "casebookData(\"";

/// The files by their names, which are hashes of what they hold, and the list of them.
pub(super) struct Files {
    texts: BTreeMap<String, String>,
    list: List,
}

/// What a page has to know before it can search.
#[derive(Debug, Default, Serialize)]
struct List {
    version: u32,
    /// The number of reviews.
    reviews: usize,
    /// The file of the columns.
    catalogue: String,
    /// The files of the cards, each of so many reviews.
    cards: Vec<String>,
    #[serde(rename = "cardsEach")]
    cards_each: usize,
    /// The files of the texts, each of so many reviews; none on large sites.
    texts: Vec<String>,
    #[serde(rename = "textsEach")]
    texts_each: usize,
    /// The file of the words that are offered in place of a slip.
    words: String,
    /// The first word of each shard, separated by spaces.
    firsts: String,
    /// The files of the shards.
    shards: Vec<String>,
    /// The words that are left out when there are others.
    heavy: Vec<String>,
    /// The anchors and headings of the sections that pages have.
    places: Vec<(&'static str, String)>,
    /// The words that name a column in a question.
    fields: BTreeMap<&'static str, &'static str>,
    /// What the scripts say, in the language of the site: no page has to carry it.
    say: BTreeMap<&'static str, String>,
}

/// What the scripts say, by the names of their own and the keys.
const SAID: [(&str, &str); 21] = [
    ("all", "search.all"),
    ("clear", "search.clear"),
    ("count", "search.count"),
    ("factor", "search.factor"),
    ("find", "search.find"),
    ("incident", "search.incident"),
    ("instead", "search.instead"),
    ("kind", "search.kind"),
    ("near", "search.near"),
    ("noField", "search.no_field"),
    ("noValue", "search.no_value"),
    ("none", "search.none"),
    ("org", "search.org"),
    ("others", "search.others"),
    ("results", "search.results"),
    ("service", "search.service"),
    ("severity", "search.severity"),
    ("undated", "search.undated"),
    ("unknown", "search.unknown"),
    ("withdrawn", "search.withdrawn"),
    ("year", "search.year"),
];

impl Files {
    /// All files of a site.
    pub(super) fn new(renderer: &Renderer) -> Self {
        let corpus = &renderer.analysis.corpus;
        let (index, catalogue) = (&Index::new(corpus), &FilterColumns::new(corpus));
        let ranges = shards(index);
        let every = |count| (0..index.places.len()).step_by(count).collect::<Vec<usize>>();
        let made: Vec<NamedFile> = ranges.par_iter().map(|range| named(shard(&index.terms[range.clone()]))).collect();
        let mut files = Self { texts: BTreeMap::new(), list: List::default() };
        let cards_each = (index.places.len() / CARD_FILES).next_power_of_two().clamp(8, 32);
        let first = |range: &std::ops::Range<usize>| index.terms[range.start].text.as_ref();
        let fields = Field::WORDS.map(|(word, field)| (word, field.name()));
        files.list = List {
            version: VERSION,
            reviews: index.places.len(),
            catalogue: files.add(named(script(&columns(catalogue)))),
            cards: {
                let made: Vec<_> = every(cards_each)
                    .par_iter()
                    .map(|first| named(script(&cards(renderer, index, *first, cards_each))))
                    .collect();
                made.into_iter().map(|file| files.add(file)).collect()
            },
            cards_each,
            texts: match index.places.len() {
                ..=MOST_TEXTS => {
                    let made: Vec<_> =
                        every(TEXTS).par_iter().map(|first| named(script(&texts(renderer, *first)))).collect();
                    made.into_iter().map(|file| files.add(file)).collect()
                }
                _ => Vec::new(),
            },
            texts_each: TEXTS,
            words: files.add(named(script(&words(index)))),
            firsts: ranges.iter().map(first).collect::<Vec<_>>().join(" "),
            shards: made.into_iter().map(|file| files.add(file)).collect(),
            heavy: frequent_terms(index).into_iter().map(str::to_owned).collect(),
            places: KNOWN_PLACES
                .map(|(anchor, _)| (anchor, renderer.site.language.say(heading(anchor)).to_owned()))
                .to_vec(),
            fields: fields.into(),
            say: SAID.map(|(name, key)| (name, renderer.site.language.say(key).to_owned())).into(),
        };
        files
    }

    fn add(&mut self, file: NamedFile) -> String {
        self.texts.insert(format!("{}.js", file.name), file.text);
        file.name
    }

    /// The addresses of all files but the list.
    pub(super) fn names(&self) -> impl Iterator<Item = SitePath> {
        self.texts.keys().filter_map(|name| SitePath::new(&format!("{FOLDER}/{name}")).ok())
    }

    /// A file by its name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// The list of the files.
    pub(super) fn index(&self) -> String {
        script(&json!(self.list))
    }
}

/// The words in a shard of the index, one a line; `None` when `bytes` are something else.
pub fn shard_words(bytes: &[u8]) -> Option<Vec<u8>> {
    let inside = bytes.strip_prefix(SHARD_OPENING.as_bytes())?;
    let words: Vec<&[u8]> = inside.split(|byte| *byte == b' ').step_by(2).collect();
    Some(words.join(&b'\n'))
}

/// The key of the words that a page writes above a section.
fn heading(anchor: &str) -> &str {
    match anchor {
        "summary" => "search.summary",
        "impact" => "review.impact",
        "timeline" => "section.timeline",
        "root-cause" => "section.root-cause",
        "factors" => "section.factors",
        "what-went-well" => "section.went-well",
        "what-went-poorly" => "section.went-poorly",
        "where-we-got-lucky" => "section.got-lucky",
        "response" => "section.response",
        "actions" => "section.actions",
        _ => "section.weaknesses",
    }
}

/// A file of the index, which is named after what is in it.
struct NamedFile {
    name: String,
    text: String,
}

fn named(text: String) -> NamedFile {
    let hash = blake3::hash(text.as_bytes()).to_hex();
    NamedFile { name: hash[..12].to_owned(), text }
}

fn script(data: &Json) -> String {
    format!("{OPENING}{})\n", strip_controls(strip_json_controls(data.to_string())))
}

/// Words and postings in turns, separated by spaces. Neither has a character that would have to be escaped.
fn shard(terms: &[crate::search::Term]) -> String {
    let size: usize = terms.iter().map(|term| term.text.len() + term.postings.len() + 2).sum();
    let mut text = String::with_capacity(size + 20);
    text.push_str(SHARD_OPENING);
    for (at, term) in terms.iter().enumerate() {
        text.push_str(if at == 0 { "" } else { " " });
        text.push_str(&term.text);
        text.push(' ');
        text.push_str(&term.postings);
    }
    text.push_str("\")\n");
    text
}

/// The words that are offered, and for each how often it occurs: the logarithm, to base 2, of the number of reviews.
fn words(index: &Index) -> Json {
    let mut list = String::new();
    for (at, term) in correction_terms(index).into_iter().map(|at| &index.terms[at]).enumerate() {
        list.push_str(if at == 0 { "" } else { " " });
        list.push_str(&term.text);
        list.push(' ');
        push_varint(&mut list, term.reviews.ilog2());
    }
    json!(list)
}

fn columns(catalogue: &FilterColumns) -> Json {
    let values = |values: &[Value]| -> Vec<Vec<String>> {
        values.iter().map(|value| std::iter::once(&value.name).chain(&value.others).cloned().collect()).collect()
    };
    json!({
        "severity": values(&catalogue.severities),
        "org": values(&catalogue.organisations),
        "service": values(&catalogue.services),
        "factor": values(&catalogue.factors),
        "owner": values(&catalogue.owners),
        "rows": catalogue.encode(),
    })
}

/// What results show of `count` reviews from number `first` on: the page without its ending, the title, the
/// beginning of the summary, and the places of the sections, as positions in the list of those that pages have, or as
/// anchor and heading.
fn cards(renderer: &Renderer, index: &Index, first: usize, count: usize) -> Json {
    let end = index.places.len().min(first + count);
    let place = |place: &Place| match place {
        Place::Known(at) => json!(at),
        Place::Other { anchor, heading } => json!([anchor, heading]),
    };
    let card = |number: usize| {
        let review = review_of(&renderer.analysis.corpus, number);
        let places: Vec<Json> = index.places[number].iter().map(place).collect();
        let position = ReviewIndex(renderer.analysis.corpus.reviews.len() - 1 - number);
        let page = renderer.site.review_path(position);
        let lead = beginning(&renderer.summary(position).beginning, LEAD);
        json!([page.as_str().trim_end_matches(".html"), review.title, lead, places])
    };
    (first..end).map(card).collect()
}

/// The sections of the reviews from number `first` on as plain text, in the order of their places.
fn texts(renderer: &Renderer, first: usize) -> Json {
    let end = renderer.analysis.corpus.reviews.len().min(first + TEXTS);
    let texts =
        |number| passages(review_of(&renderer.analysis.corpus, number)).into_iter().map(|passage| json!(passage.text));
    (first..end).map(|number| texts(number).collect::<Json>()).collect()
}
