//! Mistakes of a site's own templates, some of which only show when pages are rendered.

use super::{Failure, Prepared, render_all};
use crate::config::read_config;
use crate::diagnostic::{Diagnostic, Level};
use crate::render::audit;
use crate::text::SourceSet;

/// What was prepared, with the mistakes that `build` would find in the templates of the site. Nothing is rendered for a site
/// without templates of its own.
pub fn with_templates(mut prepared: Prepared, sources: &SourceSet) -> Prepared {
    if !sources.texts.keys().any(|path| path.below("themes").is_some()) {
        return prepared;
    }
    let found = match &prepared.renderer {
        Some(renderer) => match render_all(renderer, |_, _| Ok::<(), ()>(())) {
            Err(Failure::Template(found)) => found,
            Ok(_) | Err(Failure::Stage(())) => Vec::new(),
        },
        // With errors elsewhere no page is made. What can be seen without is told all the same.
        None => audited(sources),
    };
    let is_known = |found: &Diagnostic| {
        prepared.findings.iter().any(|known| known.path == found.path && known.span.start == found.span.start)
    };
    let new: Vec<Diagnostic> = found.into_iter().filter(|found| !is_known(found)).collect();
    if !new.is_empty() {
        prepared.counts.errors += new.len();
        (prepared.renderer, prepared.preview) = (None, None);
        prepared.findings.extend(new);
    }
    prepared
}

fn audited(sources: &SourceSet) -> Vec<Diagnostic> {
    let Some(settings) = sources.text("casebook.toml") else { return Vec::new() };
    let (config, _) = read_config(settings);
    let mut found = audit(&config.theme.value, &config.language, sources);
    found.retain(|finding| finding.level == Level::Error);
    found
}
