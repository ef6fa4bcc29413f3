//! The view contract as data: what each template may see.

use std::collections::BTreeMap;

/// The variables of each template that a page is made with, by name, with their types.
/// `base.html` is part of every page.
pub const VARIABLES: &[(&str, &[(&str, &str)])] = &[
    ("base.html", &[("site", "SiteView"), ("page", "PageView")]),
    ("home.html", &[("home", "HomeView")]),
    ("reviews.html", &[("listing", "ListingView"), ("facets", "[FacetView]"), ("filter", "[FilterFacetView]")]),
    ("review.html", &[("review", "ReviewView")]),
    ("factors.html", &[("categories", "[CategoryView]"), ("index", "FactorIndexView")]),
    ("factor.html", &[("factor", "FactorPageView")]),
    ("terms.html", &[("terms", "[TermView]"), ("lead", "text")]),
    ("term.html", &[("listing", "ListingView"), ("term", "TermPageView")]),
    ("actions.html", &[("board", "BoardView")]),
    ("ledger.html", &[("ledger", "LedgerView")]),
    ("luck.html", &[("luck", "LuckView")]),
    ("metrics.html", &[("metrics", "MetricsView")]),
    ("data.html", &[("data", "DataView")]),
    ("subscribe.html", &[("subscribe", "SubscribeView")]),
    ("search.html", &[]),
    ("page.html", &[("html", "text")]),
    ("not-found.html", &[]),
    ("redirect.html", &[("target", "text")]),
];

/// What the views hold, written from their sources: `tests/project/documents.rs` keeps it true.
const CONTRACT: &str = include_str!("contract.txt");

/// The types of the fields of each view, by name.
pub(super) struct Contract {
    views: BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>,
}

impl Contract {
    /// The contract of this version of the program.
    pub(super) fn read() -> Self {
        let mut views: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        let mut open = "";
        for line in CONTRACT.lines() {
            if let Some(view) = line.strip_prefix("view ") {
                open = view.split(' ').next().unwrap_or(view);
            } else if let Some((name, rest)) = line.strip_prefix("  ").and_then(|field| field.split_once(": ")) {
                views.entry(open).or_default().insert(name, rest.split(' ').next().unwrap_or(rest));
            }
        }
        Self { views }
    }

    /// The fields of a view; none for anything that has no fields, or is not known.
    pub(super) fn fields(&self, kind: &str) -> Option<&BTreeMap<&'static str, &'static str>> {
        self.views.get(kind.trim_end_matches('?'))
    }
}
