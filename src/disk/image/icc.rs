//! Colour profiles: how colours are meant, without the screen, its serial number, and the day of the measurement.

/// The tags that say what colours are. All others are words, or belong to the device that was measured.
const TAGS: [&[u8; 4]; 22] = [
    b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"cicp", b"A2B0",
    b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"D2B0", b"D2B1", b"B2D0", b"B2D1", b"lumi",
];

/// The types of values that hold numbers only.
const TYPES: [&[u8; 4]; 9] = [b"XYZ ", b"curv", b"para", b"sf32", b"cicp", b"mft1", b"mft2", b"mAB ", b"mBA "];

/// The parts of the head that stay: version, kind and spaces of colours, what is rendered, and the light.
const HEAD: [std::ops::Range<usize>; 3] = [8..24, 36..40, 64..80];

const HEAD_LENGTH: usize = 128;

/// The profile without words and dates; `None` when it is damaged, and the picture goes without one.
pub(super) fn cleaned(profile: &[u8]) -> Option<Vec<u8>> {
    let head = profile.get(..HEAD_LENGTH)?;
    if &head[36..40] != b"acsp" {
        return None;
    }
    let mut tags: Vec<([u8; 4], Vec<u8>)> = vec![(*b"desc", words(head[8])), (*b"cprt", words(head[8]))];
    let count = number(profile, HEAD_LENGTH)?;
    let mut length = 0;
    for at in (0..count.min(100)).map(|tag| HEAD_LENGTH + 4 + tag * 12) {
        let name: [u8; 4] = profile.get(at..at + 4)?.try_into().ok()?;
        let start = number(profile, at + 4)?;
        let value = profile.get(start..start.checked_add(number(profile, at + 8)?)?)?;
        if TAGS.contains(&&name) && value.get(..4).is_some_and(|kind| TYPES.iter().any(|known| *known == kind)) {
            let value = exact(value)?;
            length += value.len();
            tags.push((name, value.to_vec()));
        }
    }
    // Tags may share a value, such as one curve for all colours. A profile that shares more is suspect and is dropped.
    (length <= profile.len() * 3).then(|| written(head, &tags))?
}

fn written(head: &[u8], tags: &[([u8; 4], Vec<u8>)]) -> Option<Vec<u8>> {
    let mut values: Vec<u8> = Vec::new();
    let mut table = u32::try_from(tags.len()).ok()?.to_be_bytes().to_vec();
    let first = HEAD_LENGTH + 4 + tags.len() * 12;
    let mut known: Vec<(&[u8], usize)> = Vec::new();
    for (name, value) in tags {
        let start = match known.iter().find(|(before, _)| before == value) {
            Some((_, start)) => *start,
            None => {
                let start = first + values.len();
                known.push((value, start));
                values.extend(value);
                values.resize(values.len().next_multiple_of(4), 0);
                start
            }
        };
        table.extend(name);
        table.extend(u32::try_from(start).ok()?.to_be_bytes());
        table.extend(u32::try_from(value.len()).ok()?.to_be_bytes());
    }
    let mut profile = vec![0; HEAD_LENGTH];
    for part in HEAD {
        profile[part.clone()].copy_from_slice(&head[part]);
    }
    profile.extend(table);
    profile.extend(values);
    let length = u32::try_from(profile.len()).ok()?.to_be_bytes();
    profile[..4].copy_from_slice(&length);
    Some(profile)
}

/// The value up to its end, as far as its beginning says where that is.
fn exact(value: &[u8]) -> Option<&[u8]> {
    let length = match value.get(..4)? {
        b"XYZ " => 20,
        b"sf32" => 44,
        b"cicp" => 12,
        b"curv" => number(value, 8)?.checked_mul(2)?.checked_add(12)?,
        b"para" => 12 + 4 * [1, 3, 4, 5, 7].get(number(value, 8)? >> 16)?,
        _ => value.len(),
    };
    value.get(..length)
}

/// A name and a licence that every profile needs, in the form of this version.
fn words(version: u8) -> Vec<u8> {
    let mut words = Vec::new();
    if version >= 4 {
        words.extend(b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0\x06\0\0\0\x1c");
        words.extend(b"\0R\0G\0B");
    } else {
        words.extend(b"desc\0\0\0\0\0\0\0\x04RGB\0");
        words.resize(words.len() + 78, 0);
    }
    words
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    fn profile() -> Vec<u8> {
        let mut bytes = vec![0; 128];
        bytes[8] = 2;
        bytes[24..30].copy_from_slice(b"zcanar");
        bytes[36..40].copy_from_slice(b"acsp");
        bytes[80..84].copy_from_slice(b"zcan");
        bytes.extend(4_u32.to_be_bytes());
        for (name, start, length) in [(b"desc", 180, 20), (b"rTRC", 200, 20), (b"gTRC", 200, 20), (b"vcgt", 180, 20)] {
            bytes.extend(name);
            bytes.extend(u32::to_be_bytes(start));
            bytes.extend(u32::to_be_bytes(length));
        }
        bytes.extend(b"desc\0\0\0\0\0\0\0\x08zcanary\0");
        bytes.extend(b"curv\0\0\0\0\0\0\0\x01\x02\x33zcanar");
        bytes
    }

    #[test]
    fn a_profile_says_what_colours_are_and_nothing_else() {
        let clean = cleaned(&profile()).unwrap();
        assert!(!clean.windows(4).any(|window| window == b"zcan"), "{clean:?}");
        assert_eq!(clean.windows(4).filter(|window| *window == b"curv").count(), 1);
        assert_eq!(clean.windows(4).filter(|window| *window == b"gTRC").count(), 1);
        assert_eq!(cleaned(&clean), Some(clean));
    }

    #[test]
    fn a_damaged_profile_is_none() {
        let whole = profile();
        for end in 0..whole.len() {
            assert_eq!(cleaned(&whole[..end]), None, "{end}");
        }
        assert_eq!(cleaned(&[0xff; 200]), None);
    }
}
