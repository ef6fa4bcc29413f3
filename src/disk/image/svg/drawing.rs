//! A drawing as it is written anew, element by element.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use quick_xml::escape::{escape, partial_escape};
use quick_xml::events::BytesStart;
use quick_xml::name::{Namespace, NamespaceResolver, ResolveResult};

use super::entity::Entities;
use super::name::{self, Attribute};
use super::{Scripts, address, css};

const SVG: &str = "http://www.w3.org/2000/svg";
const HTML: &str = "http://www.w3.org/1999/xhtml";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// How deep elements may lie in each other. Browsers give up at some thousands.
const DEEPEST: usize = 1000;

/// The namespaces that the cleaner distinguishes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KnownNamespace {
    Svg,
    Html,
    XLink,
    Xml,
    Foreign,
    None,
}

/// The name of an attribute: the prefix that it is written with, such as `xlink:`, and the part after it.
struct AttributeName<'a> {
    prefix: &'a str,
    local: &'a str,
}

/// An element that is open: where its name comes from, and the name. Nothing, when it is left out.
type Open = Option<(KnownNamespace, String)>;

/// A drawing as far as it is written.
pub(super) struct Drawing {
    scripts: Scripts,
    /// In how many other drawings it lies.
    depth: usize,
    entities: Entities,
    /// The namespaces that were met, as they are written.
    spaces: HashMap<String, KnownNamespace>,
    written: String,
    open: Vec<Open>,
    /// Where the name of the first element ends, once there is one.
    root: Option<usize>,
    uses_xlink: bool,
    /// Whether the last start tag still lacks its end.
    is_tag_open: bool,
    /// The style sheet that is being read.
    style: Option<String>,
}

impl Drawing {
    pub(super) fn new(scripts: Scripts, depth: usize) -> Self {
        Self {
            scripts,
            depth,
            entities: Entities::default(),
            spaces: HashMap::new(),
            written: String::new(),
            open: Vec::new(),
            root: None,
            uses_xlink: false,
            is_tag_open: false,
            style: None,
        }
    }

    /// Takes over the names that a document type declares.
    pub(super) fn declare(&mut self, document_type: &str) {
        self.entities.read(document_type);
    }

    /// Which namespace it is.
    pub(super) fn space(&mut self, found: &ResolveResult<'_>) -> KnownNamespace {
        match found {
            ResolveResult::Unbound => KnownNamespace::None,
            ResolveResult::Unknown(prefix) if prefix == "xlink" => KnownNamespace::XLink,
            ResolveResult::Unknown(_) => KnownNamespace::Foreign,
            ResolveResult::Bound(Namespace(written)) => {
                if let Some(space) = self.spaces.get(*written) {
                    return *space;
                }
                let space = match self.entities.resolve(written).as_deref() {
                    Some(SVG) => KnownNamespace::Svg,
                    Some(HTML) => KnownNamespace::Html,
                    Some(XLINK) => KnownNamespace::XLink,
                    Some(XML) => KnownNamespace::Xml,
                    Some("") => KnownNamespace::None,
                    _ => KnownNamespace::Foreign,
                };
                self.spaces.insert((*written).to_owned(), space);
                space
            }
        }
    }

    /// Opens an element; `None` when the drawing is damaged.
    pub(super) fn open(
        &mut self,
        space: KnownNamespace,
        start: &BytesStart<'_>,
        resolver: &NamespaceResolver,
    ) -> Option<()> {
        // Without a namespace nothing would be drawn; what is meant is clear.
        let space = if space == KnownNamespace::None { KnownNamespace::Svg } else { space };
        let name = start.local_name().as_ref().to_owned();
        let is_root = self.root.is_none();
        let is_second_root = self.open.is_empty() && !is_root;
        if self.open.len() >= DEEPEST || is_second_root || is_root && (space != KnownNamespace::Svg || name != "svg") {
            return None;
        }
        let is_shown = is_root || self.may_stay(space, &name);
        let Some(attributes) = (if is_shown { self.attributes(&name, start, resolver)? } else { None }) else {
            self.open.push(None);
            return Some(());
        };
        self.end_tag();
        self.written.push('<');
        self.written.push_str(&name);
        if is_root {
            self.root = Some(self.written.len());
        } else if self.parent().is_some_and(|(parent, _)| *parent != space) {
            let space = if space == KnownNamespace::Html { HTML } else { SVG };
            self.written.push_str(&format!(" xmlns=\"{space}\""));
        }
        self.written.push_str(&attributes);
        self.is_tag_open = true;
        if name == "style" && self.scripts == Scripts::LeftOut {
            self.style = Some(String::new());
        }
        self.open.push(Some((space, name)));
        Some(())
    }

    /// Closes the element that was opened last; `None` when there is none.
    pub(super) fn close(&mut self) -> Option<()> {
        let Some((_, name)) = self.open.pop()? else { return Some(()) };
        if let Some(style) = self.style.take().map(|style| css::cleaned(&style))
            && !style.is_empty()
        {
            self.end_tag();
            self.written.push_str(&partial_escape(style.as_str()));
        }
        if self.is_tag_open {
            self.is_tag_open = false;
            self.written.push_str("/>");
        } else {
            self.written.push_str(&format!("</{name}>"));
        }
        Some(())
    }

