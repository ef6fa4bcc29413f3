//! Times of day as people write them: `10:05`, `10h05`, `2:15 p.m.`, `1005Z`.

use chrono::NaiveTime;

use super::cursor::Cursor;
use super::day::follows_separator;
use super::zone::zone;

/// A time without a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOfDay {
    /// Hours, minutes and, unless `seconds` is false, seconds.
    pub time: NaiveTime,
    /// Whether seconds were written.
    pub seconds: bool,
}

/// A time of day that is written in full, so that nothing of it is left.
pub(super) fn clock(cursor: &mut Cursor<'_>) -> Option<TimeOfDay> {
    cursor.attempt(|cursor| {
        let found = with_minutes(cursor).or_else(|| whole_hour(cursor)).or_else(|| military(cursor))?;
        // `10:05ish` is passed over by whoever asks for approximations, `10:05Z` by whoever asks for zones.
        let mut ahead = *cursor;
        let goes_on = cursor.peek().is_some_and(char::is_alphanumeric)
            && !ahead.word("ish")
            && !ahead.word("hrs")
            && !ahead.word("h")
            && zone(&mut ahead).is_none();
        (!goes_on).then_some(found)
    })
}

/// `10:05`, `10:05:07`, `10:05:07.123`, `10h05`, and these on a clock of twelve hours.
fn with_minutes(cursor: &mut Cursor<'_>) -> Option<TimeOfDay> {
    cursor.attempt(|cursor| {
        let hour = cursor.digits(1, 2)?;
        (cursor.eat(":") || cursor.eat("h")).then_some(())?;
        let minute = cursor.digits(2, 2)?;
        let second = cursor.attempt(|cursor| {
            cursor.eat(":").then_some(())?;
            let second = cursor.digits(2, 2)?;
            let fraction = cursor.attempt(|cursor| {
                (cursor.eat(".") || cursor.eat(",")).then_some(())?;
                cursor.digits(1, 9)
            });
            let _ = fraction;
            Some(second)
        });
        let hour = twelve(cursor, hour)?;
        // `13:40: the alert fires` is a time and a colon, `13:40:9` is neither.
        let colon = cursor.rest().strip_prefix([':', '.']);
        let goes_on = colon.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '?'));
        (!goes_on && !cursor.rest().starts_with('?')).then_some(())?;
        let time = NaiveTime::from_hms_opt(hour, minute, second.unwrap_or(0))?;
        Some(TimeOfDay { time, seconds: second.is_some() })
    })
}

/// `2 PM`, `2pm`.
fn whole_hour(cursor: &mut Cursor<'_>) -> Option<TimeOfDay> {
    cursor.attempt(|cursor| {
        let hour = cursor.digits(1, 2)?;
        let half = half(cursor).filter(|half| half.is_word)?;
        Some(TimeOfDay { time: NaiveTime::from_hms_opt(half.hour(hour)?, 0, 0)?, seconds: false })
    })
}

/// `1005Z`, `1005 UTC`: four digits are a time only where a zone says so.
fn military(cursor: &mut Cursor<'_>) -> Option<TimeOfDay> {
    cursor.attempt(|cursor| {
        let digits = cursor.digits(4, 4)?;
        let mut ahead = *cursor;
        zone(&mut ahead)?;
        // `1005 -5` may be a range.
        (!cursor.rest().trim_start().starts_with(['-', '–', '+'])).then_some(())?;
        Some(TimeOfDay { time: NaiveTime::from_hms_opt(digits / 100, digits % 100, 0)?, seconds: false })
    })
}

/// Which half of the day is written.
struct Half {
    added: u32,
    /// `am` rather than `a`.
    is_word: bool,
}

impl Half {
    /// The hour on a clock of 24 hours; none where there is no such hour.
    fn hour(&self, hour: u32) -> Option<u32> {
        let is_midnight = hour == 0 && self.added == 0;
        (is_midnight || (1..=12).contains(&hour)).then_some(hour % 12 + self.added)
    }
}

fn twelve(cursor: &mut Cursor<'_>, hour: u32) -> Option<u32> {
    match half(cursor) {
        Some(half) => half.hour(hour),
        None => Some(hour),
    }
}

/// `am`, `p.m.`, `P`.
fn half(cursor: &mut Cursor<'_>) -> Option<Half> {
    cursor.attempt(|cursor| {
        let has_blank = cursor.blanks();
        for (words, added) in [(["a.m.", "am", "a.m"], 0), (["p.m.", "pm", "p.m"], 12)] {
            if words.into_iter().any(|word| cursor.word(word)) {
                return Some(Half { added, is_word: true });
            }
        }
        let letter = [("a", 0), ("p", 12)].into_iter().find(|(letter, _)| !has_blank && cursor.word(letter))?;
        Some(Half { added: letter.1, is_word: false })
    })
}

/// A passage that is meant as a time of day, whether or not it can be read.
pub(super) fn looks_like_clock(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let is_sign = |c: char| c.is_ascii_digit() || c == '?';
    let signs = |cursor: &Cursor<'_>| cursor.rest().chars().take_while(|c| is_sign(*c)).count();
    // `HH:mm` and `xx:xx` are places where a time was to be filled in.
    let blank_form = ["hh:mm", "xx:xx", "hh:", "xx:"].into_iter().any(|form| {
        let mut form_ahead = ahead;
        form_ahead.eat(form)
    });
    let first = signs(&ahead);
    if first == 0 || first > 4 {
        return blank_form;
    }
    ahead.at += first;
    let joined = [":", ".", "h"].into_iter().any(|separator| {
        let mut part = ahead;
        if !part.eat(separator) {
            return false;
        }
        let second = signs(&part);
        part.at += second;
        let is_long = part.rest().starts_with(['.', ':']) && part.rest()[1..].starts_with(is_sign);
        match separator {
            ":" => second > 0,
            "h" => (1..=2).contains(&second),
            // `1.5 million`, `0.12.3` and `10.0.0.1` are no times; `14.05 —` is meant as one.
            _ => first <= 2 && second == 2 && !is_long && follows_separator(&part),
        }
    });
    let mut after = ahead;
    let half = half(&mut after).is_some() && first <= 2;
    let mut after = ahead;
    let ish = after.word("ish");
    let mut after = ahead;
    let zoned = (3..=4).contains(&first) && zone(&mut after).is_some();
    let bare = (3..=4).contains(&first) && follows_separator(&ahead);
    joined || half || ish || zoned || bare
}
