//! The way from a site folder to a site: read, plan, judge, render. The order of these stages is written down here and
//! nowhere else, in `src/pipeline/stages.rs`.

mod authoring;
mod cache;
mod leak;
mod passage;
mod rebuild;
mod render;
mod stages;
mod template;

use std::collections::BTreeSet;

use crate::check::Reading;
use crate::config::{BaseUrl, read_config};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Corpus;
use crate::text::{FilePatterns, Source, SourceSet};

pub(crate) use crate::check::Judgement;
pub use crate::check::{Audience, Configuration, Options, ReviewRules};
pub use authoring::{Authoring, InternalBlock, authoring, internal_blocks, withheld_pages};
pub use cache::BuildCache;
pub use leak::{Leak, LeakDetector};
pub use rebuild::{Rebuild, Rebuilder};
pub use render::{Failure, render_all};
pub use stages::{Prepared, Stages};
pub use template::{add_mistakes_of_samples, with_templates};

/// Which files of a site folder are reviews, by the text of its casebook.toml.
pub fn review_files(settings: Option<&Source>) -> Vec<FilePatterns> {
    let places = settings.map(|source| read_config(source).0.reviews);
    places.unwrap_or_default().files()
}

/// Checks the folder and plans the site. Nothing is rendered yet.
pub fn prepare(sources: &SourceSet, options: &Options) -> Prepared {
    Stages::read(Configuration::read(sources, options), None, ReviewRules::AtOnce).finish()
}

/// What may be published of the folder, whatever its findings are, and where the site will be reachable.
pub fn corpus(sources: &SourceSet, options: &Options) -> (Corpus, BaseUrl) {
    let reading = read(sources, options);
    (reading.corpus(), reading.config().base_url.clone())
}

/// Every page of another site that the reviews and pages in `sources` lead to, published or not.
pub fn outside_addresses(sources: &SourceSet, options: &Options) -> BTreeSet<String> {
    read(sources, options).outside_addresses()
}

fn read<'a>(sources: &'a SourceSet, options: &'a Options) -> Reading<'a> {
    Reading::new(Configuration::read(sources, options), None, ReviewRules::Later)
}

/// The number of findings at a level.
pub fn count(findings: &[Diagnostic], level: Level) -> usize {
    findings.iter().filter(|finding| finding.level == level).count()
}
