//! JPEG without comments and without the segments that programs add.

use img_parts::jpeg::markers;

use super::{exif, icc};

/// The image without metadata; `None` when it is damaged.
pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = bytes.get(..2)?.to_vec();
    if let Some(exif) = exif_of(bytes).and_then(exif::of_orientation) {
        push(&mut kept, markers::APP1, &[EXIF, &exif[..]].concat())?;
    }
    let mut profile = profile(bytes);
    let mut walk = Walk::new(bytes);
    while let Some(part) = walk.next()? {
        match part {
            Part::Picture(bytes) => kept.extend_from_slice(bytes),
            // The density of pixels; a small picture may stand behind it.
            Part::Segment { marker: markers::APP0, contents } if contents.starts_with(b"JFIF\0") => {
                let mut head = contents.get(..14)?.to_vec();
                head[12..].fill(0);
                push(&mut kept, markers::APP0, &head)?;
            }
            Part::Segment { marker: markers::APP2, contents } if contents.starts_with(PROFILE) => {
                push_profile(&mut kept, &std::mem::take(&mut profile))?;
            }
            // How the colours are stored.
            Part::Segment { marker: markers::APP14, contents } if contents.starts_with(b"Adobe") => {
                push(&mut kept, markers::APP14, contents.get(..12)?)?;
            }
            Part::Segment { marker, contents } if is_picture(marker) => {
                if !is_exact(marker, contents)? {
                    return None;
                }
                push(&mut kept, marker, contents)?;
            }
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

/// What the pieces of a colour profile begin with. The number of the piece and that of all of them follow.
const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// The most that a segment holds, beside its length.
const LONGEST_SEGMENT: usize = 0xffff - 2;

/// The EXIF of an image.
fn exif_of(bytes: &[u8]) -> Option<&[u8]> {
    let mut walk = Walk::new(bytes);
    while let Some(part) = walk.next()? {
        if let Part::Segment { marker: markers::APP1, contents } = part
            && let Some(exif) = contents.strip_prefix(EXIF)
        {
            return Some(exif);
        }
    }
    None
}

/// The colour profile, without what it says about its making. Nothing when there is none, or a damaged one.
fn profile(bytes: &[u8]) -> Vec<u8> {
    let mut pieces = Vec::new();
    let mut walk = Walk::new(bytes);
    while let Some(Some(part)) = walk.next() {
        if let Part::Segment { marker: markers::APP2, contents } = part
            && let Some([number, _, piece @ ..]) = contents.strip_prefix(PROFILE)
        {
            pieces.push((*number, piece));
        }
    }
    pieces.sort_by_key(|(number, _)| *number);
    let whole: Vec<u8> = pieces.into_iter().flat_map(|(_, piece)| piece).copied().collect();
    icc::cleaned(&whole).unwrap_or_default()
}

fn push_profile(file: &mut Vec<u8>, profile: &[u8]) -> Option<()> {
    let pieces: Vec<&[u8]> = profile.chunks(LONGEST_SEGMENT - PROFILE.len() - 2).collect();
    let count = u8::try_from(pieces.len()).ok()?;
    for (number, piece) in (1..=count).zip(pieces) {
        push(file, markers::APP2, &[PROFILE, &[number, count], piece].concat())?;
    }
    Some(())
}

fn push(file: &mut Vec<u8>, marker: u8, contents: &[u8]) -> Option<()> {
    file.extend([markers::P, marker]);
    file.extend(u16::try_from(contents.len() + 2).ok()?.to_be_bytes());
    file.extend_from_slice(contents);
    Some(())
}

/// Whether a segment holds a part of the picture: its size, its tables, its scans.
fn is_picture(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xc7 | 0xc9..=0xcf | 0xda..=0xdd)
}

/// Whether a segment of the picture ends where its contents do; `None` when they are cut off.
fn is_exact(marker: u8, contents: &[u8]) -> Option<bool> {
    let mut rest = contents;
    match marker {
        // Huffman tables: 16 counts, and as many values as they come to.
        0xc4 => {
            while !rest.is_empty() {
                let values: usize = rest.get(1..17)?.iter().map(|count| usize::from(*count)).sum();
                rest = rest.get(17 + values..)?;
            }
        }
        // Quantisation tables of 64 values, each of one byte or two.
        0xdb => {
            while let Some(first) = rest.first() {
                rest = rest.get(1 + 64 * (1 + usize::from(*first >> 4).min(1))..)?;
            }
        }
        0xcc => return Some(contents.len().is_multiple_of(2) && contents.len() <= 64),
        0xda => return Some(contents.len() == 4 + 2 * usize::from(*contents.first()?)),
        0xdc | 0xdd => return Some(contents.len() == 2),
        _ => return Some(contents.len() == 6 + 3 * usize::from(*contents.get(5)?)),
    }
    Some(true)
}

/// A part of an image.
enum Part<'a> {
    /// A segment: its marker, and what stands behind marker and length.
    Segment { marker: u8, contents: &'a [u8] },
    /// A piece of the picture itself.
    Picture(&'a [u8]),
}

/// The parts of an image in their order. Segments may stand between the scans of a picture, too.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether a scan has begun. Before, what stands between segments belongs to nothing.
    is_scan: bool,
}

impl<'a> Walk<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 2, is_scan: false }
    }

    /// The next part; `Some(None)` is the end of the picture, and `None` that it is damaged.
    fn next(&mut self) -> Option<Option<Part<'a>>> {
        let (bytes, start) = (self.bytes, self.at);
        while let Some(found) = bytes.get(self.at..)?.iter().position(|byte| *byte == markers::P) {
            let next = self.at + found;
            let Some(marker) = bytes.get(next + 1).copied() else { break };
            match marker {
                // A byte of the picture that looks like a marker, or a place to begin anew.
                markers::Z | markers::RST0..=markers::RST7 => self.at = next + 2,
                // A byte that only fills.
                markers::P => self.at = next + 1,
                _ if self.is_scan && next > start => {
                    self.at = next;
                    return Some(Some(Part::Picture(&bytes[start..next])));
                }
                markers::EOI => {
                    self.at = next;
                    return Some(None);
                }
                _ => {
                    let length = usize::from(u16::from_be_bytes([*bytes.get(next + 2)?, *bytes.get(next + 3)?]));
                    let contents = bytes.get(next + 4..next + 2 + length)?;
                    self.at = next + 2 + length;
                    self.is_scan = marker == 0xda;
                    return Some(Some(Part::Segment { marker, contents }));
                }
            }
        }
        // The file ends within a scan: browsers show what there is.
        let is_cut = self.is_scan && start < bytes.len();
        self.at = bytes.len();
        match is_cut {
            true => Some(Some(Part::Picture(&bytes[start..]))),
            false if self.is_scan => Some(None),
            false => None,
        }
    }
}
