//! C004: the reviews of a federated site are left out.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::RejectedFederatedSite)] };

static METADATA: Metadata = Metadata {
    code: "C004",
    name: "rejected-source",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Site,
    summary: "The reviews of a site under `[[sources]]` are left out: its dataset is missing, changed, broken, or claims \
              what is not its own.",
    why: "The site is built without them, so that a mistake elsewhere does not stop your build. Readers miss what \
          that organisation learned, and factors seem rarer than they are.",
    remedy: "The finding gives the reason. `casebook collect` fetches the dataset again. No setting accepts a dataset \
             that speaks for another organisation or names pages of another site.",
    wrong: Example::File {
        path: "casebook.toml",
        text: "title = \"Lessons\"\nbase_url = \"https://example.org/\"\n\n[[sources]]\nid = \"acme\"\norganisation = \
               \"Acme\"\nurl = \"https://acme.example/lessons/data/casebook.json\"\n",
    },
    right: Example::File { path: "casebook.toml", text: "title = \"Lessons\"\nbase_url = \"https://example.org/\"\n" },
};
