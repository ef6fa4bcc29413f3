//! `casebook import`: reviews that lie in trackers, wikis and documents, as Markdown.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::{FINE, findings, terminal, workspace};
use crate::check::Configuration;
use crate::disk::{self, SourceFiles};
use crate::import::{
    CONTAINERS, Choice, Collected, Comments, Fate, Imported, LARGEST_FILE, Line, Names, Piece, Skipped, SourceReport,
    Wish, import, json, understood,
};
use crate::model::{Policy, Status, Tlp, Words};
use crate::pipeline::{Audience, Options};
use crate::scaffold::{DEFAULT_REGISTRY, settings_of_draft};
use crate::text::{SitePath, Source, SourceSet};

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Files, folders and zip archives that another program wrote; `-` is standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// The folder to write to, instead of the one for reviews
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// Where the sources come from; without it, each file says what it is
    #[arg(long, value_name = "CONTAINER", value_parser = PossibleValuesParser::new(CONTAINERS.map(|container| container.name)))]
    from: Option<String>,
    /// What becomes of the comments of issues
    #[arg(long, value_enum, default_value_t = CommentsOption::None)]
    comments: CommentsOption,
    /// Take over everything, also what does not look like a review
    #[arg(long)]
    all: bool,
    /// The status of the reviews; without it they are drafts, so that nothing is published at once
    #[arg(long, value_name = "STATUS", value_parser = PossibleValuesParser::new(Status::WORDS.iter().map(|(word, _)| word)))]
    status: Option<String>,
    /// Who may read the reviews
    #[arg(long, value_name = "TLP", value_parser = PossibleValuesParser::new(Tlp::WORDS.iter().map(|(word, _)| word)))]
    tlp: Option<String>,
    /// They are summaries of somebody else's public reviews
    #[arg(long)]
    collected: bool,
    /// With --collected: whose reviews they are
    #[arg(long, value_name = "NAME", requires = "collected")]
    organisation: Option<String>,
    /// With --collected: the address of the source, where a review has none of its own
    #[arg(long, value_name = "URL", requires = "collected")]
    source: Option<String>,
    /// With --collected: the licence of the texts, such as CC-BY-4.0
    #[arg(long, value_name = "SPDX", requires = "collected")]
    licence: Option<String>,
    /// With --collected: the commit of the source
    #[arg(long, value_name = "HASH", requires = "collected")]
    commit: Option<String>,
    /// Write over files that are there with another content
    #[arg(long)]
    force: bool,
    /// Report, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The day that counts as today
    #[arg(long, value_name = "DATE", value_parser = workspace::day)]
    now: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CommentsOption {
    /// They are left out, and counted
    None,
    /// Each is an entry of a timeline, with its time
    Timeline,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A few lines for each review
    Human,
    /// JSON, for other programs
    Json,
}

/// Where reviews go, and how they will be read there.
struct Target {
    /// The site folder, or the folder that was named.
    root: PathBuf,
    /// The folder of the reviews below it; empty when it is the same.
    folder: String,
    /// What stands before paths of files in reports.
    shown: PathBuf,
    policy: Policy,
}

impl Target {
    /// The path of a file below the root.
    fn path(&self, file: &SitePath) -> Result<SitePath> {
        let text = format!("{}/{file}", self.folder);
        let path = SitePath::new(text.trim_start_matches('/'));
        path.map_err(|error| anyhow::anyhow!("the path {text} {error}"))
    }
}

impl Import {
    pub(super) fn run(&self, site: Option<&Path>) -> Result<ExitCode> {
        let target = self.target(site)?;
        let wish = self.wish(&target);
        // No source may write over what another one brought.
        let mut names = Names::default();
        let mut reports = Vec::new();
        for path in &self.sources {
            reports.push(self.import(path, (&wish, &target), &mut names)?);
        }
        match self.format {
            Format::Json => terminal::print_data(&json(&reports))?,
            Format::Human => {
                terminal::print(&reports.iter().map(SourceReport::text).collect::<String>())?;
                self.tell_next(&reports);
            }
        }
        let has_kept = reports.iter().any(SourceReport::has_kept);
        Ok(if has_kept || reports.iter().all(SourceReport::is_empty) { findings() } else { FINE })
    }

    fn tell_next(&self, reports: &[SourceReport]) {
        if reports.iter().all(SourceReport::is_empty) {
            terminal::tell("No review was found. `--all` takes over everything, and `--from` names the container.");
        } else if !self.dry_run && self.status.is_none() {
            terminal::tell(
                "New reviews are drafts, unless casebook.toml says otherwise. `casebook check` tells what they lack.",
            );
        }
    }

