//! The index of factors and the page of each.

use std::collections::BTreeMap;

use serde::Serialize;

use super::build::{Builder, link};

use super::card::role;
use super::chart::{self, MatrixView, ShareView, SparkView};
use super::{ActionView, CategoryView, DateView, FactorView, FilterView, JumpView, LinkView, SightingView, TermView};
use crate::analysis::{Facet, companions, detections, factors_in, matrix, trend};
use crate::model::{ActionRef, Factor, ReviewIndex};
use crate::render::chart::ColumnsView;
use crate::site::{FACTORS_A_PAGE, SIGHTINGS_A_PAGE, address, page_path};

/// A factor's page: `factor`. Of long lists each page holds a part; what is not in a list stands on the first.
#[derive(Clone, Debug, Serialize)]
pub struct FactorPageView {
    /// The factor.
    pub factor: FactorView,
    /// The name of its category.
    pub category_name: String,
    /// How often it was seen in each quarter.
    pub trend: Option<ColumnsView>,
    /// What is not drawn of that, in a sentence; may be empty.
    pub trend_rest: String,
    /// Who or what noticed the incidents first.
    pub detections: Vec<ShareView>,
    /// The factors that were seen together with it, the most frequent first.
    pub companions: Vec<ShareView>,
    /// How it showed, in the newest reviews.
    pub conditions: Vec<ConditionView>,
    /// Where it was seen, the newest first.
    pub seen: Vec<SightingView>,
    /// The actions that addressed it.
    pub actions: Vec<ActionView>,
    /// The number of all of them.
    pub action_count: usize,
    /// The incidents that began after an action against it was closed, the newest first.
    pub recurrences: Vec<RecurrenceView>,
    /// The actions that did not hold.
    pub lapses: Vec<LapseView>,
    /// The number of all of them.
    pub lapse_count: usize,
}

/// How a factor showed in one incident.
#[derive(Clone, Debug, Serialize)]
pub struct ConditionView {
    /// The note of the review, as HTML.
    pub note: String,
    /// The review.
    pub review: LinkView,
    /// Its day.
    pub date: Option<DateView>,
    /// Whose incident it was; may be empty.
    pub organisation: String,
}

/// An incident that began after an action against the factor was closed.
#[derive(Clone, Debug, Serialize)]
pub struct RecurrenceView {
    /// The review.
    pub review: LinkView,
    /// Its day.
    pub date: Option<DateView>,
    /// The action that was closed last before.
    pub action: ActionView,
    /// How many others had been closed before.
    pub others: usize,
}

/// An action that did not hold.
#[derive(Clone, Debug, Serialize)]
pub struct LapseView {
    /// The action.
    pub action: ActionView,
    /// The first incident after it was closed.
    pub first: LinkView,
    /// The day of that incident.
    pub date: Option<DateView>,
    /// The number of incidents after it was closed.
    pub count: usize,
}

/// The index of factors: `index`, beside `categories`.
#[derive(Clone, Debug, Serialize)]
pub struct FactorIndexView {
    /// In how many reviews the most frequent factor was seen.
    pub most: usize,
    /// The categories, each with the place where it begins.
    pub jumps: Vec<JumpView>,
    /// The terms whose pages list the factors seen there; on the first page.
    pub facets: Vec<FacetView>,
    /// How often each two of the most frequent factors were seen together; on the first page.
    pub matrix: Option<MatrixView>,
    /// The filter by organisation, service, severity and year; on the first page, where there is anything to choose.
    pub filter: Option<FilterView>,
}

/// A way to group reviews.
#[derive(Clone, Debug, Serialize)]
pub struct FacetView {
    /// What it is called.
    pub title: String,
    /// The page that lists its terms.
    pub href: String,
    /// Its terms, at most sixty.
    pub terms: Vec<TermView>,
    /// The number of all terms.
    pub count: usize,
}

/// How many notes stand among the conditions.
const CONDITIONS: usize = 6;

/// How many companions a page names.
const COMPANIONS: usize = 12;

/// How many factors the matrix compares.
const MATRIX: usize = 20;

/// How many terms of a facet are named outside its own page.
const TERMS: usize = 60;

