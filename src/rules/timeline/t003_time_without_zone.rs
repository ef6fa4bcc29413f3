//! T003: a time of day whose zone is not known.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::TimeWithoutZone)] };

static METADATA: Metadata = Metadata {
    code: "T003",
    name: "time-without-zone",
    level: Level::Error,
    collected: Level::Error,
    summary: "Times of day stand in the timeline, and nothing says in which zone.",
    why: "Readers elsewhere cannot guess it, and a wrong guess moves the incident by hours. Durations between zones would be \
          wrong as well.",
    remedy: "Write the zone once, with the first time: `2024-03-04 13:31 UTC`. A sentence above the entries does as well: \
             `All times in UTC.` An offset such as `+02:00` stands there, or with each time that has one; names such as \
             CET are not read.",
    wrong: Example::Edit { replace: "2024-03-04 13:31 UTC", with: "2024-03-04 13:31" },
    right: Example::Edit { replace: "2024-03-04 13:31 UTC", with: "2024-03-04T13:31Z" },
};
