//! Paragraphs, lists and tables of a Word document as blocks of HTML. Word has no lists, only items with a level.

use std::collections::BTreeMap;

use super::docx_style::{DEEPEST, List, Marker};
use super::html_table::MOST_ROWS;

const END_OF_CODE: &str = "</pre>\n";

/// The blocks that were written.
#[derive(Default)]
pub(super) struct Blocks {
    pub(super) html: String,
    /// Lists that are open, with the level of each.
    lists: Vec<List>,
    /// How many items each list has at each level.
    counts: BTreeMap<(u32, usize), usize>,
    /// Tables that are open.
    tables: Vec<Table>,
}

/// A table that is open.
#[derive(Default)]
struct Table {
    /// The first column of the next cell.
    next: usize,
    /// The first column of the cell that is open.
    column: usize,
    /// Where that cell begins in the HTML.
    start: usize,
    merging: Merging,
    /// For each column: where the number of rows of the cell stands that reaches into the next one, and that number.
    reaching: BTreeMap<usize, (usize, usize)>,
}

/// How the cell that is open is one with others of its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Merging {
    #[default]
    No,
    /// It reaches into the rows below.
    Begins,
    /// The one above reaches into it.
    GoesOn,
}

/// How many digits the number of rows of a cell has, which grows while rows below are read.
const DIGITS: usize = 4;

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
        if self.lists.get(list.level).is_some_and(|open| open.marker != list.marker) {
            self.close_lists(list.level);
        }
        if self.lists.len() == list.level + 1 {
            self.html.push_str("</li>");
        }
        let number = self.counted(list);
        while self.lists.len() <= list.level {
            let is_own = self.lists.len() == list.level;
            let start = if is_own && number > 1 { format!(" start=\"{number}\"") } else { String::new() };
            self.html.push_str(&format!("<{}{start}>{}", list.element(), if is_own { "" } else { "<li>" }));
            self.lists.push(list);
        }
        self.html.push_str(&format!("<li>{words}"));
    }

    /// The number of an item. A list goes on behind what stands between its items.
    fn counted(&mut self, list: List) -> usize {
        if list.id == 0 || list.marker == Marker::Bullet {
            return 1;
        }
        for level in list.level + 1..=DEEPEST {
            self.counts.remove(&(list.id, level));
        }
        let count = self.counts.entry((list.id, list.level)).or_default();
        *count += 1;
        *count
    }

    /// Begins a table.
    pub(super) fn table(&mut self) {
        self.frame("<table>");
        self.tables.push(Table::default());
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.frame("<tr>");
        if let Some(table) = self.tables.last_mut() {
            table.next = 0;
        }
    }

    /// Begins a cell.
    pub(super) fn cell(&mut self) {
        self.close_lists(0);
        if let Some(table) = self.tables.last_mut() {
            (table.column, table.start, table.merging) = (table.next, self.html.len(), Merging::No);
            table.next += 1;
        }
        self.html.push_str("<td>");
    }

    /// Leaves columns empty at the beginning of a row.
    pub(super) fn skip_columns(&mut self, columns: usize) {
        if columns > 0 {
            self.cell();
            self.widen(columns);
            self.end_cell();
        }
    }

    /// Makes the cell that was opened as wide as several columns.
    pub(super) fn widen(&mut self, columns: usize) {
        if self.add_to_cell(&format!(" colspan=\"{columns}\"")).is_some()
            && let Some(table) = self.tables.last_mut()
        {
            table.next = table.column.saturating_add(columns);
        }
    }

    /// Makes the cell that was opened one with those below it.
    pub(super) fn begin_merged(&mut self) {
        let Some(end) = self.add_to_cell(&format!(" rowspan=\"{:0DIGITS$}\"", 1)) else { return };
        if let Some(table) = self.tables.last_mut() {
            table.merging = Merging::Begins;
            table.reaching.insert(table.column, (end - DIGITS - 1, 1));
        }
    }

    /// Makes the cell that was opened one with the one above it, unless that reaches too far already.
    pub(super) fn go_on_merged(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some((place, rows)) = table.reaching.get_mut(&table.column).filter(|(_, rows)| *rows < MOST_ROWS) else {
            return;
        };
        *rows += 1;
        table.merging = Merging::GoesOn;
        self.html.replace_range(*place..*place + DIGITS, &format!("{rows:0DIGITS$}"));
    }

    /// Ends a cell, and returns what stood in it if the one above stands in its place.
    pub(super) fn end_cell(&mut self) -> Option<String> {
        self.frame("</td>");
        let table = self.tables.last_mut()?;
        match table.merging {
            Merging::No => _ = table.reaching.remove(&table.column),
            Merging::Begins => {}
            Merging::GoesOn => {
                let cell = self.html.split_off(table.start);
                return Some(cell).filter(|cell| !cell.ends_with("\"></td>") && cell != "<td></td>");
            }
        }
        None
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self) {
        self.frame("</table>");
        self.tables.pop();
    }

    /// Adds an attribute to the tag of the cell that was opened, and returns where it ends.
    fn add_to_cell(&mut self, attribute: &str) -> Option<usize> {
        let start = self.tables.last()?.start;
        let is_open =
            self.html.get(start..).is_some_and(|cell| cell.find('>').is_some_and(|end| end + 1 == cell.len()));
        is_open.then(|| {
            self.html.pop();
            self.html.push_str(attribute);
            self.html.push('>');
            self.html.len() - 1
        })
    }

    /// Part of the frame of a table.
    pub(super) fn frame(&mut self, tag: &str) {
        self.close_lists(0);
        self.html.push_str(tag);
    }

    /// Everything that was written, and nothing is open any more.
    pub(super) fn take(&mut self) -> String {
        self.close_lists(0);
        self.tables.clear();
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
