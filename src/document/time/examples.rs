//! The table of the forms that the grammar takes, and of those that look like times and are not taken.

use super::{Day, Reading, TimeZone, Timestamp, read};

/// Each form with what is read: day, time, zone and approximation; after `..` the end of a range, after `=` the same time
/// in another zone, after `|` what is left.
const TAKEN: &[(&str, &str)] = &[
    // Times of day
    ("10:05 — it stops", "10:05 | — it stops"),
    ("10:05:07 it stops", "10:05:07 | it stops"),
    ("10:05:07.123 — it stops", "10:05:07 | — it stops"),
    ("10h05: it stops", "10:05 | : it stops"),
    ("9:05 - it stops", "09:05 | - it stops"),
    ("1005Z - it stops", "10:05 UTC | - it stops"),
    ("1005 UTC it stops", "10:05 UTC | it stops"),
    ("10:05Z it stops", "10:05 UTC | it stops"),
    ("UTC 10:05 it stops", "10:05 UTC | it stops"),
    ("10:05: the alert fires", "10:05 | : the alert fires"),
    ("10:05 3 nodes fail", "10:05 | 3 nodes fail"),
    ("10:05h — it stops", "10:05 | — it stops"),
    ("10:05 hrs — it stops", "10:05 | — it stops"),
    ("10:05, the alert fires", "10:05 | , the alert fires"),
    ("10:05 - 3 nodes fail", "10:05 | - 3 nodes fail"),
    ("10:05 – 500 orders fail", "10:05 | – 500 orders fail"),
    ("10:05 -1 was returned", "10:05 | -1 was returned"),
    ("10:05 — --verbose was set", "10:05 | — --verbose was set"),
    // A clock of twelve hours
    ("2:15pm it stops", "14:15 | it stops"),
    ("2:15 p.m. it stops", "14:15 | it stops"),
    ("2:15p it stops", "14:15 | it stops"),
    ("2:15 PM, it stops", "14:15 | , it stops"),
    ("2 PM it stops", "14:00 | it stops"),
    ("2pm it stops", "14:00 | it stops"),
    ("0:25 AM it stops", "00:25 | it stops"),
    ("12:30 AM it stops", "00:30 | it stops"),
    ("12:30 PM it stops", "12:30 | it stops"),
    ("8:12 AM: root cause identified", "08:12 | : root cause identified"),
    ("3:40 pm (PST) it stops", "15:40 PST | it stops"),
    ("10:05 a switch fails", "10:05 | a switch fails"),
    ("10:05 PM Miller", "22:05 | Miller"),
    // Zones
    ("10:05 UTC it stops", "10:05 UTC | it stops"),
    ("10:05 utc it stops", "10:05 UTC | it stops"),
    ("10:05 (UTC) it stops", "10:05 UTC | it stops"),
    ("10:05 UTC-5 it stops", "10:05 -05:00 | it stops"),
    ("10:05 UTC -5 — it stops", "10:05 -05:00 | — it stops"),
    ("10:05 UTC - 5 pods stop", "10:05 UTC | - 5 pods stop"),
    ("10:05 GMT+0530 it stops", "10:05 +05:30 | it stops"),
    ("10:05 CET it stops", "10:05 CET | it stops"),
    ("10:05 CEST (UTC+2) it stops", "10:05 +02:00 | it stops"),
    ("10:05 Europe/Berlin it stops", "10:05 Europe/Berlin | it stops"),
    ("10:05+02:00 it stops", "10:05 +02:00 | it stops"),
    ("10:05 +0200 it stops", "10:05 +02:00 | it stops"),
    ("10:05+2 it stops", "10:05 +02:00 | it stops"),
    ("10:05 -0330 it stops", "10:05 -03:30 | it stops"),
    ("10:05 (+5 min) it stops", "10:05 | (+5 min) it stops"),
    ("10:05 -3 pods stop", "10:05 | -3 pods stop"),
    ("10:05 DNS fails", "10:05 | DNS fails"),
    ("10:05 — the TLS", "10:05 | — the TLS"),
    ("**10:05** UTC it stops", "10:05 UTC | it stops"),
    // Days
    ("2026-03-18 — it stops", "2026-03-18 | — it stops"),
    ("2026/03/18 it stops", "2026-03-18 | it stops"),
    ("18.03.2026 — it stops", "2026-03-18 | — it stops"),
    ("18/3/2026 10:05 — it stops", "2026-03-18 10:05 | — it stops"),
    ("3/18/2026 10:05 — it stops", "2026-03-18 10:05 | — it stops"),
    ("2026-03 it stops", "2026-03 | it stops"),
    ("Mar 18, 2026 it stops", "2026-03-18 | it stops"),
    ("March 18th, 2026: it stops", "2026-03-18 | : it stops"),
    ("18 March 2026 it stops", "2026-03-18 | it stops"),
    ("18-Mar-2026 it stops", "2026-03-18 | it stops"),
    ("18th of March 2026 it stops", "2026-03-18 | it stops"),
    ("18 March it stops", "03-18 | it stops"),
    ("March 18: it stops", "03-18 | : it stops"),
    ("Wednesday 18 March it stops", "Wed 03-18 | it stops"),
    ("Wednesday, March 18, 2026 it stops", "2026-03-18 | it stops"),
    ("2026-03-18 (Wed) it stops", "2026-03-18 | it stops"),
    ("March 2026 it stops", "2026-03 | it stops"),
    ("2026-03-18 (UTC)", "2026-03-18 UTC | "),
    ("2026-03-18 — 3 nodes stop", "2026-03-18 | — 3 nodes stop"),
    // Days with times
    ("2026-03-18 10:05 it stops", "2026-03-18 10:05 | it stops"),
    ("2026-03-18T10:05Z it stops", "2026-03-18 10:05 UTC | it stops"),
    ("2026-03-18T10:05+01:00 it stops", "2026-03-18 10:05 +01:00 | it stops"),
    ("2026-03-18T10:05-07:00 it stops", "2026-03-18 10:05 -07:00 | it stops"),
    ("2026-03-18 10:05 -05:00 it stops", "2026-03-18 10:05 -05:00 | it stops"),
    ("2026-03-18 10:05:07-07:00 it stops", "2026-03-18 10:05:07 -07:00 | it stops"),
    ("2026-03-18 at 10:05 UTC it stops", "2026-03-18 10:05 UTC | it stops"),
    ("2026-03-18: 10:05 UTC it stops", "2026-03-18 10:05 UTC | it stops"),
    ("2026-03-18 — 10:05 — it stops", "2026-03-18 10:05 | — it stops"),
    ("2026-03-18 `10:05` — it stops", "2026-03-18 10:05 | ` — it stops"),
    ("March 18, 2026, 2:15 PM PST it stops", "2026-03-18 14:15 PST | it stops"),
    ("18 March 10:05 it stops", "03-18 10:05 | it stops"),
    ("Mar 18 1005Z it stops", "03-18 10:05 UTC | it stops"),
    ("2026-03-18 1005 UTC it stops", "2026-03-18 10:05 UTC | it stops"),
    // Approximations
    ("~10:05 it stops", "~10:05 | it stops"),
    ("~ 10:05 it stops", "~10:05 | it stops"),
    ("≈10:05 it stops", "~10:05 | it stops"),
    ("c. 10:05 it stops", "~10:05 | it stops"),
    ("ca. 10:05 it stops", "~10:05 | it stops"),
    ("about 10:05 it stops", "~10:05 | it stops"),
    ("Around 10:05 UTC it stops", "~10:05 UTC | it stops"),
    ("approx. 10:05 it stops", "~10:05 | it stops"),
    ("(approx) 10:05 it stops", "~10:05 | it stops"),
    ("10:05ish it stops", "~10:05 | it stops"),
    ("10:05~ it stops", "~10:05 | it stops"),
    ("10:05 (approx) it stops", "~10:05 | it stops"),
    ("10:05 UTC (approx) it stops", "~10:05 UTC | it stops"),
    ("~`10:05` — it stops", "~10:05 | ` — it stops"),
    ("2026-03-18 around 16:00 — it stops", "~2026-03-18 16:00 | — it stops"),
    ("2026-03-18 (approx) 17:00 — it stops", "~2026-03-18 17:00 | — it stops"),
    ("2026-03-18 ~ 22:00", "~2026-03-18 22:00 | "),
    // Ranges
    ("10:05–10:20 it stops", "10:05 .. 10:20 | it stops"),
    ("10:05-10:20 it stops", "10:05 .. 10:20 | it stops"),
    ("10:05 - 10:20 it stops", "10:05 .. 10:20 | it stops"),
    ("10:05 to 10:20 it stops", "10:05 .. 10:20 | it stops"),
    ("22:00 – 02:00 — over midnight", "22:00 .. 02:00 | — over midnight"),
    ("22:00-02:00 over midnight", "22:00 .. 02:00 | over midnight"),
    ("16:05:57-58 it stops", "16:05:57 .. 16:05:58 | it stops"),
    ("10:05–10:20 UTC it stops", "10:05 UTC .. 10:20 UTC | it stops"),
    ("2026-03-18 09:30-10:00 UTC it stops", "2026-03-18 09:30 UTC .. 10:00 UTC | it stops"),
    ("Tuesday 2026-03-17 10:05-10:30 it stops", "2026-03-17 10:05 .. 10:30 | it stops"),
    ("2026-03-18 22:00 to 2026-03-19 02:00 it stops", "2026-03-18 22:00 .. 2026-03-19 02:00 | it stops"),
    ("2026-03-18 – 2026-03-20 it stops", "2026-03-18 .. 2026-03-20 | it stops"),
    ("13:30 – 2024-04-01 is the deadline", "13:30 | – 2024-04-01 is the deadline"),
    // The same time in two zones
    ("10:00 CET (09:00 UTC) — it stops", "10:00 CET = 09:00 UTC | — it stops"),
    ("11:00 CET / 10:00 UTC — it stops", "11:00 CET = 10:00 UTC | — it stops"),
    ("10:20 UTC (05:20 EST) — it stops", "10:20 UTC = 05:20 EST | — it stops"),
    ("10:30 — 09:00 backup is restored", "10:30 | — 09:00 backup is restored"),
    ("[10:30] it stops", "10:30 | ] it stops"),
];

