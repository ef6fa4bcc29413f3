//! Which site a check is about, and which of its files.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::cli::workspace;
use crate::diagnostic::{Diagnostic, Level};
use crate::disk;
use crate::scaffold::{DEFAULT_REGISTRY, settings_of_draft};
use crate::text::{SitePath, SourceSet};

/// Files whose errors count whatever was chosen: everything is read by them.
const SETTINGS: [&str; 2] = ["casebook.toml", "content/factors.toml"];

/// Rules about files that are not read when a review is read by itself.
const RULES_ON_OTHER_FILES: [&str; 2] = ["L001", "L002"];

/// What a check reports on.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// The site folder; for files that lie in none, the folder that they have in common.
    pub(super) root: PathBuf,
    /// Files and folders below the root; everything when it is empty.
    chosen: Vec<PathBuf>,
    membership: Membership,
}

/// Whether the chosen files belong to a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Membership {
    OfSite,
    /// Each is read as an adopted draft.
    Alone,
}

impl Scope {
    /// The site that was named, else the one that the paths lie in, else the one around the current folder.
    ///
    /// # Errors
    ///
    /// A path does not exist, or the paths lie in different sites.
    pub(super) fn find(site: Option<&Path>, paths: &[PathBuf]) -> Result<Self> {
        let open = |path: &PathBuf| path.canonicalize().with_context(|| format!("{} cannot be opened", path.display()));
        let paths = paths.iter().map(open).collect::<Result<Vec<_>>>()?;
        if site.is_none() && !paths.is_empty() {
            let mut sites: Vec<Option<&Path>> = paths.iter().map(|path| disk::site_around(path)).collect();
            sites.dedup();
            return match *sites {
                [Some(root)] => Self::of_site(root, &paths),
                [None] => Self::alone(paths),
                _ => bail!("the paths lie in different sites; name one of them with --site"),
            };
        }
        let root = workspace::find(site)?;
        if paths.is_empty() {
            return Ok(Self { root, chosen: Vec::new(), membership: Membership::OfSite });
        }
        Self::of_site(&root.canonicalize().with_context(|| format!("{} cannot be opened", root.display()))?, &paths)
    }

    fn of_site(root: &Path, paths: &[PathBuf]) -> Result<Self> {
        let inside = |path: &PathBuf| {
            let inside = path.strip_prefix(root).map(Path::to_owned);
            inside.with_context(|| format!("{} is not in the site folder {}", path.display(), root.display()))
        };
        let chosen = paths.iter().map(inside).collect::<Result<_>>()?;
        Ok(Self { root: root.to_owned(), chosen, membership: Membership::OfSite })
    }

    fn alone(paths: Vec<PathBuf>) -> Result<Self> {
        for path in &paths {
            ensure!(
                path.is_file(),
                "neither {} nor a folder above it has a casebook.toml; `casebook init` makes one, and a single file can be \
                 checked without",
                path.display()
            );
        }
        let mut root = paths[0].parent().unwrap_or(&paths[0]).to_owned();
        while !paths.iter().all(|path| path.starts_with(&root)) && root.pop() {}
        let chosen = paths.iter().filter_map(|path| Some(path.strip_prefix(&root).ok()?.to_owned())).collect();
        Ok(Self { root, chosen, membership: Membership::Alone })
    }

    /// Chooses a file, too, of which the site may only have heard.
    pub(super) fn add(&mut self, path: &SitePath) {
        self.chosen.push(PathBuf::from(path.as_str()));
    }

    /// Whether files were named.
    pub(super) fn names_files(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// Whether a file is among those that were named, or all are meant.
    pub(super) fn names(&self, file: &str) -> bool {
        self.chosen.is_empty() || self.chosen.iter().any(|path| Path::new(file).starts_with(path))
    }

    /// Whether the files belong to a site.
    pub(super) fn is_site(&self) -> bool {
        self.membership == Membership::OfSite
    }

    /// The files of the site, or only those that were named.
    ///
    /// # Errors
    ///
    /// The folder cannot be read, or the name of a file cannot be that of a review.
    pub(super) fn read(&self) -> Result<SourceSet> {
        if self.membership == Membership::OfSite {
            return workspace::read(&self.root);
        }
        let path = |path: &PathBuf| {
            let text = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            SitePath::new(&text).map_err(|error| anyhow::anyhow!("{}: the name {error}", path.display()))
        };
        let paths = self.chosen.iter().map(path).collect::<Result<Vec<_>>>()?;
        let mut sources = disk::read_reviews(&self.root, &paths);
        let [settings, registry] = SETTINGS.map(|path| SitePath::new(path).expect("the name is a path"));
        sources.add_text(settings, &settings_of_draft(&paths));
        sources.add_text(registry, DEFAULT_REGISTRY);
        Ok(sources)
    }

    /// The findings about what was chosen. Errors of the settings always count.
    ///
    /// # Errors
    ///
    /// A path that was named is nothing that the site reads: its check would find nothing, whatever it holds.
    pub(super) fn choose(&self, found: &[Diagnostic], sources: &SourceSet) -> Result<Vec<Diagnostic>> {
        let is_there = |path: &Path| {
            let mut known = sources.texts.keys().chain(sources.assets.keys()).map(SitePath::as_str);
            let mut unread = sources.problems.iter().map(|problem| problem.path.as_str());
            let is_inside = |known: &str| Path::new(known).starts_with(path);
            known.any(is_inside) || unread.any(is_inside)
        };
        let has_settings = sources.text(SETTINGS[0]).is_some();
        if let Some(path) = self.chosen.iter().find(|path| has_settings && !is_there(path)) {
            bail!(
                "{} is nothing that the site in {} reads: no pattern of [[reviews]] in casebook.toml takes it, and it lies \
                 in none of the folders content, static and themes",
                path.display(),
                self.root.display()
            );
        }
        let is_chosen = |finding: &&Diagnostic| {
            let is_of_settings = finding.level == Level::Error && SETTINGS.contains(&finding.path.as_str());
            let is_readable = self.is_site() || !RULES_ON_OTHER_FILES.contains(&finding.rule.code);
            (is_of_settings || self.names(&finding.path)) && is_readable
        };
        Ok(found.iter().filter(is_chosen).cloned().collect())
    }
}
