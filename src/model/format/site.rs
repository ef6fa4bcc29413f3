//! The keys of casebook.toml.

use crate::model::vocabulary::{Extra, FeedEvent, Perspective, Status, Tlp, words};
use crate::table::{Key, KeyKind, TableSchema};
use crate::text::IdKind;

/// casebook.toml as a whole.
pub static SITE: TableSchema = TableSchema {
    noun: "casebook.toml",
    about: "The choices of a site.",
    keys: &[
        Key::text("title", "The name of the site.").required(),
        Key::text("base_url", "Where the site will be reachable: the address of its home page.")
            .required()
            .like(r"^\s*https?://[^/\s?#<>\x22'\\@][^\s?#<>\x22'\\@]*\s*$"),
        Key::text("description", "What the site is, in a sentence."),
        Key::text("language", "The language of the reviews as a BCP 47 tag; `en` without it."),
        Key::text(
            "edit_url",
            "Where readers can suggest a change: the address of a file on the code host, with {path} for the file.",
        )
        .like(r"^\s*https?://[^\s?#<>\x22'\\@]*\{path\}[^\s?#<>\x22'\\@]*\s*$"),
        Key::text(
            "repository",
            "The repository on its code host: `#12`, `org/repo#12` and hashes of commits in texts become links.",
        )
        .like(r"^\s*https?://[^/\s?#<>\x22'\\@]+/[^\s?#<>\x22'\\@]+\s*$"),
        Key::text("theme", "`default`, or the name of a folder under themes/."),
        Key::text("organisation", "Whose reviews these are."),
        Key::text(
            "licence",
            "The licence of the reviews, as an SPDX expression such as \"CC-BY-4.0\" where there is one.",
        ),
        Key::text("requires", "The versions of casebook that may build this site, such as \">=0.1\"."),
        Key::texts("mailboxes", "E-mail addresses that belong to a role although their names do not show it."),
        Key::texts(
            "allowed_files",
            "Endings of files that are published as they are, such as \"pdf\": Casebook does not look into them.",
        ),
        Key::of_kind(
            "zones",
            KeyKind::NamedTexts,
            "What abbreviations of time zones mean here, as regions: IST = \"Asia/Kolkata\".",
        ),
        Key::tables("reviews", &REVIEWS),
        Key::named("severities", &SEVERITY),
        Key::tables("categories", &CATEGORY),
        Key::tables("marks", &MARK),
        Key::table("feeds", &FEEDS),
        Key::table("exports", &EXPORTS),
        Key::of_kind(
            "levels",
            KeyKind::Levels,
            "How strict a rule is. `casebook explain` lists the rules and what each looks for.",
        ),
        Key::of_kind("pages", KeyKind::Any, "Kept for a later version."),
        Key::tables("sources", &FEDERATED_SITE),
    ],
    one_of: &[],
};

/// One of the `[[reviews]]`: where reviews are, and what holds for those there.
pub static REVIEWS: TableSchema = TableSchema {
    noun: "an entry of `reviews`",
    about: "Where reviews are, and what holds for a review there that does not say otherwise itself. Without any entry: \
            content/reviews. A file that two entries name belongs to the first.",
    keys: &[
        Key::texts("files", "Patterns of files below the site folder, such as \"docs/postmortems/**/*.md\". A folder means all Markdown below it.").required(),
        Key::texts("except", "Patterns of files that are no reviews, such as \"**/README.md\"."),
        Key::word("status", words::<Status>, "How far the text is."),
        Key::word("tlp", words::<Tlp>, "Who may read it. Only TLP:CLEAR is ever published.").or_without("TLP:"),
        Key::text("severity", "How bad it was: the id or an alias of a severity."),
        Key::word("perspective", words::<Perspective>, "Whose incident it is: `own` or `collected`."),
        Key::text("organisation", "Whose incident it is, when it is not the site's own organisation."),
        Key::texts("services", "The services affected."),
        Key::text("zone", "The zone of times that name none, such as \"America/Los_Angeles\", \"UTC\" or \"+02:00\"."),
        Key::date(
            "adopted_before",
            "Reviews of incidents before that day are judged by what they say and not by what they lack, and so are those without a day.",
        ),
    ],
    one_of: &[],
};

/// A severity, under its id.
pub static SEVERITY: TableSchema = TableSchema {
    noun: "a severity",
    about: "How bad an incident can be: ids in order, the most severe first.",
    keys: &[
        Key::text("name", "What the severity is called; its id without it."),
        Key::texts("aliases", "Other ids for the same level."),
        Key::count("review_within", "Days after resolution by which the review should be held; no limit without it."),
        Key::count("act_within", "Days after the review by which its actions should be done; no limit without it."),
    ],
    one_of: &[],
};

/// A category of factors that the site adds.
pub static CATEGORY: TableSchema = TableSchema {
    noun: "a category",
    about: "A category of factors beside process, tooling, staffing, monitoring and design.",
    keys: &[
        Key::text("id", "The name that factors.toml uses.").required(),
        Key::text("name", "What it is called.").required(),
        Key::text("description", "What belongs there, in a sentence."),
    ],
    one_of: &[],
};

/// A mark that the site adds to the phases.
pub static MARK: TableSchema = TableSchema {
    noun: "a mark",
    about: "A mark of timelines beside the phases, such as \"Contracts paused\".",
    keys: &[Key::text("name", "The words that stand for it in a timeline.").required()],
    one_of: &[],
};

/// `[feeds]`: what the feeds hold.
pub static FEEDS: TableSchema = TableSchema {
    noun: "`feeds`",
    about: "What the feeds hold.",
    keys: &[
        Key::count("limit", "The greatest number of items in the feeds of the site; 30 without it."),
        Key::count(
            "topic_limit",
            "The greatest number of items in the feed of a factor, service, severity or organisation; 10 without it.",
        ),
        Key::words("events", words::<FeedEvent>, "What becomes an item; everything but closed actions without it."),
    ],
    one_of: &[],
};

/// What is written for other programs beside the pages.
pub static EXPORTS: TableSchema = TableSchema {
    noun: "`exports`",
    about: "What is written for other programs beside the pages.",
    keys: &[
        Key::count(
            "full_text",
            "The greatest number of reviews in llms-full.txt, the newest first; 200 without it, and no such file with 0.",
        ),
        Key::words("per_review", words::<Extra>, "Files that each review gets beside its page; none without it."),
    ],
    one_of: &[],
};

/// One of the `[[sources]]`: a federated site.
pub static FEDERATED_SITE: TableSchema = TableSchema {
    noun: "a source",
    about: "Another site whose reviews stand among those of this one. Its dataset lies in content/sources/<id>.json.",
    keys: &[
        Key::text("id", "Its name here, part of addresses.").required().like(IdKind::FederatedSite.pattern()),
        Key::text("organisation", "The organisation whose site it is; the dataset has to say the same.").required(),
        Key::text("url", "Where `casebook collect` gets its casebook.json; a file put there by hand without it.")
            .like("^https?://"),
        Key::text("licence", "The licence of its reviews, where the dataset does not say it, or says it wrong."),
    ],
    one_of: &[],
};
