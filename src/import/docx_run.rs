//! Paragraphs of a Word document while they are read: runs of words, and fields, whose words a program made.

use super::docx_style::Style;

/// A paragraph that is open: its words with markup, and what it is.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) words: String,
    pub(super) style: Style,
}

/// What an element with text in it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Words,
    Code,
}

/// How the words of a run look, as far as it says something.
#[derive(Default)]
pub(super) struct Run {
    pub(super) is_bold: bool,
    pub(super) is_struck: bool,
    pub(super) is_hidden: bool,
    /// `sup` or `sub`.
    pub(super) raised: Option<&'static str>,
}

/// A field: its code, and whether its words are those of a link.
#[derive(Default)]
pub(super) struct Field {
    pub(super) code: String,
    pub(super) is_link: bool,
}

impl Run {
    /// Words, which are escaped as HTML has it, with the elements of their look.
    pub(super) fn said(&self, text: &str) -> String {
        let mut said = text.to_owned();
        let looks = [self.raised, self.is_struck.then_some("del"), self.is_bold.then_some("b")];
        for element in looks.into_iter().flatten() {
            said = format!("<{element}>{said}</{element}>");
        }
        said
    }
}

/// The address of a field's code, such as `HYPERLINK "https://example.org"`.
pub(super) fn target_of(code: &str) -> Option<String> {
    let address = code.trim().strip_prefix("HYPERLINK")?.split("&quot;").nth(1).or_else(|| code.split('"').nth(1))?;
    (!code.contains("\\l ")).then(|| address.replace("&amp;", "&"))
}

/// A value of an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
