//! What a sentence or a heading says about the zone of the times below it. Only what it states counts.

use super::cursor::Cursor;
use super::day::day;
use super::zone::{TimeZone, spelled_out, zone};

/// What a sentence says about zones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::document) enum Statement {
    /// Nothing.
    Nothing,
    /// That the times are in this zone.
    Zone(TimeZone),
    /// Something about zones and times in a form that is not known: a negation, two zones, an exception.
    Unclear,
}

/// How sentences begin that state a zone, up to the zone, word by word; `?` follows a word that may be left out.
const FORMS: &[&str] = &[
    "all? of? the? these? times timestamps? below? above? here? shown? listed? given? are? in? the? ",
    "all? timestamps below? are? in? the? ",
    "all? dates and times are? in? the? ",
    "time zone is? ",
    "timezone is? ",
    "times? in ",
    "zeitzone ist? ",
    "alle? zeiten sind? in? ",
    "alle? uhrzeiten sind? in? ",
    "alle? zeitangaben sind? in? ",
    "toutes? les? heures sont? données? indiquées? en ",
    "fuseau horaire est? ",
    "todas? las? horas son? están? se? indican? en ",
    "zona horaria es? ",
    "時刻はすべて",
    "時刻は",
    "タイムゾーンは",
    "جميع? الأوقات بتوقيت? ",
];

/// Words that make a sentence one about times.
const ABOUT_TIMES: [&str; 16] = [
    "time",
    "timestamp",
    "clock",
    "hour",
    "zeit",
    "uhr",
    "heure",
    "fuseau",
    "hora",
    "時刻",
    "時間",
    "タイムゾーン",
    "وقت",
    "توقيت",
    "zone",
    "utc",
];

/// What a sentence says.
pub(in crate::document) fn statement(sentence: &str) -> Statement {
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '>' | '|' | '#' | '-' | ':');
    let plain = sentence.trim_matches(is_edge).trim_start_matches(|c| is_edge(c) || matches!(c, '(' | '['));
    // `2026-03-18 (all times UTC)`
    let behind_day = plain.split_once('(').filter(|(day, _)| is_day(day)).map(|(_, said)| said);
    let plain = behind_day.map_or(plain, |said| said.trim_start_matches(is_edge));
    for form in FORMS {
        let mut cursor = Cursor::new(plain, 0);
        if !begins(&mut cursor, form) {
            continue;
        }
        cursor.skip(|c| matches!(c, ' ' | ':' | '*' | '_' | '`'));
        if let Some(zone) = named_zone(&mut cursor) {
            skip_other_name(&zone, &mut cursor);
            if ends(&cursor) {
                return Statement::Zone(zone);
            }
        }
    }
    let lower = plain.to_lowercase();
    let is_about_times = ABOUT_TIMES.iter().any(|word| lower.contains(word));
    if is_about_times && mentions_zone(plain) { Statement::Unclear } else { Statement::Nothing }
}

/// What the heading of a timeline, a day or a column says: `Timeline (UTC)`, `Timeline, UTC+2`, `Time [CET]`, `UTC`.
pub(in crate::document) fn heading_statement(heading: &str) -> Statement {
    let mut found: Vec<TimeZone> = Vec::new();
    let mut from = 0;
    let mut unclear = false;
    // A zone stands alone between signs: in brackets, after a comma, a colon or `in`.
    for part in heading.split(['(', ')', '[', ']', ',', ':', '–', '—', '|']) {
        let start = heading[from..].find(part).map_or(from, |at| from + at);
        from = start + part.len();
        if let Statement::Zone(zone) = statement(part) {
            found.push(zone);
            continue;
        }
        let before = found.len();
        let words = part.rsplit_once(" in ").map_or(part, |(_, after)| after);
        for words in [part, words] {
            let mut cursor = Cursor::new(words.trim_matches([' ', '*', '_', '`']), 0);
            if let Some(zone) = named_zone(&mut cursor)
                && ends(&cursor)
            {
                found.push(zone);
                break;
            }
        }
        if found.len() == before && mentions_zone(part) {
            unclear = true;
        }
    }
    found.dedup();
    match found.len() {
        1 if !unclear => Statement::Zone(found.remove(0)),
        0 if mentions_zone(heading) => last_word(heading),
        0 => Statement::Nothing,
        _ => Statement::Unclear,
    }
}

