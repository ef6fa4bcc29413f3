//! The keys of a review's front matter, and of any other page's.

use crate::model::vocabulary::{
    ActionKind, ActionStatus, Detection, FactorRole, ImpactKind, Kind, Perspective, Question, Status, Tlp, Update,
    Verdict, Words, words,
};
use crate::table::{Key, KeyKind, TableSchema};
use crate::text::IdKind;

/// The front matter of a review.
pub static REVIEW: TableSchema = TableSchema {
    noun: "a review",
    about: "What machines compare of a post-incident review.",
    keys: &[
        Key::text("title", "What the incident is called.").required(),
        Key::text("id", "The permanent name, part of its address; the file's name without it, or the folder's.")
            .like(IdKind::Review.pattern()),
        Key::text(
            "severity",
            "How bad it was: an id, alias or name that casebook.toml lists; P1 to P5 without such a list.",
        )
        .or_unknown()
        .required(),
        Key::word("kind", words::<Kind>, "Whether it had an impact, or was caught in time; an incident without it."),
        Key::word("status", words::<Status>, "How far the text is. A draft is never published.").required(),
        Key::word("tlp", words::<Tlp>, "Who may read it, by FIRST's TLP 2.0. Only TLP:CLEAR is ever published.")
            .or_without("TLP:")
            .required(),
        Key::flag("draft", "`true` makes it a draft, whatever `status` says."),
        Key::flag("published", "`false` makes it a draft, whatever `status` says."),
        Key::date("publish", "The day of publication; in the future it is an embargo."),
        Key::date("reviewed", "The day on which the review was held, or \"unknown\".").or_unknown(),
        Key::texts("participants", "The teams or roles that reviewed it together, no names."),
        Key::word(
            "perspective",
            words::<Perspective>,
            "`own`, or `collected`: a summary of somebody else's public review. Own without it.",
        ),
        Key::text("organisation", "Whose incident it is, when it is not the site's own organisation.")
            .required_when("perspective", "collected"),
        Key::texts("services", "The services affected."),
        Key::texts("related", "The ids of related reviews."),
        Key::texts("aliases", "Former ids, the oldest first, each an address that leads here.")
            .like(IdKind::Review.pattern()),
        Key::text_or_table("impact", &IMPACT).required(),
        Key::table("response", &RESPONSE),
        Key::tables("factors", &FACTOR_USE),
        Key::tables("actions", &ACTION),
        Key::tables("accepted", &ACCEPTED),
        Key::tables("references", &REFERENCE),
        Key::tables("revisions", &REVISION),
        Key::of_kind("allow", KeyKind::Reasons, "Rules that do not apply to this front matter, each with the reason."),
        Key::of_kind("internal", KeyKind::Any, "Whatever the team keeps for itself; it is never published."),
    ],
    one_of: &[],
};

/// Whom or what the incident affected.
pub static IMPACT: TableSchema = TableSchema {
    noun: "`impact`",
    about: "Whom or what it affected, and how much; at least one text.",
    keys: &IMPACT_KEYS,
    one_of: &IMPACT_KINDS,
};

const IMPACT_KEYS: [Key; 7] = with_words::<ImpactKind, 7>(
    Key::text("", ""),
    0,
    &[
        Key::count("funds_lost_usd", "Whole US dollars lost, at the time, so that incidents compare."),
        Key::count("funds_recovered_usd", "Whole US dollars recovered."),
    ],
);

const IMPACT_KINDS: [&str; 5] = {
    let mut names = [""; 5];
    let mut at = 0;
    while at < names.len() {
        names[at] = ImpactKind::WORDS[at].0;
        at += 1;
    }
    names
};

/// `[response]`: how the response went.
pub static RESPONSE: TableSchema =
    TableSchema { noun: "`response`", about: "How the response went.", keys: &RESPONSE_KEYS, one_of: &[] };

static RESPONSE_KEYS: [Key; 8] = with_words::<Question, 8>(
    Key::table("", &ANSWER),
    1,
    &[
        Key::word("detection", words::<Detection>, "Who or what noticed first."),
        Key::text("controls", "What should change in monitoring, alerting, staffing or access controls."),
    ],
);

