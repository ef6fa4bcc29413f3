//! The pages of a site: a file for each kind, and the table of all kinds.

pub mod actions;
mod content;
pub mod controls;
pub mod data;
mod definition;
mod facet;
pub mod factor;
pub mod factors;
pub mod frame;
pub mod home;
pub mod long_list;
pub mod luck;
pub mod metrics;
mod not_found;
mod redirect;
pub mod review;
mod reviews;
mod search;
pub mod self_check;
pub mod subscribe;
pub mod term;

pub use definition::{PageDefinition, Sitemap, Variable};

use super::context::PageContext;
use crate::site::PageKind;
use definition::PageContent;
use frame::{page_view, site_view};

/// Writes from one table what tells the kinds of pages apart. A row names a variant of `PageKind`, the module of the
/// kind, and what its function `content` is given.
macro_rules! page_kinds {
    ($($variant:ident $(($($part:ident),+))? => $module:ident($($argument:expr),*),)+) => {
        /// The definition of every kind of page.
        pub const PAGE_DEFINITIONS: &[&PageDefinition] = &[$(&$module::DEFINITION),+];

        /// The definition of a kind of page.
        pub(super) fn definition(kind: &PageKind) -> &'static PageDefinition {
            match kind {
                $(PageKind::$variant { .. } => &$module::DEFINITION,)+
            }
        }

        /// What a page says.
        fn content(context: &PageContext<'_>) -> PageContent {
            match &context.route.kind {
                $(PageKind::$variant $(($($part),+))? => $module::content(context, $($argument),*),)+
            }
        }
    };
}

page_kinds! {
    Home => home(),
    Reviews => reviews(),
    Review(at) => review(*at),
    Factors => factors(),
    Factor(id) => factor(id),
    Facet(facet) => facet(*facet),
    Term(facet, slug) => term(*facet, slug),
    Actions => actions(),
    LongList(list) => long_list(list),
    Luck => luck(),
    Controls => controls(),
    Metrics(group) => metrics(*group),
    Data => data(),
    SelfCheck => self_check(),
    Subscribe => subscribe(),
    Search => search(),
    Content(at) => content(*at),
    NotFound => not_found(),
    Redirect(target) => redirect(target),
}

/// The bytes of a page.
///
/// # Errors
///
/// A mistake in the template.
pub(super) fn render(context: &PageContext<'_>) -> Result<String, tera::Error> {
    let definition = definition(&context.route.kind);
    let content = content(context);
    debug_assert!(
        definition.variables.iter().map(|variable| variable.name).eq(content.values.iter().map(|(name, _)| *name)),
        "the definition says something else of {}",
        definition.template
    );
    let about = context.renderer.about.get_or_init(|| tera::Value::from_serializable(&site_view(context)));
    let page = tera::Value::from_serializable(&page_view(context, definition.kind, &content));
    let mut variables = tera::Context::new();
    variables.insert_value("site", about.clone());
    variables.insert_value("page", page);
    for (name, value) in content.values {
        variables.insert_value(name, value);
    }
    context.renderer.theme.fill(definition.template, &variables)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::PAGE_DEFINITIONS;
    use crate::render::built_in_files;

    /// A kind of page without a template cannot be written, and a template without a kind is never seen.
    #[test]
    fn every_kind_has_a_template_and_a_name_of_its_own() {
        let files = built_in_files("default").unwrap();
        let templates = files.iter().filter_map(|(name, _)| name.strip_prefix("templates/"));
        let templates: BTreeSet<&str> = templates.filter(|name| !name.contains('/') && *name != "base.html").collect();
        let of_kinds: BTreeSet<&str> = PAGE_DEFINITIONS.iter().map(|page| page.template).collect();
        let kinds: BTreeSet<&str> = PAGE_DEFINITIONS.iter().map(|page| page.kind).collect();
        assert_eq!(of_kinds, templates);
        assert_eq!((of_kinds.len(), kinds.len()), (PAGE_DEFINITIONS.len(), PAGE_DEFINITIONS.len()));
    }
}
