//! What the names of zones mean on a day: regions and abbreviations, by the zone database.

use std::collections::BTreeMap;

use chrono::{MappedLocalTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{OffsetName, Tz};

/// Why a named zone gives no offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZoneError {
    /// No zone has this name.
    Unknown,
    /// The abbreviation has several meanings, as regions; a site has to say which.
    SeveralMeanings(&'static [&'static str]),
    /// The abbreviation is not in use on that day; the one that is.
    NotThen(String),
    /// Clocks were put forward over this time, so it never was.
    Skipped,
    /// Clocks were put back, so this time was there twice: the offsets in minutes.
    Twice(i32, i32),
}

/// Abbreviations with one meaning: minutes east of UTC, and the regions that use them.
const ABBREVIATIONS: &[(&str, i32, &[Tz])] = &[
    ("ACDT", 630, &[Tz::Australia__Adelaide]),
    ("ACST", 570, &[Tz::Australia__Adelaide, Tz::Australia__Darwin]),
    ("ADT", -180, &[Tz::America__Halifax]),
    ("AEDT", 660, &[Tz::Australia__Sydney]),
    ("AEST", 600, &[Tz::Australia__Sydney, Tz::Australia__Brisbane]),
    ("AKDT", -480, &[Tz::America__Anchorage]),
    ("AKST", -540, &[Tz::America__Anchorage]),
    ("ART", -180, &[Tz::America__Argentina__Buenos_Aires]),
    ("AWST", 480, &[Tz::Australia__Perth]),
    ("BRT", -180, &[Tz::America__Sao_Paulo]),
    ("CAT", 120, &[Tz::Africa__Maputo]),
    ("CDT", -300, &[Tz::America__Chicago]),
    ("CEST", 120, &[Tz::Europe__Berlin]),
    ("CET", 60, &[Tz::Europe__Berlin]),
    ("EAT", 180, &[Tz::Africa__Nairobi]),
    ("EDT", -240, &[Tz::America__New_York]),
    ("EEST", 180, &[Tz::Europe__Athens]),
    ("EET", 120, &[Tz::Europe__Athens]),
    ("EST", -300, &[Tz::America__New_York]),
    ("HKT", 480, &[Tz::Asia__Hong_Kong]),
    ("HST", -600, &[Tz::Pacific__Honolulu]),
    ("ICT", 420, &[Tz::Asia__Bangkok]),
    ("JST", 540, &[Tz::Asia__Tokyo]),
    ("KST", 540, &[Tz::Asia__Seoul]),
    ("MDT", -360, &[Tz::America__Denver]),
    ("MESZ", 120, &[Tz::Europe__Berlin]),
    ("MEZ", 60, &[Tz::Europe__Berlin]),
    ("MSK", 180, &[Tz::Europe__Moscow]),
    ("MST", -420, &[Tz::America__Denver, Tz::America__Phoenix]),
    ("NDT", -150, &[Tz::America__St_Johns]),
    ("NPT", 345, &[Tz::Asia__Kathmandu]),
    ("NST", -210, &[Tz::America__St_Johns]),
    ("NZDT", 780, &[Tz::Pacific__Auckland]),
    ("NZST", 720, &[Tz::Pacific__Auckland]),
    ("PDT", -420, &[Tz::America__Los_Angeles]),
    ("PHT", 480, &[Tz::Asia__Manila]),
    ("PKT", 300, &[Tz::Asia__Karachi]),
    ("PST", -480, &[Tz::America__Los_Angeles]),
    ("SAST", 120, &[Tz::Africa__Johannesburg]),
    ("SGT", 480, &[Tz::Asia__Singapore]),
    ("TRT", 180, &[Tz::Europe__Istanbul]),
    ("WAT", 60, &[Tz::Africa__Lagos]),
    ("WEST", 60, &[Tz::Europe__Lisbon]),
    ("WET", 0, &[Tz::Europe__Lisbon]),
    ("WIB", 420, &[Tz::Asia__Jakarta]),
];

/// Short names of regions, whatever the season.
const REGIONS: [(&str, Tz); 4] = [
    ("CT", Tz::America__Chicago),
    ("ET", Tz::America__New_York),
    ("MT", Tz::America__Denver),
    ("PT", Tz::America__Los_Angeles),
];

