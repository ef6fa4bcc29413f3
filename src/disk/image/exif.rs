//! EXIF: of all that it says, which way up the picture is.

use img_parts::Bytes;

/// The tag of the orientation.
const ORIENTATION: u16 = 0x0112;

/// From 1, upright, to 8; from 5 on the picture lies on its side. `None` when it is not said.
pub(super) fn orientation(exif: &[u8]) -> Option<u16> {
    let is_big = match exif.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let two = |at: usize| {
        let bytes: [u8; 2] = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let four = |at: usize| {
        let bytes: [u8; 4] = exif.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if is_big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }).ok()
    };
    let first = four(4)?;
    let entries = usize::from(two(first)?);
    let places = (0..entries).filter_map(|entry| first.checked_add(2 + entry * 12));
    let value = places.filter(|at| two(*at) == Some(ORIENTATION)).find_map(|at| two(at.checked_add(8)?))?;
    (1..=8).contains(&value).then_some(value)
}

/// EXIF that says the way up and nothing else; `None` when the picture is upright anyway.
pub(super) fn of_orientation(exif: &[u8]) -> Option<Bytes> {
    let orientation = orientation(exif).filter(|orientation| *orientation > 1)?;
    let mut bytes = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    bytes.extend(orientation.to_be_bytes());
    // The rest of the value's four bytes, and no further table.
    bytes.extend([0; 6]);
    Some(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::{of_orientation, orientation};

    #[test]
    fn the_way_up_is_read_in_either_byte_order_and_kept() {
        let small = b"II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0abc\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        assert_eq!(orientation(small), Some(6));
        let kept = of_orientation(small).unwrap();
        assert_eq!(orientation(&kept), Some(6));
        assert_eq!(of_orientation(&kept), Some(kept));
    }

    #[test]
    fn nonsense_says_nothing() {
        for nonsense in
            [&b""[..], b"MM\0*", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff\x01\x12\0\x03\0\0\0\x01\0\x63"]
        {
            assert_eq!(orientation(nonsense), None);
        }
    }
}
