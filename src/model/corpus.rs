//! Everything that may be published, and nothing else.

use std::sync::Arc;

use super::action::Action;
use super::factor::Factor;
use super::factor_use::FactorUse;
use super::policy::Policy;
use super::position::{ActionRef, ReviewIndex};
use super::review::{LinkUse, Review};
use crate::text::{SitePath, SourceMap, Span, Spanned};

/// Any other page of the site.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file it was read from.
    pub path: SitePath,
    /// Its address without `.html`.
    pub id: String,
    /// The title that its front matter gives it.
    pub title: String,
    /// Former ids, whose addresses lead here.
    pub aliases: Vec<Spanned<String>>,
    /// The headings of the text, in order.
    pub headings: Vec<String>,
    /// The links and images of the text, in order.
    pub links: Vec<LinkUse>,
    /// The text without front matter, internal blocks and comments. All spans are places in it.
    pub text: Arc<str>,
    /// From places in `text` to those in the file as it is written.
    pub map: SourceMap,
    /// The part of `text` that is Markdown.
    pub body: Span,
}

/// What may be published. Reviews stand by date, the newest first, and by id within a day.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The reviews of this site and of others that anybody may read.
    pub reviews: Vec<Arc<Review>>,
    /// The other pages, by id.
    pub pages: Vec<Page>,
    /// What the site asks of reviews, with the registry of factors.
    pub policy: Policy,
}

impl Corpus {
    /// Orders `reviews` and takes them in.
    pub fn new(mut reviews: Vec<Arc<Review>>, mut pages: Vec<Page>, policy: Policy) -> Self {
        reviews.sort_by(|a, b| b.date().cmp(&a.date()).then_with(|| a.id.cmp(&b.id)));
        pages.sort_by(|a, b| a.id.cmp(&b.id));
        Self { reviews, pages, policy }
    }

    /// The reviews, each with its position.
    pub fn indexed(&self) -> impl DoubleEndedIterator<Item = (ReviewIndex, &Arc<Review>)> {
        self.reviews.iter().enumerate().map(|(at, review)| (ReviewIndex(at), review))
    }

    /// The reviews of this site itself, without those of others, each with its position.
    pub fn local(&self) -> impl Iterator<Item = (ReviewIndex, &Arc<Review>)> {
        self.indexed().filter(|(_, review)| review.origin.is_none())
    }

    /// An action of one of the reviews.
    pub fn action(&self, of: ActionRef) -> &Action {
        &self.reviews[of.review].actions[of.action]
    }

    /// The registered factor that a review names.
    pub fn factor(&self, factor: &FactorUse) -> Option<&Factor> {
        self.policy.registry.get(&factor.id.value)
    }
}
