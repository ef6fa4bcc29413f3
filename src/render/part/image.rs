//! The picture that stands for a page where a link to it is shared.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{IncidentKind, incident_line};
use crate::render::context::PageContext;
use crate::render::markdown::{AddressForm, href};
use crate::render::theme::IMAGE;
use crate::site::PageKind;
use crate::site::address::{self, path};

/// A picture that stands for a page: `page.og_image`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ImageView {
    /// The absolute address of the picture.
    pub address: String,
    /// What the picture shows, for readers who cannot see it.
    pub alt: String,
}

/// The picture in the site's folder `static`, or else that of the theme. In place of the built-in one stands a drawing of
/// all incidents, if there is one; on the page of a review those of its kind stand out.
pub(in crate::render) fn share_image(context: &PageContext<'_>) -> Option<ImageView> {
    let own = path(IMAGE);
    let theme = &context.renderer.theme;
    let (target, is_built_in) = if context.site.route(&own).is_some() {
        (own, false)
    } else {
        (address::theme_file(theme.names().get(IMAGE)?), theme.has_built_in_image())
    };
    let kind = match &context.route.kind {
        PageKind::Review(position) => incident_line(context.analysis, *position).map(|line| line.kind()),
        _ => None,
    };
    let drawn = address::picture(kind);
    if context.site.route(&drawn).is_some() {
        let alt = kind.map_or_else(|| context.say("site.image_incidents").to_owned(), |kind| kind_words(context, kind));
        return Some(ImageView { address: href(context.site, AddressForm::Absolute, &drawn), alt });
    }
    // What a picture of the site's own shows is not known; it stands for the site.
    let alt = if is_built_in { context.say("site.image") } else { &context.site.about.title };
    Some(ImageView { address: href(context.site, AddressForm::Absolute, &target), alt: alt.to_owned() })
}

fn kind_words(context: &PageContext<'_>, kind: IncidentKind) -> String {
    let name = context.say(&format!("detection.{}_first", kind.noticed_by.word()));
    context.site.language.fill("site.image_kind", &[("kind", name)])
}
