//! Where the fields of an action stand in its words: labels, signs, and what its end says.

use std::sync::LazyLock;

use regex::Regex;

use super::value::LABELS;

/// A label before a value: `Owner:`.
pub(super) static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let names: Vec<&str> = LABELS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    Regex::new(&format!(r"(?i)[\s(,;|—–-]\*{{0,2}}({})\*{{0,2}}\s*:\*{{0,2}}[ \t]*", names.join("|")))
        .expect("a regular expression")
});

/// Where the value behind a label ends.
pub(super) static VALUE_END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[,;|()\n]| [—–-] |\*\*").expect("a regular expression"));

/// A handle at the end of an action.
pub(super) static HANDLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|\s)(@[\w][\w/.-]*\w)\s*\.?\s*$").expect("a regular expression"));

/// A word for the status at the beginning, before a colon, a dash or a blank after a sign.
pub(super) static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:\[?\*{0,2}([a-z' -]{2,12}?)\*{0,2}\]?\s*(?::|—|–| - )\*{0,2}\s*|(✅|☑️?|✔️?|❌|🚧)\s*)")
        .expect("a regular expression")
});

/// A word or a sign for the status at the end.
pub(super) static LAST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:\s(?:—|–|-|:)\s*((?:[✅☑✔❌🚧🔄⏳🟢🟡🔵🔴]️?\s*)?[a-z' -]{2,12})|\s*(✅|☑️?|✔️?|❌|🚧))\s*\.?\s*$",
    )
    .expect("a regular expression")
});

/// The day at the end, behind a sign that divides it from the change.
pub(super) static LAST_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:[,;—–]|\s-)\s*((?:by|due)\s[^,;—–()]{4,30}?)\s*\.?\s*$").expect("a regular expression")
});

/// A word for the status that begins the last sentence in capitals: `Limit it. DONE in #12`.
pub(super) static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[.!?]\s+\*{0,2}(DONE|COMPLETE|COMPLETED|CLOSED|FIXED|MERGED|SHIPPED|WIP|IN PROGRESS)\b[^.!?]*(?:\]\([^)\s]*\))?[.!\s]*$")
        .expect("a regular expression")
});
