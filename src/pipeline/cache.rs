//! What one build leaves for the next: judged reviews, the theme and the plan.

use std::sync::Arc;

use crate::check::ReviewCache;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::Corpus;
use crate::render::{Renderer, Theme};
use crate::text::{Asset, SitePath, Source, SourceSet};

/// What one build leaves for the next. Nothing in it can be out of date: each entry is compared with all it was made of.
#[derive(Default)]
pub struct BuildCache {
    pub(super) reviews: ReviewCache,
    pub(super) theme: ThemeCache,
    pub(super) plan: PlanCache,
}

/// The site that was planned last. It holds as long as nothing changes but the prose of reviews.
#[derive(Default)]
pub(super) struct PlanCache(Option<Arc<Renderer>>);

impl PlanCache {
    /// Forgets the site, since something else than a review changed.
    pub(super) fn clear(&mut self) {
        self.0 = None;
    }

    /// The site as it is with `corpus`; `None` when that differs in more than the prose of reviews, or the theme does.
    pub(super) fn with(&self, corpus: &Corpus, theme: &Arc<Theme>) -> Option<Arc<Renderer>> {
        let known = self.0.as_ref().filter(|known| known.has_theme(theme))?;
        if known.has_reviews(corpus) { Some(known.clone()) } else { known.of_prose(corpus).map(Arc::new) }
    }

    pub(super) fn keep(&mut self, planned: &Arc<Renderer>) {
        self.0 = Some(planned.clone());
    }
}

/// The theme that was loaded last.
#[derive(Default)]
pub(super) struct ThemeCache(Option<(ThemeKey, Arc<Theme>)>);

/// All that a theme is made of besides the built-in one.
#[derive(PartialEq, Eq)]
struct ThemeKey {
    name: String,
    language: String,
    texts: Vec<Source>,
    assets: Vec<(SitePath, Asset)>,
}

impl ThemeCache {
    /// The theme of that name, loaded anew when one of its files changed.
    pub(super) fn load(&mut self, config: &Config, sources: &SourceSet) -> Result<Arc<Theme>, Vec<Diagnostic>> {
        let key = ThemeKey::of(config, sources);
        if let Some((known, theme)) = &self.0
            && *known == key
        {
            return Ok(theme.clone());
        }
        let theme = Arc::new(Theme::load(&config.theme, &config.language, sources)?);
        self.0 = Some((key, theme.clone()));
        Ok(theme)
    }
}

impl ThemeKey {
    fn of(config: &Config, sources: &SourceSet) -> Self {
        let folder = format!("themes/{}", config.theme.value);
        let is_there = |path: &SitePath| path.below(&folder).is_some();
        let texts = sources.texts.values().filter(|source| is_there(&source.path)).cloned().collect();
        let assets = sources.assets.iter().filter(|(path, _)| is_there(path));
        Self {
            name: config.theme.value.clone(),
            language: config.language.clone(),
            texts,
            assets: assets.map(|(path, asset)| (path.clone(), asset.clone())).collect(),
        }
    }
}
