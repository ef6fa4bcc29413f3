//! Published images without what they say about their making: place, device, author, comments.

mod exif;
mod gif;
mod jpeg;
mod svg;

use img_parts::png::{Png, PngChunk};
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

use self::svg::Scripts;
use crate::text::SitePath;

/// What a file is, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Jpeg,
    Png,
    WebP,
    Gif,
    Svg,
    /// Metadata of this kind cannot be taken out here.
    Closed(&'static str),
    /// No image.
    Other,
}

/// The chunks of PNG that say how the picture looks. All others are for people and programs that make pictures.
const PNG_CHUNKS: [&[u8; 4]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV",
    b"cLLI", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

/// The same of WebP.
const WEBP_CHUNKS: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// The bytes of a file as they are published: those of an image without metadata, all others as they are.
///
/// The colours stay as they are, and so does the way up, which cameras write into the metadata.
///
/// # Errors
///
/// Why the metadata cannot be taken out: the image is damaged, or of a kind that is not known well enough.
pub(super) fn cleaned(bytes: Vec<u8>, path: &SitePath) -> Result<Vec<u8>, String> {
    let clean = match kind(&bytes, path.as_str()) {
        Kind::Jpeg => jpeg::cleaned(&bytes),
        Kind::Png => png(&bytes),
        Kind::WebP => webp(&bytes),
        Kind::Gif => gif::cleaned(&bytes),
        Kind::Svg => {
            let is_static = path.below("static").is_some();
            svg::cleaned(&bytes, if is_static { Scripts::Kept } else { Scripts::LeftOut })
        }
        Kind::Closed(what) => return Err(format!("{what} can hold metadata that is not taken out")),
        Kind::Other => return Ok(bytes),
    };
    clean.ok_or_else(|| "the image is damaged, so that its metadata cannot be taken out".to_owned())
}

/// Whether the picture lies on its side: height and width are those of the file, not those that are seen.
pub(super) fn is_turned(bytes: &[u8]) -> bool {
    let orientation = match kind(bytes, "") {
        Kind::Jpeg => jpeg::orientation(bytes),
        Kind::Png => {
            Png::from_bytes(Bytes::copy_from_slice(bytes)).ok().and_then(|png| exif::orientation(&png.exif()?))
        }
        Kind::WebP => {
            WebP::from_bytes(Bytes::copy_from_slice(bytes)).ok().and_then(|webp| exif::orientation(&webp.exif()?))
        }
        _ => None,
    };
    orientation.is_some_and(|orientation| orientation >= 5)
}

/// Whether a file is an image whose metadata is taken out, or cannot be: then its bytes are needed.
pub(super) fn is_image(start: &[u8], name: &str) -> bool {
    kind(start, name) != Kind::Other
}

/// What a file is by its first bytes; SVG is a text, and only its name tells.
fn kind(bytes: &[u8], name: &str) -> Kind {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Kind::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => Kind::Png,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Kind::WebP,
        [b'G', b'I', b'F', b'8', ..] => Kind::Gif,
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Kind::Closed("TIFF"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Kind::Closed("this format"),
        [b'%', b'P', b'D', b'F', ..] => Kind::Closed("PDF"),
        [0, 0, 0, 12, b'J', b'X', b'L', ..] | [0xff, 0x0a, ..] if extension == "jxl" => Kind::Closed("JPEG XL"),
        _ if extension == "svg" => Kind::Svg,
        _ if extension == "svgz" => Kind::Closed("packed SVG"),
        _ => Kind::Other,
    }
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let turned = png.exif().and_then(|exif| exif::of_orientation(&exif));
    png.chunks_mut().retain(|chunk| PNG_CHUNKS.contains(&&chunk.kind()));
    if let Some(exif) = turned {
        // It has to stand before the picture.
        png.chunks_mut().insert(1, PngChunk::new(*b"eXIf", exif));
    }
    Some(png.encoder().bytes().to_vec())
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut webp = WebP::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let turned = webp.exif().and_then(|exif| exif::of_orientation(&exif));
    webp.chunks_mut().retain(|chunk| WEBP_CHUNKS.contains(&&chunk.id()));
    without_xmp_flag(&mut webp);
    // It also sets the flag that says whether there is one.
    webp.set_exif(turned);
    Some(webp.encoder().bytes().to_vec())
}

/// The flag of a chunk that is gone, in the header of the extended form.
fn without_xmp_flag(webp: &mut WebP) {
    use img_parts::riff::{RiffChunk, RiffContent};
    const XMP: u8 = 0b100;
    for chunk in webp.chunks_mut().iter_mut().filter(|chunk| chunk.id() == *b"VP8X") {
        let Some(data) = chunk.content().data() else { continue };
        let mut data = data.to_vec();
        data.iter_mut().take(1).for_each(|flags| *flags &= !XMP);
        *chunk = RiffChunk::new(*b"VP8X", RiffContent::Data(data.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::{is_image, is_turned};
    use crate::text::SitePath;

    fn cleaned(bytes: Vec<u8>, name: &str) -> Result<Vec<u8>, String> {
        super::cleaned(bytes, &SitePath::new(&format!("content/reviews/{name}")).unwrap())
    }

    /// The same picture, of which all but the way up is gone, is left as it is.
    fn check(name: &str, bytes: &[u8], is_on_its_side: bool) {
        assert!(is_image(bytes, name), "{name}");
        assert!(bytes.windows(7).any(|window| window == b"zcanary"), "{name} has lost its marker");
        let clean = cleaned(bytes.to_vec(), name).unwrap();
        assert!(clean.len() < bytes.len(), "{name}");
        for marker in ["zcanary", "GPS", "http://ns.adobe.com", "Photoshop"] {
            assert!(!clean.windows(marker.len()).any(|window| window == marker.as_bytes()), "{name} says {marker}");
        }
        assert_eq!((is_turned(bytes), is_turned(&clean)), (is_on_its_side, is_on_its_side), "{name}");
        assert_eq!(cleaned(clean.clone(), name).unwrap(), clean, "{name}");
    }

    #[test]
    fn images_say_nothing_about_their_making() {
        check("photo.jpg", include_bytes!("../../../tests/images/photo.jpg"), true);
        check("scans.jpg", include_bytes!("../../../tests/images/scans.jpg"), false);
        check("chart.png", include_bytes!("../../../tests/images/chart.png"), true);
        check("shot.webp", include_bytes!("../../../tests/images/shot.webp"), true);
        check("moving.gif", include_bytes!("../../../tests/images/moving.gif"), false);
        check("drawing.svg", include_bytes!("../../../tests/images/drawing.svg"), false);
    }

    #[test]
    fn what_cannot_be_cleaned_is_told_and_what_is_no_image_is_left() {
        assert_eq!(cleaned(b"no image".to_vec(), "a.png").unwrap(), b"no image");
        let closed: [(&[u8], &str); 4] =
            [(b"II*\0...", "a.tif"), (b"\0\0\0\x1cftypavif", "a.avif"), (b"%PDF-1.7", "a.pdf"), (b"x", "a.svgz")];
        for (bytes, name) in closed {
            assert!(cleaned(bytes.to_vec(), name).unwrap_err().contains("metadata"), "{name}");
        }
        let whole: [&[u8]; 4] = [
            include_bytes!("../../../tests/images/photo.jpg"),
            include_bytes!("../../../tests/images/chart.png"),
            include_bytes!("../../../tests/images/shot.webp"),
            include_bytes!("../../../tests/images/moving.gif"),
        ];
        for bytes in whole {
            // Cut off anywhere, nothing ends the program, and what is left is clean or refused.
            for end in 12..bytes.len() {
                if let Ok(clean) = cleaned(bytes[..end].to_vec(), "cut") {
                    assert!(!clean.windows(7).any(|window| window == b"zcanary"), "cut at {end}");
                }
            }
        }
    }
}
