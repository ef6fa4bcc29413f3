//! Rendering of all outputs of a site.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::render::Renderer;
use crate::text::{Output, SitePath};

/// Renders every output in parallel and hands each to `stage`, whose results are returned in the order of the paths.
///
/// # Errors
///
/// All mistakes of templates and outputs without content, each once; or what `stage` returned first.
pub fn render_all<T: Send, E: Send>(
    renderer: &Renderer,
    stage: impl Fn(&SitePath, Output) -> Result<T, E> + Sync,
) -> Result<Vec<T>, Failure<E>> {
    let paths = renderer.paths();
    let results: Vec<Result<T, Failure<E>>> = paths
        .par_iter()
        .map(|path| match renderer.render(path).unwrap_or_else(|| Err(renderer.nothing_at(path))) {
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