/// `Time UTC`, `UTC time`: a zone at either end of a heading.
fn last_word(heading: &str) -> Statement {
    let words: Vec<&str> = heading.split_whitespace().collect();
    let zone_of = |word: &str| {
        let mut cursor = Cursor::new(word, 0);
        zone(&mut cursor).filter(|_| cursor.rest().is_empty())
    };
    match words.as_slice() {
        [time, word] if is_time_word(time) => zone_of(word).map_or(Statement::Unclear, Statement::Zone),
        [word, time] if is_time_word(time) => zone_of(word).map_or(Statement::Unclear, Statement::Zone),
        _ => Statement::Unclear,
    }
}

fn is_time_word(word: &str) -> bool {
    ["time", "times", "timeline", "timestamp", "date/time", "zeit", "uhrzeit", "heure", "hora"]
        .contains(&word.to_lowercase().as_str())
}

fn begins(cursor: &mut Cursor<'_>, form: &str) -> bool {
    if !form.ends_with(' ') {
        return cursor.eat(form);
    }
    for word in form.split_whitespace() {
        match word.strip_suffix('?') {
            Some(word) => {
                eat_word(cursor, word);
            }
            None if eat_word(cursor, word) => {}
            None => return false,
        }
    }
    true
}

fn eat_word(cursor: &mut Cursor<'_>, word: &str) -> bool {
    let eaten = cursor.attempt(|cursor| {
        let rest = cursor.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        (rest[..end].to_lowercase() == word).then(|| cursor.at += end)
    });
    if eaten.is_some() {
        cursor.skip(|c| matches!(c, ' ' | ':' | '*' | '_'));
    }
    eaten.is_some()
}

fn named_zone(cursor: &mut Cursor<'_>) -> Option<TimeZone> {
    cursor.eat("the ");
    let zone = zone(cursor).or_else(|| spelled_out(cursor))?;
    cursor.skip(|c| matches!(c, '*' | '_' | '`'));
    // `UTC time`, `UTC timezone`.
    cursor.attempt(|cursor| {
        cursor.blanks();
        (cursor.word("time") || cursor.word("timezone") || cursor.word("です")).then_some(())
    });
    Some(zone)
}

/// Behind an offset from UTC, what people call it there: `UTC+1 (Zurich time)`.
fn skip_other_name(zone: &TimeZone, cursor: &mut Cursor<'_>) {
    let is_offset = match zone {
        TimeZone::Utc | TimeZone::Offset(_) => true,
        TimeZone::Named(_) => false,
    };
    let Some((name, rest)) = cursor.rest().trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')) else {
        return;
    };
    let is_name = name.split_once(" time").is_some_and(|(place, end)| {
        end.is_empty() && place.split(' ').count() <= 2 && place.split(' ').all(starts_with_capital)
    });
    if is_offset && is_name && !mentions_zone(name) {
        cursor.at += cursor.rest().len() - rest.len();
    }
}

fn starts_with_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic)
}

/// Whether the sentence is over, or only a day follows: what goes on may say something else.
fn ends(cursor: &Cursor<'_>) -> bool {
    let signs = ['*', '_', '`', ' ', ')', ']', '.', ':', '。', '!', ';'];
    let rest = cursor.rest().trim_matches(signs);
    rest.is_empty() || rest.trim_start_matches([',', ' ']).strip_prefix("on ").is_some_and(is_day)
}

/// Whether words are a day and nothing else.
fn is_day(words: &str) -> bool {
    let mut cursor = Cursor::new(words.trim(), 0);
    day(&mut cursor).is_some() && cursor.rest().is_empty()
}

