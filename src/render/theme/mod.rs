//! Themes: the built-in one, and what a site puts in place of its files.

mod word;

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use tera::Tera;

use crate::diagnostic::Diagnostic;
use crate::document::{Problem, ProblemKind};
use crate::language::{Language, Phrases, names};
use crate::rules::of_problem;
use crate::site::ThemeParts;
use crate::text::{SitePath, Source, SourceSet, Span, Spanned};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The name under which a template finds the built-in one that it overrides: `{% extends "default/review.html" %}`.
const BUILT_IN_PREFIX: &str = "default/";

/// A file of a theme that is published with the pages.
#[derive(Clone, Debug)]
pub enum ThemeFile {
    /// A text.
    Text(String),
    /// A copy of a file of the site folder.
    Copy(SitePath),
}

/// Templates and files, ready to render with.
pub struct Theme {
    tera: Tera,
    language: Language,
    /// The folder of the overriding files.
    folder: String,
    /// By the name that templates use: the name with the content's hash.
    names: BTreeMap<String, String>,
    /// By the name with the hash.
    files: BTreeMap<String, ThemeFile>,
}

impl Theme {
    /// The built-in theme, with the files of `themes/<name>/` in place of those of the same name, and its words in
    /// the language with the tag `tag`.
    ///
    /// # Errors
    ///
    /// A theme that is not there, a template or a file of words that is not understood.
    pub fn load(name: &Spanned<String>, tag: &str, sources: &SourceSet) -> Result<Self, Box<Diagnostic>> {
        let folder = format!("themes/{}", name.value);
        let is_there = |path: &SitePath| path.below(&folder).is_some();
        if name.value != "default" && !sources.texts.keys().chain(sources.assets.keys()).any(is_there) {
            return Err(Box::new(missing(name)));
        }
        let language = load_language(tag, &folder, sources)?;
        let mut theme = Self { tera: Tera::new(), language, folder, names: BTreeMap::new(), files: BTreeMap::new() };
        word::register(&mut theme.tera, &theme.language);
        theme.load_files(sources);
        theme.load_templates(sources).map_err(|error| Box::new(theme.explain(&error)))?;
        Ok(theme)
    }

    fn load_templates(&mut self, sources: &SourceSet) -> Result<(), tera::Error> {
        self.tera.set_fallback_prefixes([BUILT_IN_PREFIX])?;
        let built_in = files_below("templates").map(|(name, text)| (format!("{BUILT_IN_PREFIX}{name}"), text));
        let folder = format!("{}/templates", self.folder);
        let own = sources
            .texts
            .values()
            .filter_map(|source| Some((source.path.below(&folder)?.to_owned(), source.text.to_string())));
        let templates: Vec<(String, String)> = built_in.chain(own).collect();
        self.tera.add_raw_templates(templates)
    }

    fn load_files(&mut self, sources: &SourceSet) {
        for (name, text) in files_below("assets") {
            let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
            self.add_file(&name, &hash, ThemeFile::Text(text));
        }
        let folder = format!("{}/assets", self.folder);
        for source in sources.texts.values() {
            if let Some(name) = source.path.below(&folder) {
                let hash = blake3::hash(source.text.as_bytes()).to_hex().to_string();
                self.add_file(name, &hash, ThemeFile::Text(source.text.to_string()));
            }
        }
        for (path, asset) in &sources.assets {
            if let Some(name) = path.below(&folder) {
                self.add_file(name, &asset.hash, ThemeFile::Copy(path.clone()));
            }
        }
    }

