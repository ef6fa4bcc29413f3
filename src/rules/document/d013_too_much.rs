//! D013: there is more of something than is read.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::TooMuch)] };

static METADATA: Metadata = Metadata {
    code: "D013",
    name: "too-much",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "There is too much of something: entries of a timeline, items of a list, levels of quotations, empty \
              cells of a table.",
    why: "Readers would miss what is left out. The limits lie far beyond what anybody writes by hand: 1,000 entries of a \
          timeline, 1,000 items of a list in the front matter, 1,000 labels of items, 50 related reviews, 32 quotations and lists in each other, \
          10,000 cells that rows of tables leave out.",
    remedy: "Keep what readers need. Put logs and measurements into a file beside the review, and link to it.",
    wrong: Example::Edit {
        replace: "Rules ran",
        with: "> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > a\n\nRules ran",
    },
    right: Example::Edit { replace: "Rules ran", with: "> > > > > > > > a\n\nRules ran" },
};
