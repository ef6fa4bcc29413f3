//! Published files without what they say about their making: place, device, author, comments.

mod exif;
mod gif;
mod icc;
mod jpeg;
mod kind;
mod png;
mod svg;
mod webp;

use self::kind::Kind;
pub(super) use self::kind::{START, is_text};
use self::svg::Scripts;
use crate::text::{AssetRisk, SitePath};

/// The greatest length of a picture in bytes. A page that shows a longer one is of no use to anybody.
pub(super) const LONGEST_PICTURE: u64 = 64 * 1024 * 1024;

/// A kind of picture whose metadata is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Picture {
    Jpeg,
    Png,
    WebP,
    Gif,
    Icon,
    Svg,
}

/// How a file is published.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Treatment {
    /// Unchanged.
    AsItIs,
    /// What [`cleaned`] makes of its bytes.
    Cleaned,
    /// Not at all.
    Refused,
}

/// How a file is published, by its first [`START`] bytes and its length, and what readers have to know about that.
pub(super) fn treatment(start: &[u8], length: u64, path: &SitePath) -> (Treatment, Option<AssetRisk>) {
    match kind::kind(start, path) {
        Kind::Picture(_) if length > LONGEST_PICTURE => {
            let limit = LONGEST_PICTURE / 1024 / 1024;
            let message = format!("the picture has {} MB, and no more than {limit} are read", length / 1024 / 1024);
            (Treatment::Refused, Some(AssetRisk::Refused(message)))
        }
        Kind::Picture(_) => (Treatment::Cleaned, None),
        Kind::Packed => {
            let message = "a packed drawing cannot be cleaned of scripts and metadata".to_owned();
            (Treatment::Refused, Some(AssetRisk::Refused(message)))
        }
        Kind::NoPicture(message) => (Treatment::Refused, Some(AssetRisk::Refused(message))),
        Kind::Plain => (Treatment::AsItIs, None),
        Kind::Closed(message) => (Treatment::AsItIs, Some(AssetRisk::Metadata(message))),
        Kind::Mismatch(message) => (Treatment::AsItIs, Some(AssetRisk::Mismatch(message))),
    }
}

/// The bytes of a picture as they are published, without metadata.
///
/// The colours stay as they are, and so does the way up, which cameras write into the metadata.
///
/// # Errors
///
/// The picture is damaged, so its content cannot be checked.
pub(super) fn cleaned(bytes: Vec<u8>, path: &SitePath) -> Result<Vec<u8>, AssetRisk> {
    let is_static = path.below("static").is_some();
    let clean = match picture(&bytes) {
        Some(picture) => picture.cleaned(bytes),
        None => svg::cleaned(&bytes, if is_static { Scripts::Kept } else { Scripts::LeftOut }),
    };
    clean.ok_or_else(|| {
        AssetRisk::Refused("the picture is damaged, so that its metadata cannot be taken out".to_owned())
    })
}

/// Whether its metadata turns the picture by 90 degrees, so that width and height are swapped when it is shown.
pub(super) fn is_turned(bytes: &[u8]) -> bool {
    let orientation = match picture(bytes) {
        Some(Picture::Jpeg) => jpeg::orientation(bytes),
        Some(Picture::Png) => png::orientation(bytes),
        Some(Picture::WebP) => webp::orientation(bytes),
        _ => None,
    };
    orientation.is_some_and(|orientation| orientation >= 5)
}

/// The kind of a picture by its first bytes; SVG is a text, and only its name tells.
fn picture(bytes: &[u8]) -> Option<Picture> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Picture::Jpeg),
        [0x89, b'P', b'N', b'G', ..] => Some(Picture::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Picture::WebP),
        [b'G', b'I', b'F', b'8', ..] => Some(Picture::Gif),
        [0, 0, 1, 0, _, 0, ..] => Some(Picture::Icon),
        _ => None,
    }
}

impl Picture {
    /// The picture without metadata; `None` when it is damaged.
    fn cleaned(self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        match self {
            Self::Jpeg => jpeg::cleaned(&bytes),
            Self::Png => png::cleaned(bytes),
            Self::WebP => webp::cleaned(&bytes),
            Self::Gif => gif::cleaned(&bytes),
            Self::Icon => png::cleaned_icon(&bytes),
            Self::Svg => svg::cleaned(&bytes, Scripts::LeftOut),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{START, Treatment, is_turned, treatment};
    use crate::text::{AssetRisk, SitePath};

    fn path(name: &str) -> SitePath {
        SitePath::new(&format!("content/reviews/{name}")).unwrap()
    }

    fn cleaned(bytes: Vec<u8>, name: &str) -> Result<Vec<u8>, AssetRisk> {
        super::cleaned(bytes, &path(name))
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Orientation {
        Upright,
        Sideways,
    }

    /// Cleaning removes metadata and keeps the orientation; a clean picture stays as it is.
    fn check(name: &str, bytes: &[u8], orientation: Orientation) {
        let start = &bytes[..bytes.len().min(START)];
        assert_eq!(treatment(start, 1, &path(name)), (Treatment::Cleaned, None), "{name}");
        assert!(bytes.windows(7).any(|window| window == b"zcanary"), "{name} has lost its marker");
        let clean = cleaned(bytes.to_vec(), name).unwrap();
        assert!(clean.len() < bytes.len(), "{name}");
        for marker in ["zcanary", "GPS", "http://ns.adobe.com", "Photoshop"] {
            assert!(!clean.windows(marker.len()).any(|window| window == marker.as_bytes()), "{name} says {marker}");
        }
        let sideways = orientation == Orientation::Sideways;
        assert_eq!((is_turned(bytes), is_turned(&clean)), (sideways, sideways), "{name}");
        assert_eq!(cleaned(clean.clone(), name).unwrap(), clean, "{name}");
    }

    #[test]
    fn images_say_nothing_about_their_making() {
        check("photo.jpg", include_bytes!("../../../tests/images/photo.jpg"), Orientation::Sideways);
        check("scans.jpg", include_bytes!("../../../tests/images/scans.jpg"), Orientation::Upright);
        check("chart.png", include_bytes!("../../../tests/images/chart.png"), Orientation::Sideways);
        check("shot.webp", include_bytes!("../../../tests/images/shot.webp"), Orientation::Sideways);
        check("moving.gif", include_bytes!("../../../tests/images/moving.gif"), Orientation::Upright);
        check("drawing.svg", include_bytes!("../../../tests/images/drawing.svg"), Orientation::Upright);
    }

    #[test]
    fn cut_off_anywhere_nothing_ends_the_program_and_nothing_is_told() {
        let whole: [&[u8]; 4] = [
            include_bytes!("../../../tests/images/photo.jpg"),
            include_bytes!("../../../tests/images/chart.png"),
            include_bytes!("../../../tests/images/shot.webp"),
            include_bytes!("../../../tests/images/moving.gif"),
        ];
        for bytes in whole {
            for end in 12..bytes.len() {
                if let Ok(clean) = cleaned(bytes[..end].to_vec(), "cut") {
                    assert!(!clean.windows(7).any(|window| window == b"zcanary"), "cut at {end}");
                }
            }
        }
    }

    #[test]
    fn long_pictures_are_not_even_read() {
        let (treatment, risk) = treatment(b"\x89PNG", 70_000_000_000, &path("a.png"));
        assert_eq!(treatment, Treatment::Refused);
        assert!(matches!(risk, Some(AssetRisk::Refused(why)) if why.contains("64")));
    }
}
