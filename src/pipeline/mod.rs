//! The order of the stages: check, plan, render. The only place that knows it.

mod aid;
mod leak;
mod memory;
mod passage;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::analysis::Analysis;
use crate::check::{self, Counts, Outlook, Verdict, check, check_while};
use crate::config::{BaseUrl, Config};
use crate::diagnostic::{Diagnostic, Level, ProblemKind};
use crate::model::Corpus;
use crate::render::{Renderer, Theme};
use crate::rules::of_problem;
use crate::site::{Collision, plan};
use crate::text::{Output, SitePath, SourceSet, Span};

pub use crate::check::{Audience, Options, addresses};
pub use aid::{Aid, InternalBlock, aid, internal_blocks, withheld_pages};
pub use leak::{Guard, Leak};
pub use memory::Memory;

/// A site folder, checked and ready to be rendered.
pub struct Prepared {
    /// Every finding, by file and place.
    pub findings: Vec<Diagnostic>,
    /// How many findings and reviews there are.
    pub counts: Counts,
    /// What renders the site; none when an error stands in the way.
    pub renderer: Option<Arc<Renderer>>,
    /// Where the site will be reachable.
    pub base_url: BaseUrl,
}

/// Checks the folder and plans the site. Nothing is rendered yet.
pub fn prepare(sources: &SourceSet, options: &Options) -> Prepared {
    let plan = |config: &Config, corpus: Corpus, _| {
        let theme = Theme::load(&config.theme, &config.language, sources)?;
        Ok(renderer(config, corpus, sources, Arc::new(theme)))
    };
    let (verdict, planned) = check_while(sources, options, None, plan);
    finish(verdict, planned)
}

/// The same, with what was kept of the last time. The result is the same, too, and comes sooner. `early` is given the
/// site before all reviews were judged together, unless something found by then may stand in its way.
pub fn prepare_again(
    sources: &SourceSet,
    options: &Options,
    memory: &mut Memory,
    early: impl FnOnce(Prepared) + Send,
) -> Prepared {
    let Memory { cache, themes } = memory;
    let plan = |config: &Config, corpus: Corpus, outlook: Outlook| {
        let renderer = renderer(config, corpus, sources, themes.load(config, sources)?);
        if outlook == Outlook::Clear && renderer.site().collisions.is_empty() {
            early(unjudged(config, renderer.clone()));
        }
        Ok(renderer)
    };
    let (verdict, planned) = check_while(sources, options, Some(cache), plan);
    finish(verdict, planned)
}

/// The site before anything in it was judged, for whoever waits for its first page; none as soon as something cannot be
/// understood, or two outputs would have one address. It is replaced by what [`prepare_again`] makes of it.
pub fn glance(sources: &SourceSet, options: &Options, memory: &mut Memory) -> Option<Prepared> {
    let themes = &mut memory.themes;
    let (config, corpus, theme) = check::glance(sources, options, |config| themes.load(config, sources))?;
    let renderer = renderer(&config, corpus, sources, theme.ok()?);
    let is_whole = renderer.site().collisions.is_empty();
    is_whole.then(|| unjudged(&config, renderer))
}

/// A site whose findings nobody knows yet.
fn unjudged(config: &Config, renderer: Arc<Renderer>) -> Prepared {
    Prepared {
        findings: Vec::new(),
        counts: Counts::default(),
        renderer: Some(renderer),
        base_url: config.base_url.clone(),
    }
}

fn finish(mut checked: Verdict, planned: Result<Arc<Renderer>, Box<Diagnostic>>) -> Prepared {
    let mut renderer = match planned {
        Ok(renderer) => Some(renderer).filter(|_| checked.counts.errors == 0),
        Err(finding) => {
            checked.findings.push(*finding);
            checked.counts.errors += 1;
            None
        }
    };
    let collisions: Vec<Diagnostic> =
        renderer.iter().flat_map(|renderer| &renderer.site().collisions).map(taken_address).collect();
    if !collisions.is_empty() {
        checked.counts.errors += collisions.len();
        checked.findings.extend(collisions);
        renderer = None;
    }
    Prepared { findings: checked.findings, counts: checked.counts, renderer, base_url: checked.config.base_url }
}

fn renderer(config: &Config, corpus: Corpus, sources: &SourceSet, theme: Arc<Theme>) -> Arc<Renderer> {
    let analysis = Analysis::new(corpus);
    let site = plan(config, &analysis, sources, theme.parts());
    Arc::new(Renderer::new(site, analysis, theme))
}

/// Two sources with one address, say: the one would silently be published in place of the other.
fn taken_address(collision: &Collision) -> Diagnostic {
    let rule = of_problem(ProblemKind::DuplicateId).metadata;
    let mut finding = Diagnostic::new(rule, collision.source.as_str(), Span::at(0), collision.message.clone());
    finding.help(collision.help);
    finding
}

/// What may be published of the folder, whatever its findings are, and where the site will be reachable.
pub fn corpus(sources: &SourceSet, options: &Options) -> (Corpus, BaseUrl) {
    let checked = check(sources, options);
    (checked.corpus, checked.config.base_url)
}

/// Renders every output in parallel and hands each to `stage`, whose results are returned in the order of the paths.
///
/// # Errors
///
/// All mistakes of templates, each once; or what `stage` returned first.
pub fn render_all<T: Send, E: Send>(
    renderer: &Renderer,
    stage: impl Fn(&SitePath, Output) -> Result<T, E> + Sync,
) -> Result<Vec<T>, Failure<E>> {
    let paths = renderer.paths();
    let results: Vec<Result<T, Failure<E>>> = paths
        .par_iter()
        .filter_map(|path| Some((path, renderer.render(path)?)))
        .map(|(path, output)| match output {
            Ok(output) => stage(path, output).map_err(Failure::Stage),
            Err(finding) => Err(Failure::Template(vec![*finding])),
        })
        .collect();
    let mut staged = Vec::with_capacity(results.len());
    let mut findings = BTreeMap::new();
    for result in results {
        match result {
            Ok(done) => staged.push(done),
            Err(Failure::Stage(error)) => return Err(Failure::Stage(error)),
            Err(Failure::Template(found)) => {
                // Every page that uses a template repeats its mistake.
                let key = |finding: &Diagnostic| (finding.path.clone(), finding.span, finding.message.clone());
                findings.extend(found.into_iter().map(|finding| (key(&finding), finding)));
            }
        }
    }
    if findings.is_empty() { Ok(staged) } else { Err(Failure::Template(findings.into_values().collect())) }
}

/// Why not everything could be rendered.
#[derive(Debug)]
pub enum Failure<E> {
    /// Mistakes in templates.
    Template(Vec<Diagnostic>),
    /// An output could not be taken.
    Stage(E),
}

/// The number of findings at a level.
pub fn count(findings: &[Diagnostic], level: Level) -> usize {
    findings.iter().filter(|finding| finding.level == level).count()
}
