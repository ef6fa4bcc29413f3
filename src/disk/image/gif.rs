//! GIF without comments and without what programs add.

/// The image without metadata; `None` when it is damaged.
pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = 13 + table(*bytes.get(10)?);
    let mut kept = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        match bytes.get(at)? {
            // The end: bytes after it are not part of the picture.
            0x3b => {
                kept.push(0x3b);
                return Some(kept);
            }
            0x2c => {
                at += 10 + table(*bytes.get(at + 9)?) + 1;
                at = after_blocks(bytes, at)?;
                kept.extend_from_slice(bytes.get(start..at)?);
            }
            0x21 => {
                let label = *bytes.get(at + 1)?;
                at = after_blocks(bytes, at + 2)?;
                kept.extend(extension(label, bytes.get(start..at)?));
            }
            _ => return None,
        }
    }
}

/// What stays of an extension: how long a frame is shown, and how often all of them are.
fn extension(label: u8, whole: &[u8]) -> Vec<u8> {
    match (label, whole) {
        (0xf9, [_, _, 4, a, b, c, d, ..]) => vec![0x21, 0xf9, 4, *a, *b, *c, *d, 0],
        (0xff, [_, _, 11, name @ ..]) if name.starts_with(b"NETSCAPE2.0") || name.starts_with(b"ANIMEXTS1.0") => {
            match name.get(11..15) {
                Some([3, 1, low, high]) => [&[0x21, 0xff, 11], &name[..11], &[3, 1, *low, *high, 0]].concat(),
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// The length of the table of colours that these flags announce.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where the data that begins at `at` ends: blocks, each with its length, up to an empty one.
fn after_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
