//! Mistakes of a site's own templates, some of which only show when pages are rendered.

use std::collections::HashSet;
use std::mem::discriminant;

use rayon::prelude::*;

use super::{Failure, Prepared, render_all};
use crate::config::read_config;
use crate::diagnostic::{Diagnostic, Level};
use crate::render::audit;
use crate::site::Route;
use crate::text::{SitePath, SourceSet};

/// What was prepared, with the mistakes that `build` would find in the templates of the site. Nothing is rendered for a site
/// without templates of its own.
pub fn with_templates(mut prepared: Prepared, sources: &SourceSet) -> Prepared {
    if !has_templates(sources) {
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
    if add_new(&mut prepared, found) {
        (prepared.renderer, prepared.preview) = (None, None);
    }
    prepared
}

/// Adds the mistakes that one page of each kind shows. The site can be previewed all the same: other pages may be whole.
pub fn add_mistakes_of_samples(prepared: &mut Prepared, sources: &SourceSet) {
    let Some(renderer) = prepared.preview.clone().filter(|_| has_templates(sources)) else { return };
    let mut kinds = HashSet::new();
    let routes = renderer.site().routes.iter();
    let pages =
        routes.filter(|(_, route)| matches!(route, Route::Page(page) if kinds.insert(discriminant(&page.kind))));
    let paths: Vec<&SitePath> = pages.map(|(path, _)| path).collect();
    let found = paths.par_iter().filter_map(|path| renderer.render(path)?.err()).map(|finding| *finding).collect();
    add_new(prepared, found);
}

fn has_templates(sources: &SourceSet) -> bool {
    sources.texts.keys().any(|path| path.below("themes").is_some())
}

/// Adds what is not known, each once. Whether there was anything.
fn add_new(prepared: &mut Prepared, found: Vec<Diagnostic>) -> bool {
    let mut is_new = false;
    for finding in found {
        let is_same = |known: &Diagnostic| known.path == finding.path && known.span.start == finding.span.start;
        if !prepared.findings.iter().any(is_same) {
            prepared.counts.errors += 1;
            prepared.findings.push(finding);
            is_new = true;
        }
    }
    is_new
}

fn audited(sources: &SourceSet) -> Vec<Diagnostic> {
    let Some(settings) = sources.text("casebook.toml") else { return Vec::new() };
    let (config, _) = read_config(settings);
    let mut found = audit(&config.theme.value, &config.language, sources);
    found.retain(|finding| finding.level == Level::Error);
    found
}
