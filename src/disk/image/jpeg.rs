//! JPEG without comments and without the segments that programs add.

use img_parts::jpeg::markers;

use super::exif;

/// The image without metadata; `None` when it is damaged.
pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let turned = exif_of(bytes).and_then(exif::of_orientation);
    let mut kept = bytes.get(..2)?.to_vec();
    if let Some(exif) = turned {
        let contents = [EXIF, &exif[..]].concat();
        kept.extend([markers::P, markers::APP1]);
        kept.extend(u16::try_from(contents.len() + 2).ok()?.to_be_bytes());
        kept.extend(contents);
    }
    let mut walk = Walk { bytes, at: 2 };
    while let Some(part) = walk.next()? {
        match part {
            Part::Picture(bytes) => kept.extend_from_slice(bytes),
            Part::Segment { marker, whole, contents } if is_picture(marker, contents) => kept.extend_from_slice(whole),
            Part::Segment { .. } => {}
        }
    }
    // The end of the picture. Behind it may be anything: a second picture with metadata of its own, or a film.
    kept.extend([markers::P, markers::EOI]);
    Some(kept)
}

/// What the metadata says about the way up.
pub(super) fn orientation(bytes: &[u8]) -> Option<u16> {
    exif::orientation(exif_of(bytes)?)
}

/// What EXIF segments begin with.
const EXIF: &[u8] = b"Exif\0\0";

/// The EXIF of an image.
fn exif_of(bytes: &[u8]) -> Option<&[u8]> {
    let mut walk = Walk { bytes, at: 2 };
    while let Some(part) = walk.next()? {
        if let Part::Segment { marker: markers::APP1, contents, .. } = part
            && let Some(exif) = contents.strip_prefix(EXIF)
        {
            return Some(exif);
        }
    }
    None
}

/// Whether a segment says how the picture looks. Of the segments that programs add, three do: the density of pixels,
/// the profile of the colours, and how they are stored.
fn is_picture(marker: u8, contents: &[u8]) -> bool {
    match marker {
        markers::APP0 => contents.starts_with(b"JFIF\0"),
        markers::APP2 => contents.starts_with(b"ICC_PROFILE\0"),
        markers::APP14 => contents.starts_with(b"Adobe"),
        markers::APP0..=markers::APP15 | markers::COM => false,
        _ => true,
    }
}

/// A part of an image.
enum Part<'a> {
    /// A segment: its marker, all of its bytes, and those after marker and length.
    Segment { marker: u8, whole: &'a [u8], contents: &'a [u8] },
    /// A piece of a picture between segments.
    Picture(&'a [u8]),
}

/// The parts of an image in their order. Segments may stand between the scans of a picture, too.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    /// The next part; `Some(None)` is the end of the picture, and `None` that it is damaged.
    fn next(&mut self) -> Option<Option<Part<'a>>> {
        let (bytes, start) = (self.bytes, self.at);
        let rest = bytes.get(start..)?;
        let next = start + rest.iter().position(|byte| *byte == markers::P)?;
        if next > start {
            self.at = next;
            return Some(Some(Part::Picture(&bytes[start..next])));
        }
        let marker = *bytes.get(next + 1)?;
        match marker {
            markers::EOI => return Some(None),
            // A byte of the picture that looks like a marker, a place to begin anew, or a byte that only fills.
            markers::Z | markers::RST0..=markers::RST7 => self.at = next + 2,
            markers::P => self.at = next + 1,
            _ => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(next + 2)?, *bytes.get(next + 3)?]));
                let whole = bytes.get(next..next + 2 + length).filter(|_| length >= 2)?;
                self.at = next + whole.len();
                return Some(Some(Part::Segment { marker, whole, contents: &whole[4..] }));
            }
        }
        Some(Some(Part::Picture(&bytes[next..self.at])))
    }
}
