//! casebook.toml: the choices of a site.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::address::report_address;
use super::base_url::BaseUrl;
use super::code_host::{read_edit_url, read_repository};
use super::federation::{FederatedSetting, read_federated};
use super::level::{LevelSettings, read_levels};
use super::registry::default_categories;
use super::review_place::read_review_places;
use super::share::{ExportChoices, FeedChoices, read_exports, read_feeds};
use crate::diagnostic::{Problem, ProblemKind, Problems};
use crate::model::{Category, MarkDefinition, ReviewPlaces, SeverityDefinition, format, is_region};
use crate::table::{TableReader, ValueKind, read_toml, truncate_lists};
use crate::text::{Source, Span, Spanned, truncate_line};

/// The choices of a site, with defaults where nothing was chosen.
#[derive(Clone, Debug)]
pub struct Config {
    /// The name of the site.
    pub title: String,
    /// Where it will be reachable.
    pub base_url: BaseUrl,
    /// What it is, in a sentence; may be empty.
    pub description: String,
    /// A BCP 47 language tag.
    pub language: String,
    /// Where a file is edited on the code host, with `{path}` for the file; empty for nowhere.
    pub edit_url: String,
    /// The repository whose issues and commits texts refer to; empty for none.
    pub repository: String,
    /// The name of the theme; `default` is the built-in one.
    pub theme: Spanned<String>,
    /// The organisation whose reviews these are.
    pub organisation: Option<String>,
    /// The licence of the reviews; may be empty.
    pub licence: String,
    /// The e-mail addresses that belong to a role, in lower case, although their names do not show it.
    pub mailboxes: Vec<String>,
    /// The endings of files, in lower case and without a dot, that are published as they are.
    pub allowed_files: Vec<String>,
    /// What abbreviations of zones mean here, as regions such as `Asia/Kolkata`.
    pub zones: BTreeMap<String, String>,
    /// The severities, most severe first.
    pub severities: Vec<SeverityDefinition>,
    /// The categories that factors may have: those that every site has, then its own.
    pub categories: Vec<Category>,
    /// The marks that the site adds to the phases.
    pub marks: Vec<MarkDefinition>,
    /// How many items the feeds hold, and which.
    pub feeds: FeedChoices,
    /// What is written for other programs beside the pages.
    pub exports: ExportChoices,
    /// Other sites whose reviews stand among those of this one.
    pub federated: Vec<FederatedSetting>,
    /// Which files are reviews, and what holds for them.
    pub reviews: ReviewPlaces,
    /// Where each pattern of these files stands, in the same order; empty when casebook.toml names no files.
    pub review_patterns: Vec<Vec<Span>>,
    /// Levels of rules.
    pub levels: LevelSettings,
}

/// A key that a site may have already and that nothing reads yet.
const KEY_OF_LATER_VERSIONS: &str = "pages";

/// Reads casebook.toml. What is missing gets a default, and what is wrong a problem.
pub(crate) fn read_config(source: &Source) -> (Config, Vec<Problem>) {
    let mut problems = Problems::default();
    let mut table = read_toml(&source.text, Span::new(0, source.text.len()), &mut problems);
    truncate_lists(&mut table, &mut problems);
    let problems = RefCell::new(problems);
    let reader = TableReader::new(&table, &format::SITE, Span::at(0), &problems);
    let title = reader.required_text("title").map_or_else(String::new, |title| title.value);
    let base_url = read_base_url(&reader, &problems);
    let description = reader.text("description").map_or_else(String::new, |text| text.value);
    let language = read_language(&reader, &problems);
    let edit_url = read_edit_url(&reader, &problems);
    let repository = read_repository(&reader, &problems);
    let theme = reader.text("theme").unwrap_or_else(|| Spanned::new("default".to_owned(), Span::at(0)));
    let organisation = reader.text("organisation").map(|text| text.value);
    check_version(&reader, &problems);
    let levels = read_levels(&reader, &problems);
    let severities = read_severities(&reader, &problems);
    let (places, review_patterns) = read_review_places(&reader, &severities, &problems).into_iter().unzip();
    let config = Config {
        title,
        base_url,
        description,
        language,
        edit_url,
        repository,
        theme,
        organisation,
        licence: reader.text("licence").map_or_else(String::new, |text| text.value.trim().to_owned()),
        mailboxes: reader.texts("mailboxes").into_iter().map(|address| address.value.to_lowercase()).collect(),
        allowed_files: read_allowed_files(&reader, &problems),
        zones: read_zones(&reader, &problems),
        severities,
        categories: read_categories(&reader, &problems),
        marks: read_marks(&reader, &problems),
        feeds: read_feeds(&reader, &problems),
        exports: read_exports(&reader, &problems),
        federated: read_federated(&reader, &problems),
        reviews: ReviewPlaces::new(places),
        review_patterns,
        levels,
    };
    reader.accept(KEY_OF_LATER_VERSIONS);
    reader.finish();
    (config, problems.into_inner().0)
}

