//! What helps whoever writes a review, in a preview: its source, what it lacks, and what is kept from readers.

use crate::document::withheld_passages;

use crate::model::{Coverage, Policy, Review, Status, Tlp};
use crate::redact::WithheldKind;
use crate::render::Renderer;
use crate::site::PageKind;
use crate::text::{SitePath, SourceSet, Span};

/// What helps whoever writes the page at an output path.
#[derive(Clone, Debug)]
pub struct Aid {
    /// The file that the page is made of.
    pub source: SitePath,
    /// What a complete review has; empty for other pages.
    pub coverage: Vec<Coverage>,
    /// Why readers do not see the review; none when they do.
    pub withheld: Option<String>,
}

/// A passage that is never published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InternalBlock {
    /// What it says.
    pub text: String,
    /// The last line of text before it.
    pub after: String,
}

/// What helps whoever writes the page at `path`; none when no file of the site is its source.
pub fn aid(renderer: &Renderer, path: &SitePath) -> Option<Aid> {
    let corpus = &renderer.analysis().corpus;
    match renderer.site().page(path)? {
        PageKind::Review(at) => {
            let review = &corpus.reviews[*at];
            let withheld = withheld(review, &corpus.policy);
            Some(Aid { source: review.path.clone(), coverage: review.coverage(), withheld })
        }
        PageKind::Content(at) => {
            Some(Aid { source: corpus.pages[*at].path.clone(), coverage: Vec::new(), withheld: None })
        }
        _ => None,
    }
}

/// The pages of reviews that readers do not see, each with the reason.
pub fn withheld_pages(renderer: &Renderer) -> Vec<(SitePath, String)> {
    let site = renderer.site();
    let corpus = &renderer.analysis().corpus;
    let reviews = corpus.indexed();
    reviews.filter_map(|(at, review)| Some((site.review_path(at), withheld(review, &corpus.policy)?))).collect()
}

/// The internal blocks in the body of a source.
pub fn internal_blocks(sources: &SourceSet, path: &SitePath) -> Vec<InternalBlock> {
    let Some(source) = sources.texts.get(path) else { return Vec::new() };
    let text = &source.text;
    let block = |span: Span| {
        let (_, inner) = span.slice(text).strip_prefix("<!--")?.split_once("-->")?;
        let inner = inner.rfind("<!--").map_or(inner, |close| &inner[..close]);
        let before = text[..span.start].lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
        Some(InternalBlock { text: inner.trim().to_owned(), after: before.to_owned() })
    };
    let blocks = withheld_passages(source).into_iter().filter(|passage| passage.kind == WithheldKind::Internal);
    blocks.filter_map(|passage| block(passage.span)).collect()
}

fn withheld(review: &Review, policy: &Policy) -> Option<String> {
    let today = policy.today;
    if review.is_public(today) {
        return None;
    }
    let status = review.status.as_ref().map(|status| status.value);
    let publish = review.publish.as_ref().map(|publish| publish.value).filter(|publish| *publish > today);
    Some(match (status, &review.tlp, publish) {
        (Some(Status::Draft), ..) => "draft".to_owned(),
        (_, Some(tlp), _) if tlp.value != Tlp::Clear => "restricted by its TLP".to_owned(),
        (_, _, Some(publish)) => format!("embargoed until {publish}"),
        _ => "not clear enough to be published".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{InternalBlock, internal_blocks};
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};
    use crate::text::{SitePath, SourceSet};

    #[test]
    fn internal_blocks_are_found_with_what_they_follow() {
        let mut sources = SourceSet::default();
        let path = SitePath::new(SAMPLE_PATH).unwrap();
        let text = SAMPLE_REVIEW
            .replace("## Root cause\n", "## Root cause\n\nWords.\n\n<!-- internal -->\nNames.\n<!-- /internal -->\n");
        sources.add_text(path.clone(), &text);
        let expected = InternalBlock { text: "Names.".to_owned(), after: "Words.".to_owned() };
        assert_eq!(internal_blocks(&sources, &path), [expected]);
    }
}