/// Whether any word is the name of a zone.
fn mentions_zone(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        let begins_word = c.is_ascii_uppercase() && !text[..at].ends_with(|c: char| c.is_alphanumeric());
        let mut cursor = Cursor::new(text, at);
        begins_word && (zone(&mut cursor).is_some() || spelled_out(&mut Cursor::new(text, at)).is_some())
    }) || text.to_lowercase().contains("local time")
}

#[cfg(test)]
mod tests {
    use super::{Statement, TimeZone, heading_statement, statement};

    fn named(name: &str) -> Statement {
        Statement::Zone(TimeZone::Named(name.to_owned()))
    }

    #[test]
    fn only_stated_zones_count() {
        let utc = Statement::Zone(TimeZone::Utc);
        let offset = |hours: i32| Statement::Zone(TimeZone::Offset(hours * 60));
        for (sentence, expected) in [
            ("All times in UTC.", utc.clone()),
            ("*All times are UTC*", utc.clone()),
            ("( All times EDT )", named("EDT")),
            ("All times are in UTC+2.", offset(2)),
            ("All times in CEST (UTC+2)", offset(2)),
            ("All times in UTC+1 (Zurich time)", offset(1)),
            ("All times in UTC (New York time).", utc.clone()),
            ("All times in UTC+1 (not Zurich time)", Statement::Unclear),
            ("All times in UTC+1 (CEST time)", Statement::Unclear),
            ("All times in CET", named("CET")),
            ("Times in Europe/Berlin", named("Europe/Berlin")),
            ("Times are in Pacific Time.", named("America/Los_Angeles")),
            ("All timestamps are UTC", utc.clone()),
            ("Time zone: UTC", utc.clone()),
            ("**Timezone:** CET", named("CET")),
            ("All of the times below are in UTC time.", utc.clone()),
            ("Alle Zeiten in UTC.", utc.clone()),
            ("Alle Uhrzeiten sind in MESZ.", named("MESZ")),
            ("Toutes les heures sont en UTC.", utc.clone()),
            ("Todas las horas están en UTC.", utc.clone()),
            ("時刻はすべてUTCです。", utc.clone()),
            ("جميع الأوقات بتوقيت UTC", utc.clone()),
            ("Times are in the local zone of the depot; UTC is two hours earlier.", Statement::Unclear),
            ("Times are not in UTC.", Statement::Unclear),
            ("The logs use UTC; the times below are in Berlin time.", Statement::Unclear),
            ("All times are US Eastern, except where marked UTC.", Statement::Unclear),
            ("All times in PST, on February 17th 2026", named("PST")),
            ("2026-02-17 (*all times UTC*)", utc.clone()),
            ("All times in PST, on two days.", Statement::Unclear),
            ("All times in UTC unless noted.", Statement::Unclear),
            ("All times in local time.", Statement::Unclear),
            ("All times in CET and UTC.", Statement::Unclear),
            ("The servers are in UTC.", Statement::Unclear),
            ("NOT the first time.", Statement::Nothing),
            ("It happened for the third time.", Statement::Nothing),
        ] {
            assert_eq!(statement(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn headings_state_zones_between_signs() {
        let utc = Statement::Zone(TimeZone::Utc);
        for (heading, expected) in [
            ("Timeline", Statement::Nothing),
            ("Timeline (UTC)", utc.clone()),
            ("Timeline (all times PST)", named("PST")),
            ("Timeline, UTC+2", Statement::Zone(TimeZone::Offset(120))),
            ("Timeline in UTC", utc.clone()),
            ("Time (UTC)", utc.clone()),
            ("Time [CET]", named("CET")),
            ("Time UTC", utc.clone()),
            ("UTC", utc.clone()),
            ("UTC time", utc.clone()),
            ("Date and Time in UTC", utc),
            ("Timeline (CET, with UTC in brackets)", Statement::Unclear),
            ("Timeline (UTC/CET)", Statement::Unclear),
            ("Local time", Statement::Unclear),
            ("Event", Statement::Nothing),
        ] {
            assert_eq!(heading_statement(heading), expected, "{heading}");
        }
    }
}
