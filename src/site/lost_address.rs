//! The addresses that a build takes away, and the aliases that would keep them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Site, address};
use crate::model::{Corpus, Factor, Page, Review, ReviewIndex};
use crate::text::{SitePath, Spanned};

/// The length of a day in an id, such as `2026-03-04`, which counts more than any word.
const DAY: usize = 10;

/// The addresses that are gone, and what may stand for them now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LostAddresses {
    /// What others may link to, in order.
    pub paths: Vec<SitePath>,
    /// The sources that are new and resemble what is gone, in order.
    pub successors: Vec<Successor>,
}

/// A review, factor or page that may be one that is gone, under a new name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Successor {
    /// The file to change.
    pub source: SitePath,
    /// The factor in that file; empty for a review or a page.
    pub factor: String,
    /// All its aliases with those that it would need, the oldest first.
    pub aliases: Vec<String>,
}

/// A review, factor or page that has aliases.
struct Named<'a> {
    page: SitePath,
    source: SitePath,
    factor: &'a str,
    aliases: &'a [Spanned<String>],
}

impl LostAddresses {
    /// What is lost when the outputs in `removed` go and those in `added` come.
    pub(crate) fn find(site: &Site, corpus: &Corpus, removed: &[SitePath], added: &BTreeSet<SitePath>) -> Self {
        let gone: BTreeSet<&str> = removed.iter().map(SitePath::as_str).collect();
        let paths: Vec<SitePath> = removed.iter().filter(|path| is_linked_to(path, &gone)).cloned().collect();
        let new: Vec<Named<'_>> = named(site, corpus).into_iter().filter(|named| added.contains(&named.page)).collect();
        let mut lost_by: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (kind, id) in paths.iter().filter_map(kind_and_id) {
            let of_kind = new.iter().enumerate().filter_map(|(at, named)| Some((at, kind_and_id(&named.page)?)));
            let near = of_kind.filter(|(_, (other, _))| *other == kind);
            let near = near.map(|(at, (_, other))| (likeness(id, other), at)).filter(|(likeness, _)| *likeness > 0);
            if let Some((_, at)) = near.max() {
                lost_by.entry(at).or_default().push(id);
            }
        }
        Self { successors: lost_by.into_iter().map(|(at, lost)| new[at].successor(&lost)).collect(), paths }
    }
}

/// Every review, factor and page of the site itself, in the order of their files.
fn named<'a>(site: &Site, corpus: &'a Corpus) -> Vec<Named<'a>> {
    let review = |(at, review): (ReviewIndex, &'a Arc<Review>)| Named {
        page: site.review_path(at),
        source: review.path.clone(),
        factor: "",
        aliases: &review.aliases,
    };
    let factor = |factor: &'a Factor| Named {
        page: address::factor(&factor.id.value),
        source: address::path("content/factors.toml"),
        factor: &factor.id.value,
        aliases: &factor.aliases,
    };
    let page = |page: &'a Page| Named {
        page: address::content_page(page),
        source: page.path.clone(),
        factor: "",
        aliases: &page.aliases,
    };
    let reviews = corpus.local().map(review);
    reviews.chain(corpus.policy.registry.iter().map(factor)).chain(corpus.pages.iter().map(page)).collect()
}

impl Named<'_> {
    /// Itself as the successor of the ids in `lost`, which are younger than the aliases that it has.
    fn successor(&self, lost: &[&str]) -> Successor {
        let known = self.aliases.iter().map(|alias| alias.value.as_str());
        let aliases = known.chain(lost.iter().copied()).map(str::to_owned).collect();
        Successor { source: self.source.clone(), factor: self.factor.to_owned(), aliases }
    }
}

/// Whether others may link to an output: not what only the site's own pages load, and not the further pages of a list,
/// which come and go with its length. What stands beside a page that is gone is told with it.
fn is_linked_to(path: &SitePath, gone: &BTreeSet<&str>) -> bool {
    let is_own = ["assets", "search"].into_iter().any(|folder| path.below(folder).is_some());
    let text = path.as_str();
    let page = path.extension().map(|extension| format!("{}html", &text[..text.len() - extension.len()]));
    let is_beside = page.is_some_and(|page| page != text && gone.contains(page.as_str()));
    let number = path.stem().strip_prefix("page-");
    let is_further = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    !is_own && !is_beside && !is_further
}

/// The folder that tells reviews, factors and pages apart, and the id that an alias would name.
fn kind_and_id(page: &SitePath) -> Option<(&'static str, &str)> {
    let id = page.as_str().strip_suffix(".html")?;
    let in_folder = ["reviews", "factors"].into_iter().find_map(|folder| Some((folder, page.below(folder)?)));
    Some(in_folder.map_or(("", id), |(folder, _)| (folder, &id[folder.len() + 1..])))
}

/// How much two ids have in common: their words, and above all the day that they begin with.
fn likeness(one: &str, other: &str) -> usize {
    let words = |id: &str| -> BTreeSet<String> {
        let words = id.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit())).collect()
    };
    let day = |id: &str| id.get(..DAY).filter(|day| day.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned);
    let has_same_day = day(one).is_some() && day(one) == day(other);
    words(one).intersection(&words(other)).count() + if has_same_day { DAY } else { 0 }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{is_linked_to, likeness};
    use crate::text::SitePath;

    #[test]
    fn a_renamed_page_is_recognised() {
        let near = |lost: &str, new: &[&'static str]| {
            let all = new.iter().map(|new| (likeness(lost, new), *new)).filter(|(likeness, _)| *likeness > 0);
            all.max().map(|(_, new)| new)
        };
        assert_eq!(
            near("2026-03-04-search-index-disk", &["2026-03-04-disk", "2026-05-04-search-index-again"]),
            Some("2026-03-04-disk")
        );
        assert_eq!(near("missing-alert", &["absent-alert", "slow-review"]), Some("absent-alert"));
        assert_eq!(near("INC-1042", &["2026-03-04-disk", "1042"]), None);
        assert_eq!(near("about", &["imprint"]), None);
    }

    #[test]
    fn only_what_others_link_to_is_told() {
        let gone = [
            "reviews/a.html",
            "reviews/a.json",
            "factors/b.html",
            "factors/b.xml",
            "c.pdf",
            "services/d.xml",
            "reviews/page-2.html",
            "services/d/page-12.html",
            "assets/style.1234.css",
            "search/w-a.js",
        ];
        let all: BTreeSet<&str> = gone.into_iter().collect();
        let told: Vec<&str> =
            gone.into_iter().filter(|path| is_linked_to(&SitePath::new(path).unwrap(), &all)).collect();
        assert_eq!(told, ["reviews/a.html", "factors/b.html", "c.pdf", "services/d.xml"]);
    }
}
