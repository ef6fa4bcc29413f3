//! The stages of a build, each made from the one before: a reading, the site that is planned from it, its judgement.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::BuildCache;
use super::cache::PlanCache;
use crate::analysis::Analysis;
use crate::check::{Configuration, Counts, Fate, Judgement, Reading, ReviewCache, ReviewRules};
use crate::config::{BaseUrl, Config};
use crate::diagnostic::{Diagnostic, Level, ProblemKind, Subject};
use crate::model::{Corpus, Policy, Review};
use crate::render::{Renderer, Theme};
use crate::rules::of_problem;
use crate::site::{Collision, plan};
use crate::text::{SitePath, SourceSet, Span};

/// A site folder, checked and ready to be rendered.
pub struct Prepared {
    /// Every finding, by file and place.
    pub findings: Vec<Diagnostic>,
    /// How many findings and reviews there are.
    pub counts: Counts,
    /// What becomes of each review, by its file.
    pub fates: BTreeMap<SitePath, Fate>,
    /// What renders the site; none when an error stands in the way.
    pub renderer: Option<Arc<Renderer>>,
    /// What renders the site for its authors, on their machine: also where an error in a text keeps it from being
    /// published, as long as all texts can be read as they are meant.
    pub preview: Option<Arc<Renderer>>,
    /// Where the site will be reachable.
    pub base_url: BaseUrl,
}

/// A build that has read the site folder. [`Stages::finish`] runs the remaining stages; a preview shows
/// the unjudged site before.
pub struct Stages<'a> {
    sources: &'a SourceSet,
    reading: Reading<'a>,
    theme: Result<Arc<Theme>, Vec<Diagnostic>>,
    /// The site, once it was planned.
    site: Option<PlannedSite>,
    cache: Option<&'a mut ReviewCache>,
    plans: Option<&'a mut PlanCache>,
}

/// What renders the site, or why the theme cannot be used.
type PlannedSite = Result<Arc<Renderer>, Vec<Diagnostic>>;

impl<'a> Stages<'a> {
    /// Reads the site folder of `configuration`. What `cache` holds of it is not made again. Neither `cache` nor `rules`
    /// changes the finished site.
    pub fn read(configuration: Configuration<'a>, cache: Option<&'a mut BuildCache>, rules: ReviewRules) -> Self {
        let sources = configuration.sources();
        let config = configuration.config.clone();
        let (reviews, themes, plans) = match cache {
            Some(BuildCache { reviews, theme, plan }) => (Some(reviews), Some(theme), Some(plan)),
            None => (None, None, None),
        };
        let load_theme = || match themes {
            Some(themes) => themes.load(&config, sources),
            None => Theme::load(&config.theme, &config.language, sources).map(Arc::new),
        };
        let read = || Reading::new(configuration, reviews.as_deref(), rules);
        let (reading, theme) = rayon::join(read, load_theme);
        let mut stages = Self { sources, reading, theme, site: None, cache: reviews, plans };
        if rules == ReviewRules::AtOnce {
            stages.judge_reviews();
        }
        stages
    }

    /// Every review as it is read, published or not, by file, and what the site asks of them.
    pub(crate) fn reviews(&self) -> (Vec<Arc<Review>>, &Policy) {
        (self.reading.all_reviews(), self.reading.policy())
    }

    /// Runs the rules that look at one review, where that was left for later, and keeps the results in the cache.
    fn judge_reviews(&mut self) {
        self.reading.judge_reviews(self.cache.take());
    }

    /// The site before its judgement, without findings; none when something that was found so far is an error. The
    /// finished site has the same renderer.
    pub fn unjudged(&mut self) -> Option<Prepared> {
        if self.reading.has_errors() {
            return None;
        }
        let renderer = self.plan().ok().filter(|renderer| renderer.site().collisions.is_empty())?;
        let base_url = self.reading.config().base_url.clone();
        let (counts, fates) = (Counts::default(), BTreeMap::new());
        Some(Prepared {
            findings: Vec::new(),
            counts,
            fates,
            preview: Some(renderer.clone()),
            renderer: Some(renderer),
            base_url,
        })
    }

    /// The judgement of the site, without what only its plan and its theme show: [`Stages::finish`] adds that at the end.
    pub(crate) fn judge(self) -> Judgement {
        self.reading.judge()
    }

    /// Plans and judges the site, as far as that was not done before.
    pub fn finish(mut self) -> Prepared {
        self.judge_reviews();
        let Self { sources, reading, theme, site, plans, .. } = self;
        let base_url = reading.config().base_url.clone();
        let (site, judgement) = match site {
            Some(site) => (site, reading.judge()),
            None => {
                let (config, corpus) = (reading.config().clone(), reading.corpus());
                let planner = Planner { config: &config, sources, theme, plans };
                rayon::join(|| planner.plan(corpus), || reading.judge())
            }
        };
        join(site, judgement, base_url)
    }

    /// The plan and the renderer of the site, even when it has errors.
    pub(super) fn plan(&mut self) -> PlannedSite {
        let Self { sources, reading, theme, site, plans, .. } = self;
        let plans = plans.as_deref_mut();
        let planner = Planner { config: reading.config(), sources, theme: theme.clone(), plans };
        site.get_or_insert_with(|| planner.plan(reading.corpus())).clone()
    }
}

/// What a site is planned from beside its corpus.
struct Planner<'a> {
    config: &'a Config,
    sources: &'a SourceSet,
    theme: Result<Arc<Theme>, Vec<Diagnostic>>,
    plans: Option<&'a mut PlanCache>,
}

impl Planner<'_> {
    fn plan(self, corpus: Corpus) -> PlannedSite {
        let theme = self.theme?;
        if let Some(known) = self.plans.as_ref().and_then(|plans| plans.with(&corpus, &theme)) {
            return Ok(known);
        }
        let analysis = Analysis::new(corpus);
        let site = plan(self.config, &analysis, self.sources, theme.parts());
        let planned = Arc::new(Renderer::new(site, analysis, theme));
        if let Some(plans) = self.plans {
            plans.keep(&planned);
        }
        Ok(planned)
    }
}

/// A site that may be rendered only if its judgement has no error, its theme works and no two outputs have one address.
fn join(site: PlannedSite, judgement: Judgement, base_url: BaseUrl) -> Prepared {
    let Judgement { mut findings, mut counts, fates } = judgement;
    let hindrances = match &site {
        Err(broken_theme) => broken_theme.clone(),
        // Two sources with one id are a finding of a rule already.
        Ok(_) if counts.errors > 0 => Vec::new(),
        Ok(renderer) => renderer.site().collisions.iter().map(collision).collect(),
    };
    counts.errors += hindrances.len();
    findings.extend(hindrances);
    let can_be_shown = |renderer: &Arc<Renderer>| {
        let hinders = |finding: &Diagnostic| {
            finding.level == Level::Error && matches!(finding.rule.subject, Subject::Site | Subject::Form)
        };
        renderer.site().collisions.is_empty() && !findings.iter().any(hinders)
    };
    let preview = site.ok().filter(can_be_shown);
    let renderer = preview.clone().filter(|_| counts.errors == 0);
    Prepared { findings, counts, fates, renderer, preview, base_url }
}

/// A finding for two sources with one address: one of them would overwrite the other.
fn collision(collision: &Collision) -> Diagnostic {
    let rule = of_problem(ProblemKind::DuplicateId).metadata;
    let mut finding = Diagnostic::new(rule, collision.source.as_str(), Span::at(0), collision.message.clone());
    finding.help(collision.help);
    finding
}
