//! Pictures that lie in the address of their own element, as files beside the review.

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::html_tag::{Tag, with_tags};
use super::item::Shown;
use super::limit::MOST_PICTURES;

/// The kinds of pictures that may lie in an address, with the endings of their files.
const KINDS: [(&str, &str); 4] = [("png", "png"), ("jpeg", "jpg"), ("gif", "gif"), ("webp", "webp")];

/// The HTML with names of files in the place of pictures in base64, and these pictures. What is none stays as it is.
pub(super) fn with_files(html: &str) -> (String, Vec<Shown>) {
    let pictures = RefCell::new(Vec::new());
    let html = with_tags(html, "img", |tag| {
        let (ending, bytes) = picture(tag)?;
        let mut pictures = pictures.borrow_mut();
        if pictures.len() >= MOST_PICTURES {
            return None;
        }
        let name = format!("picture-in-page-{}.{ending}", pictures.len() + 1);
        let words = tag.attribute("alt").unwrap_or_default();
        pictures.push(Shown { destination: name.clone(), name: name.clone(), bytes });
        Some(format!("<img src=\"{name}\" alt=\"{words}\">"))
    });
    (html, pictures.into_inner())
}

fn picture(tag: &Tag<'_>) -> Option<(&'static str, Vec<u8>)> {
    let (kind, data) = tag.attribute("src")?.trim().strip_prefix("data:image/")?.split_once(";base64,")?;
    let (_, ending) = KINDS.iter().find(|(known, _)| *known == kind)?;
    let data: String = data.chars().filter(|sign| !sign.is_whitespace()).collect();
    Some((ending, STANDARD.decode(data).ok()?))
}
