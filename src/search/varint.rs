//! Variable-length integers as printable characters: five bits in each, and a sixth that says whether more follow.

/// Appends `value`, the lowest bits first.
pub fn push(text: &mut String, mut value: u32) {
    while value >= 32 {
        text.push(digit(32 | (value & 31)));
        value >>= 5;
    }
    text.push(digit(value));
}

/// Reads a number and advances `bytes` behind it; `None` at the end.
pub(super) fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0;
    let mut shift = 0;
    loop {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        let digit = u32::from(if *first > b'\\' { first - 36 } else { first.saturating_sub(35) });
        value |= (digit & 31) << shift;
        if digit < 32 || shift > 25 {
            return Some(value);
        }
        shift += 5;
    }
}

/// The characters from `#` on without the backslash, so that JavaScript strings need no escapes.
fn digit(value: u32) -> char {
    let code = if value < 57 { 35 + value } else { 36 + value };
    char::from(code as u8)
}

#[cfg(test)]
mod tests {
    use super::{push, take};

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 31, 32, 56, 57, 63, 1023, 1024, 70_000, u32::MAX >> 2];
        let mut text = String::new();
        numbers.iter().for_each(|number| push(&mut text, *number));
        assert!(!text.contains(['"', '\\']), "{text}");
        let mut bytes = text.as_bytes();
        for number in numbers {
            assert_eq!(take(&mut bytes), Some(number));
        }
        assert_eq!(take(&mut bytes), None);
    }
}