/// What looks like a time and is not taken, with the part that was not read.
const REFUSED: &[(&str, &str)] = &[
    ("17:14pm it stops", "17:14pm it stops"),
    ("13:00 am it stops", "13:00 am it stops"),
    ("24:10 UTC it stops", "24:10 UTC it stops"),
    ("25:61 — it stops", "25:61"),
    ("13:4 — it stops", "13:4"),
    ("10:05:99 — it stops", "10:05:99"),
    ("7:7:47 — it stops", "7:7:47"),
    ("1005 — it stops", "1005"),
    ("905: it stops", "905"),
    ("14.05 — it stops", "14.05"),
    ("10:?? — it stops", "10:??"),
    ("HH:mm — it stops", "HH:mm"),
    ("~3 — it stops", "~3"),
    ("2026-13-01 — it stops", "2026-13-01"),
    ("04.03.2026 — it stops", "04.03.2026"),
    ("31.02.2026 — it stops", "31.02.2026"),
    ("18/18/2026 — it stops", "18/18/2026"),
    ("3/18 — it stops", "3/18"),
    ("3/4/2026 10:05 — it stops", "3/4/2026 10:05"),
    ("18th: it stops", "18th"),
    ("Thursday 2026-03-18 — it stops", "Thursday 2026-03-18"),
    ("31 February — it stops", "31 February"),
    ("2026-03-18 25:61 — it stops", "25:61"),
    ("2026-03-18 1250 — it stops", "1250"),
    ("2026-03-18 14.05 — it stops", "14.05"),
    ("2026-03-18 7:7:47 — it stops", "7:7:47"),
    ("2026-03-18 17:14pm", "17:14pm"),
    ("2026-03-18 HH:mm — it stops", "HH:mm"),
    ("2026-03-18 3 nodes stop", "3 nodes stop"),
    ("16:05–07 — it stops", "–07"),
    ("12:26-12:?? — it stops", "-12:??"),
    ("10:00 and 11:00 — it stops", "and 11:00"),
    ("10:00, 11:00 — it stops", ", 11:00"),
    ("10:00 11:00 it stops", "11:00 it stops"),
    ("10:05 — 10:20 it stops", "— 10:20 it stops"),
    ("10:05 - 09:00 backup fails", "- 09:00 backup fails"),
    ("10:05 CET 10:20 it stops", "10:20 it stops"),
    ("x2026-02-25 16:00 UTC — it stops", "x2026-02-25 16:00 UTC"),
    ("a12:30 — it stops", "a12:30"),
];

