//! Words and signs that call a time approximate.

use super::cursor::Cursor;

/// Words of approximation before a time.
const ABOUT: [&str; 19] = [
    "~",
    "≈",
    "approx)",
    "approx.)",
    "approximately)",
    "approximately",
    "approx.",
    "(approx.)",
    "approx",
    "(approx)",
    "about",
    "around",
    "circa",
    "ca.",
    "c.",
    "roughly",
    "at about",
    "at around",
    "at approximately",
];

pub(super) fn about(cursor: &mut Cursor<'_>) -> bool {
    cursor
        .attempt(|cursor| {
            cursor.skip(|c| matches!(c, ' ' | '`' | '*' | '_'));
            let found = ABOUT.into_iter().any(|word| {
                if word.ends_with(|c: char| c.is_alphabetic()) { cursor.word(word) } else { cursor.eat(word) }
            });
            found.then(|| cursor.skip(|c| matches!(c, ' ' | '`' | '*' | '_')))
        })
        .is_some()
}

/// Signs and words of approximation after a time.
pub(super) fn or_so(cursor: &mut Cursor<'_>) -> bool {
    cursor
        .attempt(|cursor| {
            if cursor.word("ish") || cursor.word("-ish") {
                return Some(());
            }
            cursor.blanks();
            (cursor.eat("~")
                || cursor.eat("(approx.)")
                || cursor.eat("(approx)")
                || cursor.eat("(approximately)")
                || cursor.word("approx.")
                || cursor.word("approx"))
            .then_some(())
        })
        .is_some()
}