/// Abbreviations with several meanings, with the regions that people mean most often.
const SEVERAL: [(&str, &[&str]); 5] = [
    ("AST", &["America/Halifax", "Asia/Riyadh"]),
    ("BST", &["Europe/London", "Asia/Dhaka"]),
    ("CST", &["America/Chicago", "Asia/Shanghai", "America/Havana"]),
    ("GST", &["Asia/Dubai", "Atlantic/South_Georgia"]),
    ("IST", &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
];

/// Whether `name` is the name of a region in the zone database, such as `Europe/Berlin`.
pub fn is_region(name: &str) -> bool {
    name.parse::<Tz>().is_ok()
}

/// Minutes east of UTC that `name` stands for at a local time. `decided` holds what the site says of abbreviations.
///
/// # Errors
///
/// Why there is no such offset, or no single one.
pub fn offset_of(name: &str, local: NaiveDateTime, decided: &BTreeMap<String, String>) -> Result<i32, ZoneError> {
    if let Some(region) = decided.get(name).and_then(|region| region.parse::<Tz>().ok()) {
        return in_region(region, local);
    }
    if let Some((_, meanings)) = SEVERAL.iter().find(|(known, _)| *known == name) {
        return Err(ZoneError::SeveralMeanings(meanings));
    }
    if let Some((_, minutes, regions)) = ABBREVIATIONS.iter().find(|(known, ..)| *known == name) {
        let is_used = |region: &&Tz| offsets(**region, local).contains(minutes);
        return match regions.iter().find(is_used) {
            Some(_) => Ok(*minutes),
            None => Err(ZoneError::NotThen(abbreviation(regions[0], local))),
        };
    }
    let region = REGIONS.iter().find(|(known, _)| *known == name).map(|(_, region)| *region);
    // The database has abbreviations, too, with meanings of their own.
    let region = region.or_else(|| name.parse().ok().filter(|_| name.contains('/')));
    in_region(region.ok_or(ZoneError::Unknown)?, local)
}

fn in_region(region: Tz, local: NaiveDateTime) -> Result<i32, ZoneError> {
    match *offsets(region, local).as_slice() {
        [] => Err(ZoneError::Skipped),
        [one] => Ok(one),
        [first, second, ..] => Err(ZoneError::Twice(first, second)),
    }
}

/// The offsets that a region has at a local time: none, one or two.
fn offsets(region: Tz, local: NaiveDateTime) -> Vec<i32> {
    let minutes = |offset: chrono_tz::TzOffset| offset.fix().local_minus_utc() / 60;
    match region.offset_from_local_datetime(&local) {
        MappedLocalTime::None => Vec::new(),
        MappedLocalTime::Single(one) => vec![minutes(one)],
        MappedLocalTime::Ambiguous(one, other) => vec![minutes(one), minutes(other)],
    }
}

fn abbreviation(region: Tz, local: NaiveDateTime) -> String {
    let offset = region.offset_from_local_datetime(&local).earliest();
    offset.and_then(|offset| offset.abbreviation().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{ZoneError, offset_of};

    #[test]
    fn names_mean_what_they_mean_on_that_day() {
        let decided = BTreeMap::from([("IST".to_owned(), "Asia/Kolkata".to_owned())]);
        let check = |name: &str, local: &str, expected: Result<i32, ZoneError>| {
            let local = local.parse().unwrap();
            assert_eq!(offset_of(name, local, &decided), expected, "{name} {local}");
        };
        check("EDT", "2026-07-04T09:12:00", Ok(-240));
        check("PST", "2026-01-04T09:12:00", Ok(-480));
        check("PST", "2026-07-04T09:12:00", Err(ZoneError::NotThen("PDT".to_owned())));
        check("MST", "2026-07-04T09:12:00", Ok(-420));
        check("CEST", "2026-01-04T09:12:00", Err(ZoneError::NotThen("CET".to_owned())));
        check("Europe/Berlin", "2026-07-04T09:12:00", Ok(120));
        check("Europe/Berlin", "2026-03-29T02:30:00", Err(ZoneError::Skipped));
        check("Europe/Berlin", "2026-10-25T02:30:00", Err(ZoneError::Twice(120, 60)));
        check("CET", "2026-10-25T02:30:00", Ok(60));
        check("PT", "2026-07-04T09:12:00", Ok(-420));
        check("IST", "2026-07-04T09:12:00", Ok(330));
        check(
            "CST",
            "2026-07-04T09:12:00",
            Err(ZoneError::SeveralMeanings(&["America/Chicago", "Asia/Shanghai", "America/Havana"])),
        );
        check("XST", "2026-07-04T09:12:00", Err(ZoneError::Unknown));
    }
}
