//! The keys of casebook.toml.

use super::meanings;
use crate::model::vocabulary::{Extra, FeedEvent, Perspective, Status, Tlp};
use crate::table::{Key, KeyKind, TableSchema};
use crate::text::IdKind;

/// casebook.toml as a whole.
pub static SITE: TableSchema = TableSchema {
    noun: "casebook.toml",
    about: "The choices of a site.",
    keys: &[
        Key::text("title", "The name of the site.").like_this("Lessons of Example").required(),
        Key::text("base_url", "Where the site will be reachable: the address of its home page.")
            .like_this("https://example.org/lessons/")
            .required()
            .like(r"^\s*https?://[^/\s?#<>\x22'\\@][^\s?#<>\x22'\\@]*\s*$"),
        Key::text("description", "What the site is, in a sentence.")
            .like_this("What went wrong at Example, and what we changed."),
        Key::text("language", "The language of the reviews and of the pages, as a BCP 47 tag.")
            .without("`en`")
            .like_this("en"),
        Key::text(
            "edit_url",
            "Where readers can suggest a change: the address of a file on the code host, with `{path}` for the file.",
        )
        .like_this("https://github.com/example/lessons/edit/main/{path}")
        .like(r"^\s*https?://[^\s?#<>\x22'\\@]*\{path\}[^\s?#<>\x22'\\@]*\s*$"),
        Key::text(
            "repository",
            "The repository on its code host: `#12`, `org/repo#12` and hashes of commits in texts become links.",
        )
        .like_this("https://github.com/example/lessons")
        .like(r"^\s*https?://[^/\s?#<>\x22'\\@]+/[^\s?#<>\x22'\\@]+\s*$"),
        Key::text("theme", "`default`, `plain`, or the name of a folder under themes/.")
            .without("`default`")
            .like_this("plain"),
        Key::text("organisation", "Whose reviews these are.").like_this("Example"),
        Key::text(
            "licence",
            "The licence of the reviews, as an SPDX expression such as \"CC-BY-4.0\" where there is one.",
        )
        .like_this("CC-BY-4.0"),
        Key::text("requires", "The versions of casebook that may build this site, such as \">=0.1\".")
            .without("every version")
            .like_this(">=0.1"),
        Key::texts("mailboxes", "E-mail addresses that belong to a role although their names do not show it.")
            .like_this("hej@example.org"),
        Key::texts(
            "allowed_files",
            "Endings of files that are published as they are, such as \"pdf\": Casebook does not look into them.",
        )
        .like_this("pdf"),
        Key::of_kind("zones", KeyKind::NamedTexts, "What abbreviations of time zones mean here, as regions.")
            .like_this(r#"{ IST = "Asia/Kolkata" }"#),
        Key::tables("reviews", &REVIEWS).without("`content/reviews`"),
        Key::named("severities", &SEVERITY).without("`P1` to `P5`"),
        Key::tables("categories", &CATEGORY),
        Key::tables("marks", &MARK),
        Key::table("feeds", &FEEDS),
        Key::table("exports", &EXPORTS),
        Key::of_kind(
            "levels",
            KeyKind::Levels,
            "How strict a rule is. `casebook explain` lists the rules and what each looks for.",
        )
        .without("the levels that `casebook explain` lists")
        .like_this(r#"{ hindsight = "off", late-review = "error", collected = { hindsight = "advice" } }"#),
        Key::of_kind("pages", KeyKind::Any, "Kept for a later version."),
        Key::tables("sources", &FEDERATED_SITE),
    ],
    one_of: &[],
};

/// One of the `[[reviews]]`: where reviews are, and what holds for those there.
pub static REVIEWS: TableSchema = TableSchema {
    noun: "an entry of `reviews`",
    about: "Where reviews are, and what holds for a review there that does not say otherwise itself. A file that two entries name belongs to the first.",
    keys: &[
        Key::texts("files", "Patterns of files below the site folder, such as `docs/postmortems/**/*.md`. A folder means all Markdown below it.").like_this("docs/postmortems/**/*.md").required(),
        Key::texts("except", "Patterns of files that are no reviews, such as `**/README.md`.").like_this("**/README.md"),
        Key::word("status", meanings::<Status>, "How far the text is.").like_this("final"),
        Key::word("tlp", meanings::<Tlp>, "Who may read it. Only TLP:CLEAR is ever published.").like_this("TLP:CLEAR").or_without("TLP:"),
        Key::text("severity", "How bad it was: the id or an alias of a severity.").like_this("P2"),
        Key::word("perspective", meanings::<Perspective>, "Whose incident it is: `own` or `collected`.").like_this("own"),
        Key::text("organisation", "Whose incident it is, when it is not the site's own organisation.").like_this("Example"),
        Key::texts("services", "The services affected.").like_this("search"),
        Key::text("zone", "The zone of times that name none, such as \"America/Los_Angeles\", \"UTC\" or \"+02:00\".").like_this("America/Los_Angeles"),
        Key::date(
            "adopted_before",
            "Reviews of incidents before that day are judged by what they say and not by what they lack, and so are those without a day.",
        ).like_this("2026-11-27"),
    ],
    one_of: &[],
};

/// A severity, under its id.
pub static SEVERITY: TableSchema = TableSchema {
    noun: "a severity",
    about: "How bad an incident can be: ids in order, the most severe first.",
    keys: &[
        Key::text("name", "What the severity is called.").without("the id").like_this("Major"),
        Key::texts("aliases", "Other ids for the same level.").like_this("SEV2"),
        Key::count("review_within", "Days after resolution by which the review should be held.")
            .without("no limit")
            .like_this("14"),
        Key::count("act_within", "Days after the review by which its actions should be done.")
            .without("no limit")
            .like_this("90"),
    ],
    one_of: &[],
};

/// A category of factors that the site adds.
pub static CATEGORY: TableSchema = TableSchema {
    noun: "a category",
    about: "A category of factors beside process, tooling, staffing, monitoring, design, access, suppliers and economics.",
    keys: &[
        Key::text("id", "The name that factors.toml uses.").like_this("suppliers").required(),
        Key::text("name", "What it is called.").like_this("Suppliers").required(),
        Key::text("description", "What belongs there, in a sentence.").like_this("What others run for us."),
    ],
    one_of: &[],
};

/// A mark that the site adds to the phases.
pub static MARK: TableSchema = TableSchema {
    noun: "a mark",
    about: "A mark of timelines beside the phases, such as \"Contracts paused\".",
    keys: &[Key::text("name", "The words that stand for it in a timeline.").like_this("Contracts paused").required()],
    one_of: &[],
};

/// `[feeds]`: what the feeds hold.
pub static FEEDS: TableSchema = TableSchema {
    noun: "`feeds`",
    about: "What the feeds hold.",
    keys: &[
        Key::count("limit", "The greatest number of items in the feeds of the site.").without("30").like_this("30"),
        Key::count(
            "topic_limit",
            "The greatest number of items in the feed of a factor, service, severity or organisation.",
        )
        .without("10")
        .like_this("10"),
        Key::words("events", meanings::<FeedEvent>, "What becomes an item.").without("all but `action-closed`"),
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
            "The greatest number of reviews in llms-full.txt, the newest first; 0 for no such file.",
        )
        .without("200")
        .like_this("200"),
        Key::words("per_review", meanings::<Extra>, "Files that each review gets beside its page.").without("none"),
    ],
    one_of: &[],
};

/// One of the `[[sources]]`: a federated site.
pub static FEDERATED_SITE: TableSchema = TableSchema {
    noun: "a source",
    about: "Another site whose reviews stand among those of this one. Its dataset lies in `content/sources/<id>.json`.",
    keys: &[
        Key::text("id", "Its name here, part of addresses.")
            .like_this("partner")
            .required()
            .like(IdKind::FederatedSite.pattern()),
        Key::text("organisation", "The organisation whose site it is; the dataset has to say the same.")
            .like_this("Partner")
            .required(),
        Key::text("url", "Where `casebook collect` gets its casebook.json.")
            .without("a file that you put there")
            .like_this("https://partner.example/lessons/data/casebook.json")
            .like("^https?://"),
        Key::text("licence", "The licence of its reviews, where the dataset does not say it, or says it wrong.")
            .like_this("CC-BY-4.0"),
    ],
    one_of: &[],
};
