//! The picture that stands for a page where a link to it is shared.

use schemars::JsonSchema;
use serde::Serialize;

use crate::render::context::PageContext;
use crate::render::markdown::{AddressForm, href};
use crate::render::theme::IMAGE;
use crate::site::address::{self, path};

/// A picture that stands for a page: `page.og_image`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ImageView {
    /// The absolute address of the picture.
    pub address: String,
    /// What the picture shows, for readers who cannot see it.
    pub alt: String,
}

/// The picture in the site's folder `static`, or else that of the theme.
pub(in crate::render) fn share_image(context: &PageContext<'_>) -> Option<ImageView> {
    let own = path(IMAGE);
    let theme = &context.renderer.theme;
    let (target, is_built_in) = if context.site.route(&own).is_some() {
        (own, false)
    } else {
        (address::theme_file(theme.names().get(IMAGE)?), theme.has_built_in_image())
    };
    // What a picture of the site's own shows is not known; it stands for the site.
    let alt = if is_built_in { context.say("site.image") } else { &context.site.about.title };
    Some(ImageView { address: href(context.site, AddressForm::Absolute, &target), alt: alt.to_owned() })
}
