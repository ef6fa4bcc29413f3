//! Tables of HTML as those of Markdown, which has no cells over several rows or columns.

use htmd::Element;
use htmd::element_handler::Handlers;

use super::html::attribute;
use super::html_mark;

/// Signs between the parts of a table while it is converted. They are cut out of every text first.
const HEAD_CELL: char = '\u{4}';
const CELL: char = '\u{3}';
const END_OF_CELL: char = '\u{1}';
const END_OF_ROW: char = '\u{2}';
const SPAN: char = '\u{5}';
pub(super) const SIGNS: [char; 5] = [HEAD_CELL, CELL, END_OF_CELL, END_OF_ROW, SPAN];

/// The greatest number of columns that a cell is read as.
const WIDEST: usize = 50;

/// The greatest number of rows that a cell is read as.
pub(super) const MOST_ROWS: usize = 50;

/// From this column on, cells of the rows above reach into no row.
const MOST_COLUMNS: usize = 200;

/// The greatest length in bytes of a cell that is said again in each row that it reaches.
const LONGEST_AGAIN: usize = 200;

/// A cell between its signs.
pub(super) fn cell(handlers: &dyn Handlers, element: &Element<'_>) -> String {
    let said = handlers.walk_children(element.node).content;
    let sign = if element.tag == "th" { HEAD_CELL } else { CELL };
    let number = |name| attribute(element, name).and_then(|number| number.trim().parse::<usize>().ok()).unwrap_or(1);
    let (columns, rows) = (number("colspan").clamp(1, WIDEST), number("rowspan").clamp(1, MOST_ROWS));
    let empty = format!("{sign}{rows}{SPAN}{END_OF_CELL}").repeat(columns - 1);
    format!("{sign}{rows}{SPAN}{said}{END_OF_CELL}{empty}")
}

/// A row between its signs.
pub(super) fn row(handlers: &dyn Handlers, element: &Element<'_>) -> String {
    format!("{}{END_OF_ROW}", handlers.walk_children(element.node).content)
}

/// Blocks as one line, with breaks between them. Each line of code is code by itself.
pub(super) fn one_line(content: &str) -> String {
    let mut lines = Vec::new();
    let mut fence: Option<&str> = None;
    for line in content.lines().filter(|line| !line.trim().is_empty()) {
        let words = line.trim();
        let backticks = &words[..words.len() - words.trim_start_matches('`').len()];
        fence = match fence {
            Some(open) if words == open => None,
            Some(open) => {
                lines.push(html_mark::code(words, ""));
                Some(open)
            }
            None if backticks.len() > 2 => Some(backticks),
            None => {
                lines.push(words.to_owned());
                None
            }
        };
    }
    lines.join("<br>")
}

/// Blocks as a cell of Markdown.
fn cell_of(content: &str) -> String {
    one_line(content).replace('|', "\\|")
}

/// A cell of a row: whether it is one of the head, and its words.
type Cell = (bool, String);

/// A table from its marked rows. A first row that is no head throughout is one of data, below an empty head.
pub(super) fn table(content: &str) -> String {
    let (above, mut rows) = rows(content);
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    // One cell is a frame around a text.
    if let [row] = rows.as_slice()
        && let [(_, said)] = row.as_slice()
    {
        return format!("\n\n{above}\n\n{}\n\n", said.trim());
    }
    let is_head = |row: &Vec<Cell>| row.iter().all(|(is_head, _)| *is_head);
    let is_mixed = |row: &Vec<Cell>| row.iter().any(|(is_head, _)| *is_head) && !is_head(row);
    if rows.first().is_some_and(is_mixed) {
        rows.insert(0, Vec::new());
    }
    let mut text = format!("\n\n{above}\n\n");
    for (at, row) in rows.iter().enumerate() {
        let said = row.iter().map(|(_, said)| cell_of(said));
        // Cells that are missing at the end of other rows are empty without being written.
        let missing = if at == 0 { width - row.len() } else { 0 };
        text.extend(said.chain(std::iter::repeat_n(String::new(), missing)).map(|said| format!("| {said} ")));
        text.push_str("|\n");
        if at == 0 {
            text.push_str(&"| --- ".repeat(width));
            text.push_str("|\n");
        }
    }
    text.push('\n');
    text
}

/// The rows of a table, and what stands between them. A cell that reaches over rows stands in each of them, since it
/// says something of each.
fn rows(content: &str) -> (String, Vec<Vec<Cell>>) {
    let mut above = String::new();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    // For each column: how many rows the cell above still reaches, and the cell.
    let mut reaching: Vec<(usize, Cell)> = Vec::new();
    for row in content.split(END_OF_ROW) {
        let mut cells: Vec<Cell> = Vec::new();
        let mut is_row = false;
        for part in row.split(END_OF_CELL) {
            let Some((stray, said)) = part.split_once([CELL, HEAD_CELL]) else {
                above.push_str(part.trim());
                continue;
            };
            above.push_str(stray.trim());
            is_row = true;
            take_reaching(&mut reaching, &mut cells);
            let (span, said) = said.split_once(SPAN).unwrap_or(("1", said));
            let cell = (part.contains(HEAD_CELL), said.to_owned());
            let place = cells.len();
            reaching.resize(reaching.len().max(place + 1), (0, Cell::default()));
            reaching[place] = (span.parse::<usize>().unwrap_or(1) - 1, cell.clone());
            cells.push(cell);
        }
        if is_row {
            take_reaching(&mut reaching, &mut cells);
            rows.push(cells);
        }
    }
    (above, rows)
}

/// Adds the cells of the rows above that reach into the next columns of this one.
fn take_reaching(reaching: &mut [(usize, Cell)], cells: &mut Vec<Cell>) {
    while let Some((left, cell)) = reaching.get_mut(cells.len()).filter(|(left, _)| *left > 0) {
        if cells.len() >= MOST_COLUMNS {
            return;
        }
        *left -= 1;
        let is_short = cell.1.len() <= LONGEST_AGAIN;
        cells.push(if is_short { cell.clone() } else { (cell.0, String::new()) });
    }
}

#[cfg(test)]
mod tests {
    use crate::import::html::{Classes, to_markdown};

    fn check(html: &str, expected: &str) {
        let markdown = to_markdown(html, &Classes::new()).unwrap().markdown;
        assert_eq!(markdown.trim_end(), expected, "{html}");
    }

    #[test]
    fn code_in_a_cell_is_code_in_each_line() {
        check(
            "<table><tr><td>a</td><td><pre>cmd one\ncmd | two `x`</pre></td></tr></table>",
            "| a | `cmd one`<br>`` cmd \\| two `x` `` |\n| --- | --- |",
        );
        check(
            "<table><tr><td>a</td><td><p>see</p><ul><li>b<pre class=\"language-sh\">c\n  d</pre></li></ul></td></tr></table>",
            "| a | see<br>- b<br>`c`<br>`d` |\n| --- | --- |",
        );
        check("<table><tr><td><p>one</p><pre>a\n\nb | c</pre></td></tr></table>", "one\n\n```\na\n\nb | c\n```");
        check(
            "<table><tr><td>a</td><td><table><tr><td>b</td><td>c|d</td></tr></table></td></tr></table>",
            "| a | \\| b \\| c\\\\|d \\|<br>\\| --- \\| --- \\| |\n| --- | --- |",
        );
    }
}
