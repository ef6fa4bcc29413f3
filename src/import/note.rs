//! Footnotes, as Markdown has them: a mark in the text, and the words below it.

use super::html::{Classes, Converted, to_markdown};

/// Stands around the id of a note while its text is converted, since brackets would become words.
pub(super) const SIGN: char = '\u{e002}';

/// The mark of a note in HTML.
pub(super) fn mark(id: &str) -> String {
    let id: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{SIGN}{id}{SIGN}")
}

/// Takes the sign out of a source, so that only marks have it.
pub(super) fn without_sign(text: &str) -> String {
    text.replace(SIGN, "")
}

/// Converts a text with marks, and below it the notes, each with its id. A note that no mark leads to stands there, too.
///
/// # Errors
///
/// The elements of the text or of a note are nested too deep.
pub(super) fn with_notes(html: &str, notes: &[(String, String)], classes: &Classes) -> Result<Converted, String> {
    let Converted { markdown, mut left_out } = to_markdown(html, classes)?;
    let mut text = marked(&markdown);
    for (id, note) in notes {
        let note = to_markdown(note, classes)?;
        left_out.extend(note.left_out);
        let mut lines = note.markdown.trim().lines();
        text.push_str(&format!("\n{}: {}\n", marked(&mark(id)), lines.next().unwrap_or_default()));
        text.extend(lines.map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }));
    }
    Ok(Converted { markdown: text, left_out })
}

fn marked(text: &str) -> String {
    let mut marked = String::new();
    for (at, part) in text.split(SIGN).enumerate() {
        marked.push_str(&if at % 2 == 1 { format!("[^{part}]") } else { part.to_owned() });
    }
    marked
}
