//! F008: a review has a primary factor and no contributing one.

use crate::diagnostic::{Example, Findings, Level, Metadata};
use crate::model::{FactorRole, Kind, Status};
use crate::rules::{Check, Rule, Subject};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "F008",
    name: "single-factor",
    level: Level::Advice,
    collected: Level::Advice,
    summary: "A review names a primary factor and no contributing one.",
    why: "Incidents that somebody felt have more than one condition: what let them begin, what let them grow, what hid \
          them. Each is a place where the next one can be stopped.",
    remedy: "Ask what made it more likely, larger, longer or harder to see, and add it as a factor.",
    wrong: Example::Edit {
        replace: concat!(
            "[[factors]]\n",
            "id = \"no-staged-rollout\"\n",
            "note = \"The rule reached every server in one step.\"\n",
            "\n",
            "[[actions]]\n",
            "id = \"cpu-guard\"\n",
            "change = \"Abort the evaluation of a rule after 5 ms of CPU\"\n",
            "kind = \"prevent\"\n",
            "addresses = [\"unbounded-computation\", \"pager-on-silent\"]\n",
            "owner = \"Edge platform team\"\n",
            "due = 2024-03-31\n",
            "status = \"done\"\n",
            "closed = 2024-03-20\n",
            "evidence = \"The load test of 21 March stays under 40 % CPU with the same rule.\"\n",
            "\n",
            "[[actions]]\n",
            "id = \"staged-rules\"\n",
            "change = \"Release filter rules to one location for 30 minutes before all others\"\n",
            "kind = \"mitigate\"\n",
            "addresses = [\"no-staged-rollout\"]\n",
        ),
        with: concat!(
            "[[actions]]\n",
            "id = \"cpu-guard\"\n",
            "change = \"Abort the evaluation of a rule after 5 ms of CPU\"\n",
            "kind = \"detect\"\n",
            "addresses = [\"unbounded-computation\", \"pager-on-silent\"]\n",
        ),
    },
    right: Example::Edit {
        replace: "note = \"The rule reached every server in one step.\"",
        with: "role = \"contributing\"\nnote = \"The rule reached every server in one step.\"",
    },
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    // What was stopped in time may well have met one weakness only.
    let is_settled = subject.is_one_of(&[Status::Interim, Status::Final]);
    if subject.review.kind == Kind::NearMiss || !is_settled {
        return;
    }
    if let [only] = subject.review.factors.as_slice()
        && only.role == FactorRole::Primary
    {
        findings.add(&METADATA, only.id.span, format!("`{}` is the only factor", only.id.value));
    }
}
