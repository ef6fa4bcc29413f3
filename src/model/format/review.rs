//! The keys of a review's front matter, and of any other page's.

use super::meanings;
use crate::model::vocabulary::{
    ActionKind, ActionStatus, Detection, FactorRole, ImpactKind, Kind, Perspective, Question, Status, Tlp, Update,
    Verdict, Words,
};
use crate::table::{Key, KeyKind, TableSchema};
use crate::text::IdKind;

/// The front matter of a review.
pub static REVIEW: TableSchema = TableSchema {
    noun: "a review",
    about: "What machines compare of a post-incident review.",
    keys: &[
        Key::text("title", "What the incident is called.")
            .like_this("Search showed no new listings for two hours")
            .required(),
        Key::text("id", "The permanent name, part of the address of the page.")
            .without("the name of the file, or of its folder")
            .like_this("2026-03-04-search-index-disk")
            .like(IdKind::Review.pattern()),
        Key::text(
            "severity",
            "How bad it was: an id, alias or name that casebook.toml lists; P1 to P5 without such a list.",
        )
        .like_this("P2")
        .or_unknown()
        .required(),
        Key::word("kind", meanings::<Kind>, "Whether it had an impact, or was caught in time.")
            .without("`incident`")
            .like_this("incident"),
        Key::word("status", meanings::<Status>, "How far the text is. A draft is never published.")
            .like_this("final")
            .required(),
        Key::word("tlp", meanings::<Tlp>, "Who may read it, by FIRST's TLP 2.0. Only TLP:CLEAR is ever published.")
            .like_this("TLP:CLEAR")
            .or_without("TLP:")
            .required(),
        Key::flag("draft", "`true` makes it a draft, whatever `status` says.").like_this("false"),
        Key::flag("published", "`false` makes it a draft, whatever `status` says.").like_this("true"),
        Key::date("publish", "The day of publication; in the future it is an embargo.")
            .without("at once")
            .like_this("2026-03-23"),
        Key::date("reviewed", "The day on which the review was held, or \"unknown\".")
            .like_this("2026-03-09")
            .or_unknown(),
        Key::texts("participants", "The teams or roles that reviewed it together, no names.").like_this("Search team"),
        Key::word(
            "perspective",
            meanings::<Perspective>,
            "`own`, or `collected`: a summary of somebody else's public review.",
        )
        .without("`own`")
        .like_this("own"),
        Key::text("organisation", "Whose incident it is, when it is not the site's own organisation.")
            .without("the site's own")
            .like_this("Example")
            .required_when("perspective", "collected"),
        Key::texts("services", "The services affected.").like_this("search"),
        Key::texts("related", "The ids of related reviews.").like_this("2025-11-18-search-index-size"),
        Key::texts("aliases", "Former ids, the oldest first, each an address that leads here.")
            .like_this("INC-1042")
            .like(IdKind::Review.pattern()),
        Key::text_or_table("impact", &IMPACT).required(),
        Key::table("response", &RESPONSE),
        Key::tables("factors", &FACTOR_USE),
        Key::tables("actions", &ACTION),
        Key::tables("accepted", &ACCEPTED),
        Key::tables("references", &REFERENCE),
        Key::tables("revisions", &REVISION),
        Key::of_kind("allow", KeyKind::Reasons, "Rules that do not apply to this front matter, each with the reason.")
            .like_this(r#"{ single-factor = "Nothing else played a part." }"#),
        Key::of_kind("internal", KeyKind::Any, "Whatever the team keeps for itself; it is never published.")
            .like_this(r#"{ chat = "the channel of incident 1042" }"#),
    ],
    one_of: &[],
};

/// Whom or what the incident affected.
pub static IMPACT: TableSchema = TableSchema {
    noun: "`impact`",
    about: "Whom or what it affected, and how much: at least one text, here or below a heading `## Impact`.",
    keys: &IMPACT_KEYS,
    one_of: &IMPACT_KINDS,
};

const IMPACT_KEYS: [Key; 7] = with_words::<ImpactKind, 7>(
    Key::text("", "").like_this("New listings were missing from search."),
    0,
    &[
        Key::count("funds_lost_usd", "Whole US dollars lost, at the time, so that incidents compare.")
            .like_this("12000"),
        Key::count("funds_recovered_usd", "Whole US dollars recovered.").like_this("4000"),
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
        Key::word("detection", meanings::<Detection>, "Who or what noticed first.").like_this("customer"),
        Key::text("controls", "What should change in monitoring, alerting, staffing or access controls.")
            .like_this("The age of the index was not watched."),
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
        Key::word("answer", meanings::<Verdict>, "The answer.").like_this("partly").required(),
        Key::text("note", "What the answer rests on.").like_this("A customer told us first."),
    ],
    one_of: &[],
};

/// A factor as it was seen in one incident.
pub static FACTOR_USE: TableSchema = TableSchema {
    noun: "a factor",
    about: "A condition of the registry as it was seen in this incident.",
    keys: &[
        Key::text("id", "The id or an alias of a factor in content/factors.toml.")
            .like_this("unbounded-resource-use")
            .required(),
        Key::word("role", meanings::<FactorRole>, "Its part; exactly one is primary.")
            .without("`contributing`")
            .like_this("primary"),
        Key::text("note", "How it showed here.").like_this("Nothing limited the copies of the index."),
    ],
    one_of: &[],
};

/// One of the `[[actions]]` of a review.
pub static ACTION: TableSchema = TableSchema {
    noun: "an action",
    about: "A change that addresses a weakness.",
    keys: &[
        Key::text("id", "Its name within the review.").without("a number").like_this("disk-alert"),
        Key::text("change", "What exactly is changed.")
            .like_this("Page the search team when the index is older than ten minutes")
            .required(),
        Key::word("kind", meanings::<ActionKind>, "What it is for.").like_this("detect"),
        Key::texts(
            "addresses",
            "The factors that it answers, or labels of items under what went well, poorly or lucky.",
        )
        .like_this("unbounded-resource-use"),
        Key::text("owner", "The team or role responsible for it, never a person's address; or \"unknown\".")
            .like_this("Search team")
            .or_unknown(),
        Key::date("due", "By when, or \"unknown\".").like_this("2026-04-30").or_unknown(),
        Key::word("status", meanings::<ActionStatus>, "How far it is.").without("`open`").like_this("done"),
        Key::date("closed", "When it was closed.").like_this("2026-04-01"),
        Key::words("updates", meanings::<Update>, "What changes tangibly with it."),
        Key::text("link", "Where its progress is tracked.").like_this("https://github.com/example/search/issues/12"),
        Key::text("evidence", "How it is known to work.").like_this("A test page arrived."),
    ],
    one_of: &[],
};

/// A weakness without an action.
pub static ACCEPTED: TableSchema = TableSchema {
    noun: "an accepted weakness",
    about: "A known weakness, left as it is on purpose.",
    keys: &[
        Key::text("weakness", "A factor, or the label of an item under what went poorly or lucky.")
            .like_this("the-index-has-one-copy")
            .required(),
        Key::text("reason", "Why it is left.")
            .like_this("A second copy costs more than an hour without it.")
            .required(),
    ],
    one_of: &[],
};

/// One of the `[[references]]` of a review.
pub static REFERENCE: TableSchema = TableSchema {
    noun: "a reference",
    about: "A source.",
    keys: &[
        Key::text("title", "What it is called.").without("its address").like_this("Status page"),
        Key::text("url", "Where it is.").like_this("https://status.example.org/incidents/1042").required(),
        Key::text("commit", "The commit of the source when it was read.").like_this("4712e41007"),
        Key::text("licence", "The licence of its text.").like_this("CC-BY-4.0"),
        Key::of_kind("source", KeyKind::Any, "Kept for a later version."),
    ],
    one_of: &[],
};

/// One of the `[[revisions]]` of a review.
pub static REVISION: TableSchema = TableSchema {
    noun: "a revision",
    about: "A correction after publication; the newest stands last.",
    keys: &[
        Key::date("date", "When.").like_this("2026-03-24").required(),
        Key::text("change", "What was corrected.").like_this("Corrected the start of the impact to 13:40.").required(),
    ],
    one_of: &[],
};

/// The front matter of a page below content/pages.
pub static PAGE: TableSchema = TableSchema {
    noun: "a page",
    about: "Any other page of the site.",
    keys: &[
        Key::text("title", "What the page is called.").like_this("About us").required(),
        Key::texts(
            "aliases",
            "Former addresses below the site's, without `.html`, such as \"help/terms\"; each leads here.",
        )
        .like_this("help/contact"),
    ],
    one_of: &[],
};
