//! WebP without what programs add.

use super::{exif, icc};

/// The flags of the extended form: whether there is a profile, an EXIF chunk, an XMP chunk.
const PROFILE: u8 = 0b10_0000;
const EXIF: u8 = 0b1000;
const XMP: u8 = 0b100;

/// The image without metadata; `None` when it is damaged.
pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let chunks = chunks(body(bytes)?)?;
    let is_extended = chunks.first()?.0 == *b"VP8X";
    let turned = contents(&chunks, *b"EXIF").and_then(exif::of_orientation).filter(|_| is_extended);
    let profile = contents(&chunks, *b"ICCP").and_then(icc::cleaned).filter(|_| is_extended);
    let mut kept = b"WEBP".to_vec();
    for (kind, contents) in &chunks {
        match kind {
            b"VP8X" => {
                let mut head = contents.get(..10)?.to_vec();
                head[0] &= !(PROFILE | EXIF | XMP);
                head[0] |= if profile.is_some() { PROFILE } else { 0 } | if turned.is_some() { EXIF } else { 0 };
                push(&mut kept, *kind, &head)?;
                // The profile stands before the picture.
                if let Some(profile) = &profile {
                    push(&mut kept, *b"ICCP", profile)?;
                }
            }
            b"VP8 " | b"VP8L" | b"ALPH" => push(&mut kept, *kind, contents)?,
            b"ANIM" => push(&mut kept, *kind, contents.get(..6)?)?,
            b"ANMF" => push(&mut kept, *kind, &frame(contents)?)?,
            _ => {}
        }
    }
    if let Some(exif) = turned {
        push(&mut kept, *b"EXIF", &exif)?;
    }
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(kept.len()).ok()?.to_le_bytes());
    file.extend(kept);
    Some(file)
}

/// What the metadata says about the way up.
pub(super) fn orientation(bytes: &[u8]) -> Option<u16> {
    exif::orientation(contents(&chunks(body(bytes)?)?, *b"EXIF")?)
}

/// A frame of a film: where it stands, and the chunks of its picture.
fn frame(contents: &[u8]) -> Option<Vec<u8>> {
    let mut kept = contents.get(..16)?.to_vec();
    for (kind, contents) in chunks(&contents[16..])? {
        if matches!(&kind, b"VP8 " | b"VP8L" | b"ALPH") {
            push(&mut kept, kind, contents)?;
        }
    }
    Some(kept)
}

type Chunk<'a> = ([u8; 4], &'a [u8]);

/// What stands between the name of the format and the end of the picture. Behind it may be anything.
fn body(bytes: &[u8]) -> Option<&[u8]> {
    let length = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    bytes.get(12..8 + length)
}

fn chunks(mut bytes: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let mut chunks = Vec::new();
    while !bytes.is_empty() {
        let kind = bytes.get(..4)?.try_into().ok()?;
        let length = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
        chunks.push((kind, bytes.get(8..8 + length)?));
        // A chunk of odd length is filled up; not every program does it at the end.
        bytes = bytes.get(8 + length + length % 2..).unwrap_or_default();
    }
    Some(chunks)
}

fn contents<'a>(chunks: &[Chunk<'a>], wanted: [u8; 4]) -> Option<&'a [u8]> {
    chunks.iter().find(|(kind, _)| *kind == wanted).map(|(_, contents)| *contents)
}

fn push(file: &mut Vec<u8>, kind: [u8; 4], contents: &[u8]) -> Option<()> {
    file.extend(kind);
    file.extend(u32::try_from(contents.len()).ok()?.to_le_bytes());
    file.extend_from_slice(contents);
    if contents.len() % 2 == 1 {
        file.push(0);
    }
    Some(())
}
