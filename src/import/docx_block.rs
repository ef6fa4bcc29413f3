//! Paragraphs, lists and tables of a Word document as blocks of HTML. Word has no lists, only items with a level.

use super::docx_style::List;

const END_OF_CODE: &str = "</pre>\n";

/// The blocks that were written.
#[derive(Default)]
pub(super) struct Blocks {
    pub(super) html: String,
    /// Lists that are open, with the level of each.
    lists: Vec<List>,
}

impl Blocks {
    /// A paragraph or a heading.
    pub(super) fn block(&mut self, element: &str, words: &str) {
        self.close_lists(0);
        self.html.push_str(&format!("<{element}>{words}</{element}>\n"));
    }

    /// A line of code, which goes on with the one before.
    pub(super) fn code(&mut self, line: &str) {
        self.close_lists(0);
        if self.html.ends_with(END_OF_CODE) {
            self.html.truncate(self.html.len() - END_OF_CODE.len());
            self.html.push('\n');
        } else {
            self.html.push_str("<pre>");
        }
        self.html.push_str(line);
        self.html.push_str(END_OF_CODE);
    }

    /// An item, in the lists that are open as far as they are less deep.
    pub(super) fn item(&mut self, list: List, words: &str) {
        self.close_lists(list.level + 1);
        if self.lists.len() == list.level + 1 {
            self.html.push_str("</li>");
        }
        while self.lists.len() <= list.level {
            let inner = if self.lists.len() < list.level { "<li>" } else { "" };
            self.html.push_str(&format!("<{}>{inner}", list.element()));
            self.lists.push(list);
        }
        self.html.push_str(&format!("<li>{words}"));
    }

    /// Part of the frame of a table.
    pub(super) fn frame(&mut self, tag: &str) {
        self.close_lists(0);
        self.html.push_str(tag);
    }

    /// Makes the cell that was opened as wide as several columns.
    pub(super) fn widen(&mut self, columns: usize) {
        if self.html.ends_with("<td>") {
            self.html.pop();
            self.html.push_str(&format!(" colspan=\"{columns}\">"));
        }
    }

    /// Everything that was written, and nothing is open any more.
    pub(super) fn take(&mut self) -> String {
        self.close_lists(0);
        std::mem::take(&mut self.html)
    }

    /// Closes the lists from `level` on.
    fn close_lists(&mut self, level: usize) {
        while self.lists.len() > level {
            let element = self.lists.pop().map_or("ul", List::element);
            self.html.push_str(&format!("</li></{element}>"));
        }
    }
}