/// What is no time, though it begins with a number or a word of approximation.
const NO_TIME: &[&str] = &[
    "3 nodes stop",
    "500 orders are lost",
    "0x57b8 in one log",
    "the alert fires",
    "12",
    "",
    "about half of the nodes stop",
    "Then it stops",
    "1.5 million orders",
    "10.0.0.1 is unreachable",
    "5xx errors",
    "May be a race",
    "Marching on",
    "Sat down to think",
    "404 errors",
    "2x slower",
    "1/2 of all requests",
    "v2.10 is released",
    "p99 rises",
    "s3 is down",
    "h1 2026",
    "db01:5432 is unreachable",
    "rev2026-02-25 is released",
];

fn complain(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn every_form_is_read_whole() {
    let check = |(line, expected): &(&str, &str)| {
        let Reading::Time(when) = read(line, 0) else { return Some(format!("{line}: {:?}", read(line, 0))) };
        let mut text = written(&when.from);
        when.until.iter().for_each(|until| text += &format!(" .. {}", written(until)));
        when.elsewhere.iter().for_each(|other| text += &format!(" = {}", written(other)));
        let seen = format!("{text} | {}", line[when.place.end..].trim_start());
        (seen != *expected).then(|| format!("{line}: {seen}"))
    };
    complain(&TAKEN.iter().filter_map(check).collect::<Vec<_>>());
}

#[test]
fn what_is_not_read_whole_is_said() {
    let check = |(line, expected): &(&str, &str)| match read(line, 0) {
        Reading::Unreadable { unread, .. } if line[unread.clone()] == **expected => None,
        other => Some(format!("{line}: {other:?}")),
    };
    complain(&REFUSED.iter().filter_map(check).collect::<Vec<_>>());
}

#[test]
fn numbers_and_words_are_no_times() {
    let check = |line: &&str| match read(line, 0) {
        Reading::NoTime => None,
        other => Some(format!("{line}: {other:?}")),
    };
    complain(&NO_TIME.iter().filter_map(check).collect::<Vec<_>>());
}

fn written(stamp: &Timestamp) -> String {
    let day = stamp.day.map(|day| match day {
        Day::Date(date) => date.to_string(),
        Day::Month(date) => date.format("%Y-%m").to_string(),
        Day::Yearless { month, day, weekday } => {
            format!("{}{month:02}-{day:02}", weekday.map(|weekday| format!("{weekday} ")).unwrap_or_default())
        }
    });
    let clock =
        stamp.clock.map(|clock| clock.time.format(if clock.seconds { "%H:%M:%S" } else { "%H:%M" }).to_string());
    let zone = stamp.zone.as_ref().map(|zone| match zone {
        TimeZone::Utc => "UTC".to_owned(),
        TimeZone::Offset(minutes) => {
            format!("{}{:02}:{:02}", if *minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
        }
        TimeZone::Named(name) => name.clone(),
    });
    let parts: Vec<String> = [day, clock, zone].into_iter().flatten().collect();
    format!("{}{}", if stamp.approximate { "~" } else { "" }, parts.join(" "))
}
