//! Themes: the built-in one, and what a site puts in place of its files.

mod audit;
mod audit_words;
mod built_in;
mod filters;
mod minify;
mod mistake;
mod scan;

use std::collections::BTreeMap;

use tera::Tera;

pub use audit::audit;
use built_in::{BuiltIn, files_below, templates};
pub use built_in::{built_in_files, built_in_texts};

use crate::diagnostic::{Diagnostic, Problem, ProblemKind};
use crate::language::{Language, Phrases, names};
use crate::rules::of_problem;
use crate::site::{ThemeParts, address};
use crate::text::{SitePath, Source, SourceSet, Spanned};

/// The files of the default theme that every theme has. None of them is loaded by a page.
const SHARED: [&str; 3] = ["favicon.svg", "feed.css", IMAGE];

/// The picture that stands for the pages where links to them are shared.
pub(in crate::render) const IMAGE: &str = address::OWN_IMAGE;

/// A file of a theme that is published with the pages.
#[derive(Clone, Debug)]
pub enum ThemeFile {
    /// A text.
    Text(String),
    /// A file of a built-in theme.
    BuiltIn(&'static [u8]),
    /// A copy of a file of the site folder.
    Copy(SitePath),
}

/// Templates and files, ready to render with.
pub struct Theme {
    tera: Tera,
    language: Language,
    /// The built-in themes that it rests on, the nearest first.
    bases: Vec<&'static BuiltIn>,
    /// The folder of the overriding files.
    folder: String,
    /// By the name that templates use: the name with the content's hash.
    names: BTreeMap<String, String>,
    /// By the name with the hash.
    files: BTreeMap<String, ThemeFile>,
    /// Whether the picture that stands for the pages is the one that comes with the program.
    has_built_in_image: bool,
}

impl Theme {
    /// The built-in theme of that name, or else the default one, with the files of `themes/<name>/` in place of those
    /// of the same name, and its words in the language with the tag `tag`.
    ///
    /// # Errors
    ///
    /// A theme that is not there, a template or a file of words that is not understood.
    pub fn load(name: &Spanned<String>, tag: &str, sources: &SourceSet) -> Result<Self, Vec<Diagnostic>> {
        let folder = format!("themes/{}", name.value);
        let is_there = |path: &SitePath| path.below(&folder).is_some();
        let bases = BuiltIn::bases(&name.value);
        // A file that cannot be read is there, and told as such.
        let below = format!("{folder}/");
        let is_unreadable = sources.problems.iter().any(|problem| problem.path.starts_with(&below));
        let is_there = sources.texts.keys().chain(sources.assets.keys()).any(is_there) || is_unreadable;
        if bases[0].name != name.value && !is_there {
            return Err(vec![missing(name)]);
        }
        let language = load_language(tag, &folder, sources)?;
        let (names, files) = (BTreeMap::new(), BTreeMap::new());
        let has_built_in_image = true;
        let mut theme = Self { tera: Tera::new(), language, bases, folder, names, files, has_built_in_image };
        filters::register(&mut theme.tera, &theme.language);
        theme.load_files(sources);
        theme.load_templates(sources).map_err(|error| theme.explain_loading(&error, sources))?;
        Ok(theme)
    }

    fn load_templates(&mut self, sources: &SourceSet) -> Result<(), tera::Error> {
        self.tera.set_fallback_prefixes(self.bases.iter().map(|base| format!("{}/", base.name)))?;
        let named = |base: &&'static BuiltIn| {
            let prefix = base.name;
            templates(base).map(move |(name, text)| (format!("{prefix}/{name}"), text))
        };
        let built_in = self.bases.iter().flat_map(named);
        let folder = format!("{}/templates", self.folder);
        let own = sources
            .texts
            .values()
            .filter_map(|source| Some((source.path.below(&folder)?.to_owned(), source.text.to_string())))
            // What it rests on cannot be changed under its own names.
            .filter(|(name, _)| !self.bases.iter().any(|base| name.split('/').next() == Some(base.name)));
        let templates: Vec<(String, String)> = built_in.chain(own).collect();
        self.tera.add_raw_templates(templates)
    }

    fn load_files(&mut self, sources: &SourceSet) {
        for base in self.bases.clone().into_iter().rev() {
            // A theme that rests on another one brings its own looks, and takes no scripts.
            let is_wanted = |name: &str| base.name == self.bases[0].name || SHARED.contains(&name);
            let files: Vec<_> = files_below(base, "assets").filter(|(name, _)| is_wanted(name)).collect();
            for (name, bytes) in files {
                match std::str::from_utf8(bytes) {
                    Ok(text) => self.add_text(&name, text),
                    Err(_) => {
                        let hash = blake3::hash(bytes).to_hex().to_string();
                        self.add_file(&name, &hash, ThemeFile::BuiltIn(bytes));
                    }
                }
            }
        }
        let image = self.names.get(IMAGE).cloned();
        let folder = format!("{}/assets", self.folder);
        for source in sources.texts.values() {
            if let Some(name) = source.path.below(&folder) {
                self.add_text(name, &source.text);
            }
        }
        for (path, asset) in &sources.assets {
            if let Some(name) = path.below(&folder) {
                self.add_file(name, &asset.hash, ThemeFile::Copy(path.clone()));
            }
        }
        self.has_built_in_image = self.names.get(IMAGE) == image.as_ref();
    }

    fn add_text(&mut self, name: &str, text: &str) {
        let text = minify::published(name, text);
        let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        self.add_file(name, &hash, ThemeFile::Text(text));
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
        ThemeParts {
            assets: self.files.keys().cloned().collect(),
            language: self.language.clone(),
            draws_incidents: cfg!(feature = "share-images") && self.has_built_in_image,
        }
    }

    /// A file by its name with the hash.
    pub(super) fn asset(&self, hashed: &str) -> Option<&ThemeFile> {
        self.files.get(hashed)
    }

    /// By the name that templates use: the name with the hash.
    pub(super) fn names(&self) -> &BTreeMap<String, String> {
        &self.names
    }

    /// Whether the picture that stands for the pages is the one that comes with the program.
    pub(super) fn has_built_in_image(&self) -> bool {
        self.has_built_in_image
    }

    /// Fills a template.
    pub(super) fn fill(&self, template: &str, context: &tera::Context) -> Result<String, tera::Error> {
        self.tera.render(template, context)
    }
}

/// The built-in words of a language, with those of the theme's own files in their place.
fn load_language(tag: &str, folder: &str, sources: &SourceSet) -> Result<Language, Vec<Diagnostic>> {
    let folder = format!("{folder}/i18n");
    let mut phrases = Phrases::default();
    for name in names(tag) {
        phrases.add_built_in(&name);
        let is_named = |source: &&Source| {
            source.path.below(&folder).is_some_and(|file| file.to_lowercase() == format!("{name}.toml"))
        };
        let Some(source) = sources.texts.values().find(is_named) else { continue };
        let problems = phrases.add(&source.text);
        if !problems.is_empty() {
            return Err(problems.into_iter().map(|problem| broken_words(source.path.as_str(), problem)).collect());
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
    finding
        .help(format!("Make a folder `themes/{}`, or write `theme = \"default\"` or `theme = \"plain\"`.", name.value));
    finding
}

#[cfg(test)]
mod tests;
