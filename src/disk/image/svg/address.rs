//! Where drawings lead: to parts of themselves and to pictures inside them, which are cleaned like others.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use percent_encoding::percent_decode_str;

use super::super::{Picture, picture};
use super::{DEEPEST_PICTURE, Scripts};

/// The address of a picture inside a drawing, without what its metadata says; `None` for an address that leads
/// anywhere else, and for a picture that is damaged or of a kind that is not known.
pub(super) fn cleaned_picture(address: &str, depth: usize) -> Option<String> {
    let address = address.trim();
    let is_data = address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
    let (head, data) = address.get(5..).filter(|_| is_data)?.split_once(',')?;
    let head = head.to_ascii_lowercase();
    let bytes = match head.trim_end().ends_with(";base64") {
        true => decode(data)?,
        false => percent_decode_str(data).collect(),
    };
    let kind = match picture(&bytes) {
        Some(kind) => kind,
        None if head.starts_with("image/svg+xml") && depth < DEEPEST_PICTURE => Picture::Svg,
        None => return None,
    };
    let (media, clean) = match kind {
        Picture::Svg => ("image/svg+xml", super::cleaned_at(&bytes, Scripts::LeftOut, depth + 1)?),
        Picture::Jpeg => ("image/jpeg", kind.cleaned(bytes)?),
        Picture::Png => ("image/png", kind.cleaned(bytes)?),
        Picture::WebP => ("image/webp", kind.cleaned(bytes)?),
        Picture::Gif => ("image/gif", kind.cleaned(bytes)?),
        Picture::Icon => return None,
    };
    Some(format!("data:{media};base64,{}", STANDARD.encode(clean)))
}

fn decode(data: &str) -> Option<Vec<u8>> {
    let data: Cow<'_, str> =
        if data.contains('%') { percent_decode_str(data).decode_utf8().ok()? } else { data.into() };
    let packed: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD_NO_PAD.decode(packed.trim_end_matches('=')).ok()
}