fn read_base_url(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> BaseUrl {
    let Some(text) = reader.required_text("base_url") else { return BaseUrl::default() };
    BaseUrl::new(text.value.trim()).unwrap_or_else(|| {
        let help = "Write the address of the home page from https:// on, such as \"https://example.github.io/lessons/\", \
                    without a query, and other letters than English ones as browsers send them: \"xn--bcher-kva.example\".";
        report_address(problems, &text, "is no address a site can have", help);
        BaseUrl::default()
    })
}

fn read_allowed_files(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> Vec<String> {
    let mut endings = Vec::new();
    for ending in reader.texts("allowed_files") {
        let bare = ending.value.strip_prefix('.').unwrap_or(&ending.value);
        if !bare.is_empty() && bare.chars().all(|c| c.is_ascii_alphanumeric()) {
            endings.push(bare.to_ascii_lowercase());
            continue;
        }
        let message = format!("`{}` is no ending of a file name", ending.value);
        let help = "Write what stands behind the last dot, such as \"pdf\".";
        problems.borrow_mut().add(ProblemKind::UnknownValue, ending.span, message).help(help);
    }
    endings
}

fn read_language(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> String {
    let Some(tag) = reader.text("language") else { return "en".to_owned() };
    if is_language_tag(&tag.value) {
        return tag.value;
    }
    let message = format!("`{}` is no tag of a language", truncate_line(&tag.value, 40));
    let likely = tag.value.replace('_', "-");
    let help = match is_language_tag(&likely) {
        true => format!("Write `{likely}`."),
        false => "Write a tag as web pages have it, such as `en`, `de` or `pt-BR`.".to_owned(),
    };
    problems.borrow_mut().add(ProblemKind::UnknownValue, tag.span, message).help(help);
    "en".to_owned()
}

/// Whether a text has the form of a BCP 47 tag: a language, and behind hyphens its script, region and variants.
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_language =
        parts.next().is_some_and(|part| part.chars().all(|c| c.is_ascii_alphabetic()) && matches!(part.len(), 2 | 3));
    is_language && parts.all(|part| part.chars().all(|c| c.is_ascii_alphanumeric()) && matches!(part.len(), 2..=8))
}

fn check_version(reader: &TableReader<'_>, problems: &RefCell<Problems>) {
    let Some(requires) = reader.text("requires") else { return };
    let this = semver::Version::parse(env!("CARGO_PKG_VERSION")).expect("Cargo.toml has a version");
    let message = match semver::VersionReq::parse(&requires.value) {
        Ok(wanted) if wanted.matches(&this) => return,
        Ok(_) => format!("this site requires casebook {}, and this is {this}", requires.value),
        Err(error) => format!("`{}` is no version requirement: {error}", requires.value),
    };
    let help = "Write the versions that may build this site, such as \">=0.1\", and use one of them.";
    problems.borrow_mut().add(ProblemKind::UnknownValue, requires.span, message).help(help);
}

fn read_zones(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> BTreeMap<String, String> {
    let Some((table, _)) = reader.table("zones") else { return BTreeMap::new() };
    let mut zones = BTreeMap::new();
    for entry in &table.entries {
        match &entry.value.kind {
            ValueKind::Text(region) if is_region(region) => {
                zones.insert(entry.key.clone(), region.clone());
            }
            _ => {
                let message = format!("the zone `{}` takes the name of a region", entry.key);
                let help = format!("Write a name of the time zone database: {} = \"Europe/Berlin\".", entry.key);
                problems.borrow_mut().add(ProblemKind::UnknownValue, entry.value.span, message).help(help);
            }
        }
    }
    zones
}

fn read_severities(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> Vec<SeverityDefinition> {
    let Some((table, _)) = reader.table("severities") else { return default_severities() };
    let (mut severities, mut aliases) = (Vec::new(), Vec::new());
    for entry in &table.entries {
        let ValueKind::Table(inner) = &entry.value.kind else {
            let help = format!("Write {} = {{ name = \"…\" }}.", entry.key);
            let message =
                format!("the severity `{}` takes a table, and this is {}", entry.key, entry.value.kind.noun());
            problems.borrow_mut().add(ProblemKind::WrongType, entry.value.span, message).help(help);
            continue;
        };
        if entry.key.trim().is_empty() {
            let help = "Write the id that reviews name, such as P1.";
            problems
                .borrow_mut()
                .add(ProblemKind::MissingKey, entry.key_span, "the id of a severity is empty")
                .help(help);
            continue;
        }
        let reader = TableReader::new(inner, &format::SEVERITY, entry.key_span, problems);
        severities.push(SeverityDefinition {
            id: entry.key.clone(),
            name: reader.text("name").map_or_else(|| entry.key.clone(), |name| name.value),
            aliases: Vec::new(),
            review_within: reader.count("review_within").map(|days| days.value),
            act_within: reader.count("act_within").map(|days| days.value),
        });
        aliases.push(reader.texts("aliases"));
        reader.finish();
    }
    add_aliases(&mut severities, aliases, problems);
    severities
}

/// Gives each severity its aliases. One that is the id or an alias of another is left out, and a problem.
fn add_aliases(
    severities: &mut [SeverityDefinition],
    aliases: Vec<Vec<Spanned<String>>>,
    problems: &RefCell<Problems>,
) {
    for (at, alias) in aliases.into_iter().enumerate().flat_map(|(at, all)| all.into_iter().map(move |one| (at, one))) {
        let is_taken = |other: &SeverityDefinition| other.id == alias.value || other.aliases.contains(&alias.value);
        let others = severities.iter().enumerate().filter(|(other, _)| *other != at);
        if let Some((_, owner)) = others.into_iter().find(|(_, other)| is_taken(other)) {
            let message = format!("`{}` is a word for the severity `{}` already", alias.value, owner.id);
            let help = "Keep it with one of the two.";
            problems.borrow_mut().add(ProblemKind::UnknownValue, alias.span, message).help(help);
        } else {
            severities[at].aliases.push(alias.value);
        }
    }
}

/// P1 to P5, with SEV1 to SEV5 and S1 to S5 as aliases; the first two ask for a review within seven days.
fn default_severities() -> Vec<SeverityDefinition> {
    let names = ["Critical", "Major", "Moderate", "Minor", "Low"];
    let definition = |(at, name): (usize, &str)| SeverityDefinition {
        id: format!("P{}", at + 1),
        name: name.to_owned(),
        aliases: vec![format!("SEV{}", at + 1), format!("S{}", at + 1)],
        review_within: (at < 2).then_some(7),
        act_within: None,
    };
    names.into_iter().enumerate().map(definition).collect()
}

fn read_categories(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> Vec<Category> {
    let mut categories = default_categories();
    for (table, place) in reader.tables("categories") {
        let reader = TableReader::new(table, &format::CATEGORY, place, problems);
        let id = reader.required_text("id");
        let name = reader.required_text("name");
        let description = reader.text("description").map_or_else(String::new, |text| text.value);
        reader.finish();
        if let (Some(id), Some(name)) = (id, name) {
            // The site's own words for a category that every site has.
            categories.retain(|known: &Category| known.id != id.value);
            categories.push(Category { id: id.value, name: name.value, description });
        }
    }
    categories
}

fn read_marks(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> Vec<MarkDefinition> {
    let mut marks = Vec::new();
    for (table, place) in reader.tables("marks") {
        let reader = TableReader::new(table, &format::MARK, place, problems);
        if let Some(name) = reader.required_text("name") {
            marks.push(MarkDefinition { name: name.value });
        }
        reader.finish();
    }
    marks
}
