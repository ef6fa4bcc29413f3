//! PNG without what programs add, and icons, which hold PNG.

use std::io::Read;

use flate2::read::{ZlibDecoder, ZlibEncoder};
use flate2::{Compression, Decompress, FlushDecompress, Status};
use img_parts::Bytes;
use img_parts::png::{Png, PngChunk};

use super::{exif, icc};

/// The chunks that say how the picture looks, with the lengths that they may have. All others are for people and for
/// programs that make pictures.
const CHUNKS: [(&[u8; 4], std::ops::RangeInclusive<usize>); 18] = [
    (b"IHDR", 13..=13),
    (b"PLTE", 3..=768),
    (b"IDAT", 0..=usize::MAX),
    (b"IEND", 0..=0),
    (b"tRNS", 1..=256),
    (b"cHRM", 32..=32),
    (b"gAMA", 4..=4),
    (b"iCCP", 3..=usize::MAX),
    (b"sBIT", 1..=4),
    (b"sRGB", 1..=1),
    (b"cICP", 4..=4),
    (b"mDCV", 24..=24),
    (b"cLLI", 8..=8),
    (b"bKGD", 1..=6),
    (b"pHYs", 9..=9),
    (b"acTL", 8..=8),
    (b"fcTL", 26..=26),
    (b"fdAT", 4..=usize::MAX),
];

/// The greatest length of a colour profile. Those of printers have some 2 MB.
const LONGEST_PROFILE: u64 = 4 * 1024 * 1024;

/// The most bytes of pixels that are unpacked: some 16,000 by 16,000 of them.
const MOST_PIXELS: u64 = 1024 * 1024 * 1024;

/// The image without metadata; `None` when it is damaged.
pub(super) fn cleaned(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(bytes.into()).ok()?;
    let turned = exif_of(&png).and_then(|exif| exif::of_orientation(&exif));
    png.chunks_mut().retain(|chunk| {
        let known = CHUNKS.iter().find(|(kind, _)| **kind == chunk.kind());
        known.is_some_and(|(_, lengths)| lengths.contains(&chunk.contents().len()))
    });
    if png.chunks().first()?.kind() != *b"IHDR" || !png.chunks().iter().any(|chunk| chunk.kind() == *b"IDAT") {
        return None;
    }
    trim(png.chunks_mut())?;
    let profile = png.chunk_by_type(*b"iCCP").and_then(|chunk| profile(chunk.contents()));
    png.remove_chunks_by_type(*b"iCCP");
    if let Some(exif) = turned {
        // It has to stand before the picture, and so does the profile.
        png.chunks_mut().insert(1, PngChunk::new(*b"eXIf", exif));
    }
    if let Some(profile) = profile {
        png.chunks_mut().insert(1, PngChunk::new(*b"iCCP", profile.into()));
    }
    let mut clean = Vec::new();
    png.encoder().write_to(&mut clean).ok()?;
    Some(clean)
}

/// Drops what stands behind the last pixel in the chunks of pixels; `None` when there are too many to look at.
fn trim(chunks: &mut Vec<PngChunk>) -> Option<()> {
    let mut pixels = Pixels::new();
    let mut before = *b"IHDR";
    for chunk in chunks.iter_mut() {
        let kind = chunk.kind();
        // The pixels of a later picture of a film begin with a number.
        let skipped = if kind == *b"fdAT" { 4 } else { 0 };
        if kind == *b"IDAT" || kind == *b"fdAT" {
            if before != kind {
                pixels = Pixels::new();
            }
            let used = skipped + pixels.take(&chunk.contents()[skipped..])?;
            *chunk = PngChunk::new(kind, chunk.contents().slice(..used));
        }
        before = kind;
    }
    chunks.retain(|chunk| !matches!(&chunk.kind(), b"IDAT" | b"fdAT") || chunk.contents().len() > 4);
    Some(())
}

/// Unpacks pixels without keeping them, to find where they end.
struct Pixels {
    stream: Decompress,
    room: Vec<u8>,
    has_ended: bool,
}

impl Pixels {
    fn new() -> Self {
        Self { stream: Decompress::new(true), room: vec![0; 64 * 1024], has_ended: false }
    }

    /// How many of these bytes belong to the pixels; `None` when they are damaged or more than anybody shows.
    fn take(&mut self, mut packed: &[u8]) -> Option<usize> {
        let whole = packed.len();
        while !packed.is_empty() && !self.has_ended {
            let (read, written) = (self.stream.total_in(), self.stream.total_out());
            let status = self.stream.decompress(packed, &mut self.room, FlushDecompress::None).ok()?;
            let used = usize::try_from(self.stream.total_in() - read).ok()?;
            packed = packed.get(used..)?;
            self.has_ended = status == Status::StreamEnd;
            let stands_still = used == 0 && self.stream.total_out() == written;
            if self.stream.total_out() > MOST_PIXELS || stands_still && !self.has_ended {
                return None;
            }
        }
        Some(whole - packed.len())
    }
}

/// What the metadata says about the way up.
pub(super) fn orientation(bytes: &[u8]) -> Option<u16> {
    exif::orientation(&exif_of(&Png::from_bytes(Bytes::copy_from_slice(bytes)).ok()?)?)
}

fn exif_of(png: &Png) -> Option<Bytes> {
    Some(png.chunk_by_type(*b"eXIf")?.contents().clone())
}

/// The contents of a colour profile chunk without its name and without what the profile says about its making.
fn profile(contents: &[u8]) -> Option<Vec<u8>> {
    let end = contents.iter().position(|byte| *byte == 0)?;
    // The name, its end, and how the profile is packed.
    let packed = contents.get(end + 2..)?;
    let mut profile = Vec::new();
    ZlibDecoder::new(packed).take(LONGEST_PROFILE).read_to_end(&mut profile).ok()?;
    let clean = icc::cleaned(&profile)?;
    let mut written = b"icc\0\0".to_vec();
    ZlibEncoder::new(&clean[..], Compression::default()).read_to_end(&mut written).ok()?;
    Some(written)
}

/// An icon without metadata in the pictures it is made of; `None` when it is damaged.
pub(super) fn cleaned_icon(bytes: &[u8]) -> Option<Vec<u8>> {
    let count = usize::from(u16::from_le_bytes(bytes.get(4..6)?.try_into().ok()?));
    let number = |at: usize| usize::try_from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok();
    let mut head = bytes.get(..6)?.to_vec();
    let mut pictures = Vec::new();
    for entry in (0..count).map(|entry| 6 + entry * 16) {
        let start = number(entry + 12)?;
        let picture = bytes.get(start..start.checked_add(number(entry + 8)?)?)?;
        let clean = if picture.starts_with(b"\x89PNG") { cleaned(picture.to_vec())? } else { picture.to_vec() };
        head.extend_from_slice(bytes.get(entry..entry + 8)?);
        head.extend(u32::try_from(clean.len()).ok()?.to_le_bytes());
        head.extend(u32::try_from(6 + count * 16 + pictures.len()).ok()?.to_le_bytes());
        pictures.extend(clean);
        // Entries that share a picture would make it grow without end.
        if pictures.len() > bytes.len() + 1024 * count {
            return None;
        }
    }
    head.extend(pictures);
    (count > 0).then_some(head)
}