    fn add_file(&mut self, name: &str, hash: &str, file: ThemeFile) {
        let hashed = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}-{}.{extension}", &hash[..10]),
            None => format!("{name}-{}", &hash[..10]),
        };
        if let Some(replaced) = self.names.insert(name.to_owned(), hashed.clone()) {
            self.files.remove(&replaced);
        }
        self.files.insert(hashed, file);
    }

    /// What the theme brings to a site.
    pub fn parts(&self) -> ThemeParts {
        ThemeParts { assets: self.files.keys().cloned().collect(), language: self.language.clone() }
    }

    /// A file by its name with the hash.
    pub(super) fn asset(&self, hashed: &str) -> Option<&ThemeFile> {
        self.files.get(hashed)
    }

    /// By the name that templates use: the name with the hash.
    pub(super) fn names(&self) -> &BTreeMap<String, String> {
        &self.names
    }

    /// Fills a template.
    pub(super) fn fill(&self, template: &str, context: &tera::Context) -> Result<String, tera::Error> {
        self.tera.render(template, context)
    }

    /// A finding about a mistake in a template.
    pub(super) fn explain(&self, error: &tera::Error) -> Diagnostic {
        let (message, file, span) = match error.kind() {
            tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
                (report.message().to_owned(), report.filename().to_owned(), Span::from(report.span().range.clone()))
            }
            _ => (error.to_string(), String::new(), Span::at(0)),
        };
        let path = match file.strip_prefix(BUILT_IN_PREFIX) {
            Some(name) => format!("themes/default/templates/{name}"),
            None if file.is_empty() => self.folder.clone(),
            None => format!("{}/templates/{file}", self.folder),
        };
        let message = message.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        let help =
            "What templates see is described in the theme's README; delete the file to get the built-in one back."
                .to_owned();
        let mut finding = Diagnostic::new(of_problem(ProblemKind::BrokenTemplate).metadata, &path, span, message);
        finding.help(help);
        finding
    }
}

/// The built-in words of a language, with those of the theme's own files in their place.
fn load_language(tag: &str, folder: &str, sources: &SourceSet) -> Result<Language, Box<Diagnostic>> {
    let folder = format!("{folder}/i18n");
    let mut phrases = Phrases::default();
    for name in names(tag) {
        phrases.add_built_in(&name);
        let is_named = |source: &&Source| {
            source.path.below(&folder).is_some_and(|file| file.to_lowercase() == format!("{name}.toml"))
        };
        let Some(source) = sources.texts.values().find(is_named) else { continue };
        if let Some(problem) = phrases.add(&source.text).into_iter().next() {
            return Err(Box::new(broken_words(source.path.as_str(), problem)));
        }
    }
    Ok(Language::new(tag, phrases))
}

fn broken_words(path: &str, problem: Problem) -> Diagnostic {
    let mut finding = Diagnostic::new(of_problem(problem.kind).metadata, path, problem.span, problem.message);
    if let Some(help) = problem.help {
        finding.help(help);
    }
    finding
}

fn missing(name: &Spanned<String>) -> Diagnostic {
    let rule = of_problem(ProblemKind::UnknownValue).metadata;
    let mut finding = Diagnostic::new(rule, "casebook.toml", name.span, format!("there is no theme `{}`", name.value));
    finding.help(format!("Make a folder `themes/{}`, or write `theme = \"default\"`.", name.value));
    finding
}

/// What the built-in theme itself says.
pub fn built_in_texts() -> impl Iterator<Item = &'static str> {
    let mut folders = vec![&BUILT_IN];
    let mut texts = Vec::new();
    while let Some(next) = folders.pop() {
        folders.extend(next.dirs());
        texts.extend(next.files().filter_map(|file| file.contents_utf8()));
    }
    texts.into_iter()
}

/// The built-in files below a folder, by their path in it.
fn files_below(folder: &str) -> impl Iterator<Item = (String, String)> {
    let mut files = Vec::new();
    let mut folders: Vec<&Dir<'_>> = BUILT_IN.get_dir(folder).into_iter().collect();
    while let Some(next) = folders.pop() {
        folders.extend(next.dirs());
        for file in next.files() {
            let name = file.path().strip_prefix(folder).unwrap_or(file.path());
            let name = name.to_string_lossy().replace('\\', "/");
            files.push((name, String::from_utf8_lossy(file.contents()).into_owned()));
        }
    }
    files.sort();
    files.into_iter()
}

#[cfg(test)]
mod tests;