    /// Takes over text, where it is seen, read out, or only space between elements.
    pub(super) fn text(&mut self, text: &str) {
        let Some((space, name)) = self.parent() else { return };
        let is_seen = *space == KnownNamespace::Html || name::holds_text(name) || self.scripts == Scripts::Kept;
        if let Some(style) = &mut self.style {
            style.push_str(&plain(text));
        } else if is_seen || text.chars().all(char::is_whitespace) {
            self.end_tag();
            self.written.push_str(&partial_escape(plain(text)));
        }
    }

    /// Writes the text of an entity or a character reference; `None` when it is unknown.
    pub(super) fn reference(&mut self, name: &str) -> Option<()> {
        let text = self.entities.resolve(&format!("&{name};"))?.into_owned();
        self.text(&text);
        Some(())
    }

    /// The whole drawing; `None` when it is damaged.
    pub(super) fn finish(mut self) -> Option<Vec<u8>> {
        let root = self.root.filter(|_| self.open.is_empty())?;
        let xlink = if self.uses_xlink { format!(" xmlns:xlink=\"{XLINK}\"") } else { String::new() };
        self.written.insert_str(root, &format!(" xmlns=\"{SVG}\"{xlink}"));
        self.written.push('\n');
        Some(self.written.into_bytes())
    }

    /// The element around what comes next, when it is shown.
    fn parent(&self) -> Option<&(KnownNamespace, String)> {
        self.open.last()?.as_ref()
    }

    fn end_tag(&mut self) {
        if self.is_tag_open {
            self.is_tag_open = false;
            self.written.push('>');
        }
    }

    /// Whether an element may stay where it stands.
    fn may_stay(&self, space: KnownNamespace, name: &str) -> bool {
        let Some((around, parent)) = self.parent() else { return false };
        let is_kept = self.scripts == Scripts::Kept && name::is_name(name);
        match (space, around) {
            (KnownNamespace::Svg, _) if is_kept => name != "metadata",
            (KnownNamespace::Html, _) if is_kept => true,
            (KnownNamespace::Svg, KnownNamespace::Svg) => {
                name::is_element(name) && self.style.is_none() && parent != "foreignObject"
            }
            (KnownNamespace::Html, KnownNamespace::Svg) => name::is_label_element(name) && parent == "foreignObject",
            (KnownNamespace::Html, KnownNamespace::Html) => name::is_label_element(name),
            _ => false,
        }
    }

    /// The attributes that stay, as they are written; `Some(None)` when the whole element goes, `None` when it is
    /// damaged.
    fn attributes(
        &mut self,
        element: &str,
        start: &BytesStart<'_>,
        resolver: &NamespaceResolver,
    ) -> Option<Option<String>> {
        let mut written = String::new();
        let mut seen = HashSet::new();
        // The check for attributes that stand twice compares all with all.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            let key = attribute.key.as_ref();
            if key == "xmlns" || key.starts_with("xmlns:") {
                continue;
            }
            let (found, local) = resolver.resolve_attribute(attribute.key);
            let local = local.as_ref();
            let value = attribute.value.replace(['\t', '\n', '\r'], " ");
            let value = plain(&self.entities.resolve(&value)?).into_owned();
            let space = self.space(&found);
            let is_animated = space == KnownNamespace::None && local == "attributeName" && name::is_animation(element);
            if is_animated && self.scripts == Scripts::LeftOut && !name::is_look(&value) {
                return Some(None);
            }
            let prefix = match space {
                KnownNamespace::None => "",
                KnownNamespace::XLink => "xlink:",
                KnownNamespace::Xml => "xml:",
                KnownNamespace::Svg | KnownNamespace::Html | KnownNamespace::Foreign => continue,
            };
            let Some(value) = self.value(element, AttributeName { prefix, local }, value) else { continue };
            let name = format!("{prefix}{local}");
            self.uses_xlink |= space == KnownNamespace::XLink;
            if seen.insert(name.clone()) {
                let value = escape(value.as_str()).replace('\n', "&#10;").replace('\t', "&#9;");
                written.push_str(&format!(" {name}=\"{value}\""));
            }
        }
        Some(Some(written))
    }

    /// The value that an attribute keeps, by the prefix and the local part of its name; `None` when it is left out.
    fn value(&self, element: &str, name: AttributeName<'_>, value: String) -> Option<String> {
        let is_kept = self.scripts == Scripts::Kept;
        match (name.prefix, name.local) {
            ("" | "xlink:", "href") => self.href(element, value),
            // The whole diagram, as draw.io keeps it, with every page and layer.
            ("", "content") if element == "svg" => None,
            (_, local) if is_kept => Some(value).filter(|_| name::is_name(local)),
            ("xml:", "space" | "lang") => Some(value),
            ("", "style") => Some(css::cleaned(&value)).filter(|style| !style.is_empty()),
            ("", local) => match name::attribute(local) {
                Attribute::Plain => Some(value),
                Attribute::Style => Some(value).filter(|value| css::is_safe(value)),
                Attribute::Unknown => None,
            },
            _ => None,
        }
    }

    /// Where an element leads: to a part of the drawing, or to a picture inside it.
    fn href(&self, element: &str, value: String) -> Option<String> {
        let address = value.trim();
        let is_data = address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
        match element {
            _ if address.starts_with('#') => Some(address.to_owned()),
            "image" | "feImage" if is_data => address::cleaned_picture(address, self.depth),
            _ if self.scripts == Scripts::Kept => Some(value),
            _ => None,
        }
    }
}

/// The text without characters that XML cannot hold.
fn plain(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(is_bad) { text.replace(is_bad, "").into() } else { text.into() }
}
