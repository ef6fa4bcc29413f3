//! White space of any kind and length as one blank.

/// The words of a text with one blank between each two.
pub(crate) fn single_spaced(text: &str) -> String {
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
