//! Where links in a text lead: into the site, out of it, or nowhere.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::language::Language;
use crate::markdown::CodeHost;
use crate::site::Site;
use crate::text::{Asset, LINK_SCHEMES, SitePath, scheme};

/// What is percent-encoded in a path.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'&')
    .add(b'\'');

/// How addresses inside the site are written.
#[derive(Clone, Copy)]
pub(in crate::render) enum AddressForm<'a> {
    /// Relative to this page, so that the site works at any address.
    From(&'a SitePath),
    /// With the site's address, for feeds.
    Absolute,
    /// With the path of the site's address, for a page that is shown at any depth.
    Rooted,
}

/// The links of one text on one page.
#[derive(Clone, Copy)]
pub(in crate::render) struct Links<'a> {
    site: &'a Site,
    /// The file that the text stands in.
    source: &'a SitePath,
    /// The page that the text stands on, with its own address: what `#anchor` means elsewhere.
    home: Option<&'a SitePath>,
    form: AddressForm<'a>,
}

impl<'a> Links<'a> {
    /// The links of the text of `source`, whose own page is `home`, as written in `form`.
    pub(in crate::render) fn new(
        site: &'a Site,
        source: &'a SitePath,
        home: Option<&'a SitePath>,
        form: AddressForm<'a>,
    ) -> Self {
        Self { site, source, home, form }
    }

    /// The language of the words that are added to the text.
    pub(super) fn language(&self) -> &'a Language {
        &self.site.language
    }

    /// The host of the repository that the site belongs to.
    pub(super) fn code_host(&self) -> Option<CodeHost> {
        CodeHost::new(&self.site.about.repository)
    }

    /// The address of an output of the site.
    pub(in crate::render) fn to(&self, target: &SitePath) -> String {
        href(self.site, self.form, target)
    }

    /// The address that a link in the text leads to; `None` when it may not be a link.
    pub(in crate::render) fn resolve(&self, destination: &str) -> Option<String> {
        let destination = destination.trim();
        if let Some(anchor) = destination.strip_prefix('#') {
            return Some(format!("{}#{}", self.own_page(), strip_controls(anchor)));
        }
        if let Some(scheme) = scheme(destination) {
            return LINK_SCHEMES.contains(&scheme.as_str()).then(|| strip_controls(destination));
        }
        if destination.starts_with("//") {
            return Some(strip_controls(&format!("https:{destination}")));
        }
        let source = self.source.follow(destination)?;
        let target = self.site.targets.get(&source)?;
        let rest = destination.find(['#', '?']).map_or("", |at| &destination[at..]);
        Some(format!("{}{}", self.to(target), strip_controls(rest)))
    }

    /// What stands before `#anchor` in the address of a place in this text: nothing on its own page.
    pub(super) fn own_page(&self) -> String {
        match (self.form, self.home) {
            (AddressForm::From(page), Some(home)) if page == home => String::new(),
            (_, Some(home)) => self.to(home),
            (_, None) => String::new(),
        }
    }

    /// The file that an image in the text shows: its address and what is known of it.
    pub(super) fn image(&self, destination: &str) -> Option<(String, &'a Asset)> {
        let source = self.source.follow(destination)?;
        let asset = self.site.assets.get(&source)?;
        Some((self.to(self.site.targets.get(&source)?), asset))
    }
}

/// A path as it stands in an address.
pub(in crate::render) fn encoded(path: &SitePath) -> String {
    encoded_text(path.as_str()).into_owned()
}

fn encoded_text(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, PATH).into()
}

/// The address of `target` in `form`.
pub(in crate::render) fn href(site: &Site, form: AddressForm<'_>, target: &SitePath) -> String {
    match form {
        AddressForm::From(page) => {
            let reference = page.reference_to(target);
            match encoded_text(&reference) {
                Cow::Borrowed(_) => reference,
                Cow::Owned(encoded) => encoded,
            }
        }
        AddressForm::Absolute => [site.about.base_url.as_str(), &encoded_text(target.as_str())].concat(),
        AddressForm::Rooted => [site.about.base_url.path(), &encoded_text(target.as_str())].concat(),
    }
}

/// An address outside the site, if its scheme is one that a link may have.
pub(in crate::render) fn outside(destination: &str) -> Option<String> {
    let scheme = scheme(destination.trim())?;
    LINK_SCHEMES.contains(&scheme.as_str()).then(|| strip_controls(destination.trim()))
}

fn strip_controls(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}