/// `keys` with one more for each word of a vocabulary, which takes what `like` does; they stand before the key at `place`.
const fn with_words<T: Words, const N: usize>(like: Key, place: usize, keys: &[Key]) -> [Key; N] {
    let count = T::WORDS.len();
    assert!(N == keys.len() + count, "there is a key for each word");
    let mut all = [like; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < place {
            keys[at]
        } else if at < place + count {
            Key { name: T::WORDS[at - place].0, about: T::MEANINGS[at - place], ..like }
        } else {
            keys[at - count]
        };
        at += 1;
    }
    all
}

/// An answer to a question about the response.
pub static ANSWER: TableSchema = TableSchema {
    noun: "an answer",
    about: "The answer to a question about the response.",
    keys: &[
        Key::word("answer", words::<Verdict>, "The answer.").required(),
        Key::text("note", "What the answer rests on."),
    ],
    one_of: &[],
};

/// A factor as it was seen in one incident.
pub static FACTOR_USE: TableSchema = TableSchema {
    noun: "a factor",
    about: "A condition of the registry as it was seen in this incident.",
    keys: &[
        Key::text("id", "The id or an alias of a factor in content/factors.toml.").required(),
        Key::word("role", words::<FactorRole>, "Its part; exactly one is primary. Contributing without it."),
        Key::text("note", "How it showed here."),
    ],
    one_of: &[],
};

/// One of the `[[actions]]` of a review.
pub static ACTION: TableSchema = TableSchema {
    noun: "an action",
    about: "A change that addresses a weakness.",
    keys: &[
        Key::text("id", "Its name within the review."),
        Key::text("change", "What exactly is changed.").required(),
        Key::word("kind", words::<ActionKind>, "What it is for."),
        Key::texts(
            "addresses",
            "The factors that it answers, or labels of items under what went well, poorly or lucky.",
        ),
        Key::text("owner", "The team or role responsible for it, never a person's address; or \"unknown\".")
            .or_unknown(),
        Key::date("due", "By when, or \"unknown\".").or_unknown(),
        Key::word("status", words::<ActionStatus>, "How far it is; open without it."),
        Key::date("closed", "When it was closed."),
        Key::words("updates", words::<Update>, "What changes tangibly with it."),
        Key::text("link", "Where its progress is tracked."),
        Key::text("evidence", "How it is known to work."),
    ],
    one_of: &[],
};

/// A weakness without an action.
pub static ACCEPTED: TableSchema = TableSchema {
    noun: "an accepted weakness",
    about: "A known weakness, left as it is on purpose.",
    keys: &[
        Key::text("weakness", "A factor, or the label of an item under what went poorly or lucky.").required(),
        Key::text("reason", "Why it is left.").required(),
    ],
    one_of: &[],
};

/// One of the `[[references]]` of a review.
pub static REFERENCE: TableSchema = TableSchema {
    noun: "a reference",
    about: "A source.",
    keys: &[
        Key::text("title", "What it is called; its address without it."),
        Key::text("url", "Where it is.").required(),
        Key::text("commit", "The commit of the source when it was read."),
        Key::text("licence", "The licence of its text."),
        Key::of_kind("source", KeyKind::Any, "Kept for a later version."),
    ],
    one_of: &[],
};

/// One of the `[[revisions]]` of a review.
pub static REVISION: TableSchema = TableSchema {
    noun: "a revision",
    about: "A correction after publication; the newest stands last.",
    keys: &[Key::date("date", "When.").required(), Key::text("change", "What was corrected.").required()],
    one_of: &[],
};

/// The front matter of a page below content/pages.
pub static PAGE: TableSchema = TableSchema {
    noun: "a page",
    about: "Any other page of the site.",
    keys: &[
        Key::text("title", "What the page is called.").required(),
        Key::texts(
            "aliases",
            "Former addresses below the site's, without `.html`, such as \"help/terms\"; each leads here.",
        ),
    ],
    one_of: &[],
};
