//! White space of any kind and length as one blank.

/// The words of a text with one blank between each two.
pub(crate) fn single_spaced(text: &str) -> String {
    if is_single_spaced(text.as_bytes()) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    let mut add = |word: &str| {
        if !word.is_empty() && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    };
    let (mut start, mut at) = (0, 0);
    while at < text.len() {
        match blank_length(text, at) {
            0 => at += 1,
            length => {
                add(&text[start..at]);
                at += length;
                start = at;
            }
        }
    }
    add(&text[start..]);
    line
}

/// Whether a text surely has one blank between each two words and none around them. This looks at all bytes without a
/// branch, which is much faster than reading them one after another.
fn is_single_spaced(text: &[u8]) -> bool {
    let Some((first, rest)) = text.split_first() else { return true };
    let is_odd = |byte: u8| (byte.wrapping_sub(b'\t') < 5) | (byte == 0xc2) | (byte.wrapping_sub(0xe1) < 3);
    let odd = text.iter().fold(false, |odd, byte| odd | is_odd(*byte));
    let double = text.iter().zip(rest).fold(false, |double, (one, next)| double | ((*one == b' ') & (*next == b' ')));
    !(odd | double) && *first != b' ' && text.last() != Some(&b' ')
}

/// The length of the white space at `at`; 0 where something else stands. Only few bytes begin any, so that a text need not
/// be read character by character.
fn blank_length(text: &str, at: usize) -> usize {
    match text.as_bytes()[at] {
        b'\t'..=b'\r' | b' ' => 1,
        0xc2 | 0xe1..=0xe3 => text[at..].chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::single_spaced;

    #[test]
    fn white_space_of_every_kind_is_one_blank() {
        let blanks: String = ('\0'..='\u{ffff}').filter(|c| c.is_whitespace()).collect();
        let others = "\u{1}\u{1c}·é—…‘\u{200b}ሀ中\u{feff}👩";
        for blank in blanks.chars() {
            for text in [format!("a{blank}b"), format!("{blank}{others}{blank}{blank} c{blank}"), blank.to_string()] {
                assert_eq!(single_spaced(&text), text.split_whitespace().collect::<Vec<_>>().join(" "), "{text:?}");
            }
        }
        assert_eq!(single_spaced(others), others);
        assert_eq!(single_spaced(&blanks), "");
    }
}
