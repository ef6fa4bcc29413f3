//! The files for other programs.

use crate::dataset::{self, Issuer};
use crate::render::Renderer;
use crate::site::DataFile;
use crate::text::strip_json_controls;

/// The text of a file for other programs.
pub(super) fn file(renderer: &Renderer, file: DataFile) -> String {
    let (corpus, about) = (&renderer.analysis.corpus, &renderer.site.about);
    let issuer = Issuer {
        title: &about.title,
        description: &about.description,
        organisation: &about.organisation,
        base_url: about.base_url.as_str(),
        language: &about.language,
        licence: &about.licence,
    };
    match file {
        DataFile::Dataset => strip_json_controls(dataset::dataset(corpus, &issuer)),
        DataFile::Schema => dataset::schema(),
        DataFile::Reviews => dataset::reviews_csv(corpus, &issuer),
        DataFile::Factors => dataset::factors_csv(corpus, &issuer),
        DataFile::Actions => dataset::actions_csv(corpus, &issuer),
        DataFile::Calendar => dataset::calendar(corpus, &issuer),
        DataFile::Review(at) => strip_json_controls(dataset::one_review(&corpus.reviews[at], corpus, &issuer)),
    }
}
