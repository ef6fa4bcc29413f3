//! T003: a time of day whose zone is not known.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::TimeWithoutZone)] };

static METADATA: Metadata = Metadata {
    code: "T003",
    name: "time-without-zone",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "The timeline has times of day but no time zone.",
    why: "Readers elsewhere cannot guess it, and a wrong guess moves the incident by hours. Durations would be wrong \
          as well.",
    remedy: "Write the zone once, with the first time: `2024-03-04 13:31 UTC`. A sentence above the entries works as \
             well: `All times in UTC.` An offset such as `+02:00`, a region such as `Europe/Berlin` and names with one \
             meaning such as CET are fine; those with several, such as IST, need `[zones]` in casebook.toml.",
    wrong: Example::Edit { replace: "2024-03-04 13:31 UTC", with: "2024-03-04 13:31" },
    right: Example::Edit { replace: "2024-03-04 13:31 UTC", with: "2024-03-04T13:31Z" },
};