    fn target(&self, site: Option<&Path>) -> Result<Target> {
        let root = workspace::find(site)?;
        let options = Options { today: workspace::today(self.now)?, base_url: None, audience: Audience::Team };
        let is_site = root.join("casebook.toml").is_file();
        let below = self.into.as_ref().map(|into| below(&root, into));
        if is_site && below == Some(None) && self.into.as_ref().is_some_and(|into| stands_in(&root, into)) {
            bail!("a link leads out of the site folder here, so nothing is written; name the folder that it leads to");
        }
        // A folder that lies outside of the site is read as if there were none.
        if !is_site || below == Some(None) {
            let into = self.into.clone().with_context(|| {
                format!(
                    "{} has no casebook.toml, so it is not a site folder; `casebook init` makes one, and `--into` names any \
                     other folder to write to",
                    root.display()
                )
            })?;
            let mut sources = SourceSet::default();
            sources.add_text(path("casebook.toml"), &settings_of_draft(&[path("review.md")]));
            sources.add_text(path("content/factors.toml"), DEFAULT_REGISTRY);
            let policy = Configuration::read(&sources, &options).policy;
            return Ok(Target { shown: into.clone(), root: into, folder: String::new(), policy });
        }
        let sources = workspace::read(&root)?;
        let configuration = Configuration::read(&sources, &options);
        let usual = || configuration.config.reviews.folder_for("review.md").map(str::to_owned);
        let folder = below.flatten().or_else(usual).context(
            "no pattern of [[reviews]] in casebook.toml takes a new file; `--into` names a folder to write to",
        )?;
        Ok(Target { root, folder, shown: PathBuf::new(), policy: configuration.policy })
    }

    fn wish(&self, target: &Target) -> Wish {
        let container = CONTAINERS.iter().map(|container| container.name);
        let collected = Collected {
            organisation: self.organisation.clone(),
            source: self.source.clone(),
            licence: self.licence.clone(),
            commit: self.commit.clone(),
        };
        Wish {
            folder: target.folder.clone(),
            container: self.from.as_ref().and_then(|from| container.into_iter().find(|name| name == from)),
            comments: match self.comments {
                CommentsOption::None => Comments::LeftOut,
                CommentsOption::Timeline => Comments::Timeline,
            },
            choice: if self.all { Choice::All } else { Choice::Reviews },
            status: self.status.clone(),
            tlp: self.tlp.clone(),
            collected: self.collected.then_some(collected),
        }
    }

    fn import(&self, source: &Path, (wish, target): (&Wish, &Target), names: &mut Names) -> Result<SourceReport> {
        let (name, SourceFiles { files, unread }) = read(source)?;
        let pieces = files.into_iter().map(|(path, bytes)| Piece::new(path, bytes)).collect();
        let stem = Path::new(&name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let mut import = import(pieces, &stem, (wish, &target.policy), names);
        import.skipped.extend(unread.into_iter().map(|(origin, why)| Skipped { origin, why }));
        let mut lines = Vec::new();
        for review in &import.reviews {
            lines.push(self.place(review, target)?);
        }
        Ok(SourceReport::new(name, &import, lines))
    }

    /// Writes a review and its pictures, and reports on it.
    fn place(&self, review: &Imported, target: &Target) -> Result<Line> {
        let at = target.path(&review.path)?;
        let fate = self.put(&target.root, &at, review.text.as_bytes())?;
        for picture in &review.pictures {
            if fate != Fate::Kept {
                self.put(&target.root, &target.path(&picture.path)?, &picture.bytes)?;
            }
        }
        Ok(Line {
            file: target.shown.join(at.as_str()).display().to_string(),
            origin: review.origin.clone(),
            container: review.container,
            fate,
            understood: understood(&Source::new(at, &review.text), &target.policy),
            pictures: review.pictures.len(),
            left_out: review.left_out.clone(),
        })
    }

    fn put(&self, root: &Path, path: &SitePath, content: &[u8]) -> Result<Fate> {
        let there = disk::read_present(root, path)?;
        let fate = match there {
            Some(there) if there == content => Fate::Same,
            Some(_) if !self.force => Fate::Kept,
            Some(_) if self.dry_run => Fate::Planned,
            Some(_) => Fate::Replaced,
            None if self.dry_run => Fate::Planned,
            None => Fate::Written,
        };
        match fate {
            Fate::Written => disk::create_files(root, &[(path.clone(), content.to_vec())])?,
            Fate::Replaced => disk::replace(root, path, content)?,
            Fate::Same | Fate::Kept | Fate::Planned => {}
        }
        Ok(fate)
    }
}

/// A source by its name, with its files.
fn read(source: &Path) -> Result<(String, SourceFiles)> {
    if source.as_os_str() != "-" {
        let whole = std::path::absolute(source).unwrap_or_else(|_| source.to_owned());
        let name = whole.file_name().unwrap_or(OsStr::new(".")).to_string_lossy().into_owned();
        return Ok((name, disk::read_source(source, LARGEST_FILE)?));
    }
    let bytes = terminal::read_bytes(LARGEST_FILE)?;
    let files = vec![(path("standard-input"), bytes)];
    Ok(("standard input".to_owned(), SourceFiles { files, unread: Vec::new() }))
}

/// A folder as a path below the site; none when it lies outside.
fn below(root: &Path, folder: &Path) -> Option<String> {
    let whole = |path: &Path| {
        let there = path.ancestors().find(|ancestor| ancestor.exists() && !ancestor.as_os_str().is_empty());
        let real = there.and_then(|there| there.canonicalize().ok());
        match (there, real) {
            (Some(there), Some(real)) => path.strip_prefix(there).map(|rest| real.join(rest)).ok(),
            _ => std::path::absolute(path).ok(),
        }
    };
    let (root, folder) = (whole(root)?, whole(&std::path::absolute(folder).ok()?)?);
    let below = folder.strip_prefix(&root).ok()?;
    Some(below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// Whether a folder stands below `root` by its name, wherever links lead.
fn stands_in(root: &Path, folder: &Path) -> bool {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole(folder).starts_with(whole(root))
}

fn path(text: &str) -> SitePath {
    SitePath::new(text).expect("the name is a path")
}
