//! What an unquoted scalar of YAML is: the core schema of YAML 1.2, and dates.

use chrono::NaiveDate;

use super::ValueKind;

/// The value that `text` stands for without quotes; `None` for a date that no calendar has.
pub(super) fn resolve(text: &str) -> Option<ValueKind> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => ValueKind::Nothing,
        "true" | "True" | "TRUE" => ValueKind::Boolean(true),
        "false" | "False" | "FALSE" => ValueKind::Boolean(false),
        _ if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) => {
            ValueKind::Text(text.to_owned())
        }
        _ => match number(text) {
            Some(number) => number,
            None if is_date(text) => ValueKind::Date(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?),
            None if is_moment(text) => ValueKind::Time(text.to_owned()),
            None => ValueKind::Text(text.to_owned()),
        },
    })
}

fn number(text: &str) -> Option<ValueKind> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        return Some(ValueKind::Float(sign * f64::INFINITY));
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(ValueKind::Float(f64::NAN));
    }
    let in_base = |digits: &str, base: u32| {
        let is_whole = !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
        is_whole.then(|| i64::from_str_radix(digits, base).map_or(ValueKind::Float(f64::INFINITY), ValueKind::Integer))
    };
    if let Some(octal) = text.strip_prefix("0o") {
        return in_base(octal, 8);
    }
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return in_base(hexadecimal, 16);
    }
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        // As in TOML, a number beyond `i64` is infinite.
        return Some(text.parse().map_or(ValueKind::Float(f64::INFINITY), ValueKind::Integer));
    }
    let has_only = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+'));
    let has_digit = digits.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit());
    if !has_only || !has_digit {
        return None;
    }
    text.parse().ok().map(ValueKind::Float)
}

/// Whether it has the form `2024-03-31`.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

/// Whether it is a date with a time behind it, as `2024-03-31T10:00:00Z` or `2024-03-31 10:00:00 +0200`.
fn is_moment(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else { return false };
    let time = time.strip_prefix(['T', 't', ' ']).map(str::trim_start);
    let is_sign = |byte: u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'+' | b'-' | b' ' | b'Z' | b'z');
    is_date(date)
        && time.is_some_and(|time| {
            time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':') && time.bytes().all(is_sign)
        })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::resolve;
    use crate::table::ValueKind;

    #[test]
    fn scalars_are_what_yaml_1_2_and_authors_of_dates_mean() {
        let text = |text: &str| ValueKind::Text(text.to_owned());
        for word in
            ["yes", "no", "on", "P2", "2024-3-4", "1_000", "12:30", "-", "+", ".", "1.2.3", "1e", "2024-03-04 outage"]
        {
            assert_eq!(resolve(word), Some(text(word)), "{word}");
        }
        for (word, value) in [
            ("", ValueKind::Nothing),
            ("~", ValueKind::Nothing),
            ("Null", ValueKind::Nothing),
            ("True", ValueKind::Boolean(true)),
            ("FALSE", ValueKind::Boolean(false)),
            ("007", ValueKind::Integer(7)),
            ("-12", ValueKind::Integer(-12)),
            ("+12", ValueKind::Integer(12)),
            ("0o17", ValueKind::Integer(15)),
            ("0xfF", ValueKind::Integer(255)),
            ("99999999999999999999", ValueKind::Float(f64::INFINITY)),
            ("1.5", ValueKind::Float(1.5)),
            ("1e3", ValueKind::Float(1000.0)),
            (".5", ValueKind::Float(0.5)),
            ("-.inf", ValueKind::Float(f64::NEG_INFINITY)),
            ("2024-02-29", ValueKind::Date(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap())),
            ("2024-02-29T10:00:00Z", ValueKind::Time("2024-02-29T10:00:00Z".to_owned())),
            ("2024-02-29 10:00 +0200", ValueKind::Time("2024-02-29 10:00 +0200".to_owned())),
        ] {
            assert_eq!(resolve(word), Some(value), "{word}");
        }
        assert_eq!(resolve("2026-02-30"), None);
    }
}
