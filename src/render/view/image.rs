//! The picture that stands for a page where a link to it is shared.

use serde::Serialize;

use super::build::Builder;
use crate::render::markdown::{Form, href};
use crate::render::theme::IMAGE;
use crate::site::address::path;

/// A picture that stands for a page: `page.og_image`.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    /// Its absolute address.
    pub address: String,
    /// What it shows.
    pub alt: String,
}

impl Builder<'_> {
    /// The picture in the site's folder `static`, or else that of the theme.
    pub(super) fn image(&self) -> Option<ImageView> {
        let own = path(IMAGE);
        let theme = &self.renderer.theme;
        let (target, is_built_in) = if self.site.route(&own).is_some() {
            (own, false)
        } else {
            (path(&format!("assets/{}", theme.names().get(IMAGE)?)), theme.has_built_in_image())
        };
        // What a picture of the site's own shows is not known; it stands for the site.
        let alt = if is_built_in { self.say("site.image") } else { &self.site.about.title };
        Some(ImageView { address: href(self.site, Form::Absolute, &target), alt: alt.to_owned() })
    }
}
