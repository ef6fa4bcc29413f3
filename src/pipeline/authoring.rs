//! Notes for authors, shown in a preview: the source of a page, what the review lacks, and what readers do not see.

use crate::document::withheld_passages;
use crate::model::{Coverage, Policy, Review, Status, Tlp};
use crate::redact::WithheldKind;
use crate::render::Renderer;
use crate::site::PageKind;
use crate::text::{SitePath, SourceSet, Span};

/// Notes for the author of a page.
#[derive(Clone, Debug)]
pub struct Authoring {
    /// The file that the page is made of.
    pub source: SitePath,
    /// The parts of a complete review, and whether this one has them; empty for other pages.
    pub coverage: Vec<Coverage>,
    /// Why readers do not see the review; none when they do.
    pub withheld: Option<String>,
}

/// A passage that is never published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InternalBlock {
    /// The text between the markers, without them.
    pub text: String,
    /// The last line of text before it.
    pub after: String,
}

/// Notes for the author of the page at `path`; none when no file of the site is its source.
pub fn authoring(renderer: &Renderer, path: &SitePath) -> Option<Authoring> {
    let corpus = &renderer.analysis().corpus;
    let page = renderer.site().page(path)?;
    let source = page.source(corpus)?.clone();
    let PageKind::Review(at) = page else { return Some(Authoring { source, coverage: Vec::new(), withheld: None }) };
    let review = &corpus.reviews[*at];
    Some(Authoring { source, coverage: review.coverage(), withheld: withheld(review, &corpus.policy) })
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
    let is_draft = review.status.as_ref().is_some_and(|status| status.value == Status::Draft);
    let is_restricted = review.tlp.as_ref().is_some_and(|tlp| tlp.value != Tlp::Clear);
    let embargo = review.publish.as_ref().map(|publish| publish.value).filter(|publish| *publish > today);
    Some(if is_draft {
        "draft".to_owned()
    } else if is_restricted {
        "restricted by its TLP".to_owned()
    } else if let Some(publish) = embargo {
        format!("embargoed until {publish}")
    } else {
        "not clear enough to be published".to_owned()
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
