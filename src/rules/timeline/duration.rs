//! Durations that are written in words: "27 minutes", "two hours and 15 minutes", "an hour".

use chrono::Duration;

/// A duration as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// How long.
    pub(super) duration: Duration,
    /// Its smallest unit: nobody means "two hours" to the minute.
    pub(super) unit: Duration,
    /// The number of bytes that it takes in the text.
    pub(super) length: usize,
}

/// Numbers as words.
const WORDS: [(&str, f64); 16] = [
    ("half an", 0.5),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("half a", 0.5),
    ("an", 1.0),
    ("a", 1.0),
];

/// Units, with their seconds.
const UNITS: [(&[&str], i64); 5] = [
    (&["s", "sec", "second", "seconds"], 1),
    (&["min", "mins", "minute", "minutes"], 60),
    (&["h", "hr", "hrs", "hour", "hours"], 3_600),
    (&["day", "days"], 86_400),
    (&["week", "weeks"], 604_800),
];

/// The duration that `text` begins with.
pub(super) fn read(text: &str) -> Option<Stated> {
    let (mut seconds, mut unit, mut length) = piece(text)?;
    while let Some((more, smaller, at)) = next(&text[length..]).filter(|(_, smaller, _)| *smaller < unit) {
        (seconds, unit, length) = (seconds + more, smaller, length + at);
    }
    Some(Stated { duration: Duration::seconds(seconds), unit: Duration::seconds(unit), length })
}

/// A further piece, after a blank, a comma or an "and".
fn next(text: &str) -> Option<(i64, i64, usize)> {
    let rest = text.trim_start_matches([' ', ',']);
    let rest = rest.strip_prefix("and ").unwrap_or(rest);
    let skipped = text.len() - rest.len();
    let (seconds, unit, length) = piece(rest)?;
    Some((seconds, unit, skipped + length))
}

/// A number with its unit: seconds, the seconds of the unit, and the bytes of both.
fn piece(text: &str) -> Option<(i64, i64, usize)> {
    let (number, length) = number(text)?;
    let rest = text[length..].trim_start_matches([' ', '-', '\u{a0}']);
    let word = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let is_word = !rest[word..].starts_with(char::is_alphanumeric);
    let name = rest[..word].to_ascii_lowercase();
    let (_, unit) = UNITS.into_iter().find(|(names, _)| is_word && names.contains(&name.as_str()))?;
    let seconds = chrono::Duration::try_milliseconds((number * 1_000.0) as i64 * unit)?.num_seconds();
    Some((seconds, unit, text.len() - rest.len() + word))
}

fn number(text: &str) -> Option<(f64, usize)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    if digits > 0 {
        // More digits than these are no duration that anybody means.
        return Some((text[..digits.min(6)].parse().ok()?, digits)).filter(|_| digits <= 6);
    }
    let word = |(word, _): &(&str, f64)| {
        text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && text[word.len()..].starts_with([' ', '\u{a0}'])
    };
    WORDS.into_iter().find(word).map(|(word, number)| (number, word.len()))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (text, minutes, unit, rest) in [
            ("27 minutes.", 27, 1, "."),
            ("2 hours and 15 minutes on", 135, 1, " on"),
            ("2 h 15 min", 135, 1, ""),
            ("two hours, then", 120, 60, ", then"),
            ("1.5 hours", 90, 60, ""),
            ("half an hour", 30, 60, ""),
            ("a day and 3 hours", 27 * 60, 60, ""),
            ("two-hour", 0, 0, ""),
            ("30-minute", 30, 1, ""),
        ] {
            let found = read(text);
            if minutes == 0 {
                assert_eq!(found, None, "{text}");
                continue;
            }
            let found = found.unwrap_or_else(|| panic!("{text} is a duration"));
            assert_eq!((found.duration.num_minutes(), found.unit.num_minutes()), (minutes, unit), "{text}");
            assert_eq!(&text[found.length..], rest, "{text}");
        }
    }

    #[test]
    fn what_has_no_unit_is_none() {
        for text in ["27", "27 merchants", "minutes", "a rule", "", "1.2.3 hours", "99999999 hours", "5 hundred"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