impl Builder<'_> {
    /// The page of a factor.
    pub(super) fn factor_page(&self, id: &str) -> FactorPageView {
        let policy = &self.analysis.corpus.policy;
        let factor = policy.registry.get(id).expect("a page was planned for a registered factor");
        let category = policy.category(&factor.category);
        let history = self.analysis.history(factor);
        let positions = self.analysis.sightings.get(id).map_or(&[][..], |seen| &seen.reviews);
        let is_first = self.page.number == 1;
        let place = |action: &ActionRef| self.action(*action);
        let shares = |all: Vec<ShareView>| if is_first { all } else { Vec::new() };
        let trend = (is_first && !positions.is_empty()).then(|| trend(self.analysis, id));
        let language = &self.site.language;
        FactorPageView {
            factor: self.factor(factor),
            category_name: category
                .map_or_else(|| factor.category.clone(), |known| self.category_name(known).to_owned()),
            trend: trend.as_ref().and_then(|trend| chart::columns(trend, &factor.name, language)),
            trend_rest: trend.map(|trend| chart::rest(&trend, language)).unwrap_or_default(),
            detections: shares(self.detections(id)),
            companions: shares(self.shares(companions(self.analysis, id), COMPANIONS)),
            conditions: if is_first { self.conditions(id, positions) } else { Vec::new() },
            seen: self.slice(positions).iter().filter_map(|position| self.sighting(*position, id)).collect(),
            actions: self.slice(&history.actions).iter().map(place).collect(),
            action_count: history.actions.len(),
            recurrences: self
                .slice(&history.recurrences)
                .iter()
                .map(|recurrence| self.recurrence(recurrence))
                .collect(),
            lapses: self.slice(&history.lapses).iter().map(|lapse| self.lapse(lapse)).collect(),
            lapse_count: history.lapses.len(),
        }
    }

    fn slice<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        &all[self.part(all.len(), SIGHTINGS_A_PAGE)]
    }

    fn sighting(&self, position: ReviewIndex, id: &str) -> Option<SightingView> {
        let used = self.analysis.use_of(position, id)?;
        let note = used.note.as_ref().map(|note| self.inline(position, &note.value)).unwrap_or_default();
        Some(SightingView { review: self.card(position), role: role(used.role), note })
    }

    fn detections(&self, id: &str) -> Vec<ShareView> {
        let name = |kind| match kind {
            Some(kind) => self.detection(kind),
            None => self.say("detection.none"),
        };
        let all = detections(self.analysis, id);
        all.into_iter().map(|(kind, count)| ShareView { name: link(name(kind), String::new()), count }).collect()
    }

    /// Factors with the number of reviews.
    fn shares(&self, counts: Vec<(String, usize)>, limit: usize) -> Vec<ShareView> {
        let share = |(id, count): (String, usize)| ShareView { name: self.factor_link(&id), count };
        counts.into_iter().take(limit).map(share).collect()
    }

    /// The factors of the reviews at `positions`, the most frequent first.
    pub(super) fn factors_of(&self, positions: &[ReviewIndex]) -> Vec<ShareView> {
        self.shares(factors_in(self.analysis, positions), usize::MAX)
    }

    /// A link to the page of a factor.
    pub(super) fn factor_link(&self, id: &str) -> LinkView {
        let name = self.analysis.corpus.policy.registry.get(id).map_or(id, |factor| factor.name.as_str());
        link(name, self.to(&address::factor(id)))
    }

    /// The newest notes.
    fn conditions(&self, id: &str, positions: &[ReviewIndex]) -> Vec<ConditionView> {
        let condition = |&position: &ReviewIndex| {
            let review = &self.analysis.corpus.reviews[position];
            let note = self.analysis.use_of(position, id)?.note.as_ref()?;
            Some(ConditionView {
                note: self.inline(position, &note.value),
                review: self.review_link(position),
                date: review.date().map(|day| self.date(day)),
                organisation: review.organisation.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
            })
        };
        positions.iter().filter_map(condition).take(CONDITIONS).collect()
    }

    fn recurrence(&self, recurrence: &crate::analysis::Recurrence) -> RecurrenceView {
        RecurrenceView {
            review: self.review_link(recurrence.review),
            date: self.analysis.corpus.reviews[recurrence.review].date().map(|day| self.date(day)),
            action: self.action(recurrence.latest),
            others: recurrence.closed.saturating_sub(1),
        }
    }

    fn lapse(&self, lapse: &crate::analysis::Lapse) -> LapseView {
        LapseView {
            action: self.action(lapse.action),
            first: self.review_link(lapse.first),
            date: self.analysis.corpus.reviews[lapse.first].date().map(|day| self.date(day)),
            count: lapse.count,
        }
    }

    /// What this page holds of the registry by category, and where each category begins.
    pub(super) fn factor_index(&self) -> (Vec<CategoryView>, FactorIndexView) {
        let policy = &self.analysis.corpus.policy;
        let mut by_category: BTreeMap<&str, Vec<&Factor>> = BTreeMap::new();
        for factor in policy.registry.iter() {
            by_category.entry(factor.category.as_str()).or_default().push(factor);
        }
        let seen = |factor: &Factor| {
            self.analysis.sightings.get(&factor.id.value).map_or((0, 0), |seen| (seen.reviews.len(), seen.primary))
        };
        let part = self.part(policy.registry.len(), FACTORS_A_PAGE);
        let (mut categories, mut jumps, mut at) = (Vec::new(), Vec::new(), 0);
        for category in &policy.categories {
            let Some(mut all) = by_category.remove(category.id.as_str()) else { continue };
            all.sort_by_cached_key(|factor| (std::cmp::Reverse(seen(factor)), factor.name.clone()));
            let page = page_path(&self.page.first, at / FACTORS_A_PAGE + 1);
            let page = if page == *self.path { String::new() } else { self.to(&page) };
            jumps.push(JumpView {
                title: self.category_name(category).to_owned(),
                href: format!("{page}#category-{}", category.id),
                count: all.iter().filter(|factor| seen(factor).0 > 0).count(),
            });
            let here =
                all.iter().enumerate().filter(|(offset, _)| part.contains(&(at + offset))).map(|(_, factor)| *factor);
            let (known, unseen): (Vec<&Factor>, Vec<&Factor>) = here.partition(|factor| seen(factor).0 > 0);
            at += all.len();
            if known.len() + unseen.len() > 0 {
                categories.push(CategoryView {
                    id: category.id.clone(),
                    name: self.category_name(category).to_owned(),
                    description: self.category_description(category).to_owned(),
                    factors: known.into_iter().map(|factor| self.factor_with_trend(factor)).collect(),
                    unseen: unseen.into_iter().map(|factor| self.factor(factor)).collect(),
                });
            }
        }
        let is_first = self.page.number == 1;
        let index = FactorIndexView {
            most: self.analysis.sightings.values().map(|seen| seen.reviews.len()).max().unwrap_or(1),
            jumps,
            filter: if is_first { self.filter() } else { None },
            facets: if is_first { self.facets() } else { Vec::new() },
            matrix: if is_first {
                chart::matrix(&matrix(self.analysis, MATRIX), &self.site.language, |id| self.factor_link(id))
            } else {
                None
            },
        };
        (categories, index)
    }

    fn factor_with_trend(&self, factor: &Factor) -> FactorView {
        FactorView { spark: self.spark(&factor.id.value), ..self.factor(factor) }
    }

    /// How often a factor was seen over time.
    pub(super) fn spark(&self, id: &str) -> Option<SparkView> {
        chart::spark(&trend(self.analysis, id), &self.site.language)
    }

    /// Every way to group reviews that has terms.
    pub(super) fn facets(&self) -> Vec<FacetView> {
        let view = |facet: Facet| {
            let mut terms = self.terms(facet);
            let count = terms.len();
            terms.truncate(TERMS);
            FacetView {
                title: self.facet_words(facet).0.to_owned(),
                href: self.to(&address::facet(facet)),
                terms,
                count,
            }
        };
        Facet::ALL.into_iter().map(view).filter(|facet| facet.count > 0).collect()
    }
}
