//! Reads a page as a reader sees it: its words, each with the block of the page in which it stands.

/// A block of a page, such as a section of a review.
#[derive(Debug, Default)]
pub struct Block {
    /// The id of the block, or of the heading in it; empty when it has none.
    pub id: String,
    /// The words of the block, in order; those of pictures are their alternative texts.
    pub text: String,
}

/// Elements within a line: where they begin and end, no word ends.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "small", "span", "strong", "time",
    "u",
];

/// Elements without an end.
const VOID: &[&str] = &["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements whose text nobody reads.
const SILENT: &[&str] = &["script", "style", "template", "svg", "title"];

/// The blocks of a page: the elements `section`, and those of a class in `blocks`. What stands outside of all is the first.
pub fn blocks(html: &str, classes: &[&str]) -> Vec<Block> {
    let mut reader = Reader { blocks: vec![Block::default()], open: Vec::new(), silent: 0 };
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        reader.text(&rest[..start]);
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = tag_end(rest);
        reader.tag(&rest[1..end], classes);
        rest = &rest[(end + 1).min(rest.len())..];
        let raw = reader.open.last().filter(|open| matches!(open.0.as_str(), "script" | "style"));
        if let Some((name, _)) = raw {
            rest = &rest[rest.find(&format!("</{name}")).unwrap_or(rest.len())..];
        }
    }
    reader.text(rest);
    reader.blocks
}

/// Where a tag ends: a `>` may stand in the quoted value of an attribute.
fn tag_end(html: &str) -> usize {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    html.len()
}

struct Reader {
    blocks: Vec<Block>,
    /// The open elements, each with the block around it if it is one itself.
    open: Vec<(String, Option<usize>)>,
    silent: usize,
}

impl Reader {
    fn here(&self) -> usize {
        let inside = self.open.iter().rev().find_map(|(_, block)| *block);
        inside.unwrap_or(0)
    }

    fn text(&mut self, text: &str) {
        let here = self.here();
        if self.silent == 0 {
            self.blocks[here].text.push_str(&unescaped(text));
        }
    }

    fn tag(&mut self, tag: &str, classes: &[&str]) {
        if tag.starts_with('!') {
            return;
        }
        let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let here = self.here();
        if !INLINE.contains(&name.as_str()) {
            self.blocks[here].text.push('\n');
        }
        if is_end {
            assert_eq!(self.open.last().map(|open| open.0.as_str()), Some(&*name), "</{name}> closes nothing");
            self.open.pop();
            self.silent -= usize::from(SILENT.contains(&name.as_str()));
            return;
        }
        let value = |key: &str| attribute(tag, key);
        if name == "img" {
            let alt = value("alt").unwrap_or_default();
            self.blocks[here].text.push_str(&format!(" {alt} "));
        }
        if VOID.contains(&name.as_str()) || tag.ends_with('/') {
            return;
        }
        let class = value("class").unwrap_or_default();
        let is_block = name == "section" || classes.iter().any(|wanted| class.split(' ').any(|class| class == *wanted));
        let id = value("id").unwrap_or_default();
        let block = is_block.then_some(self.blocks.len());
        if is_block {
            self.blocks.push(Block { id: id.clone(), text: String::new() });
        } else if matches!(&*name, "h2" | "h3")
            && self.open.last().is_some_and(|open| open.1.is_some())
            && self.blocks[here].id.is_empty()
        {
            self.blocks[here].id = id;
        }
        self.silent += usize::from(SILENT.contains(&name.as_str()));
        self.open.push((name, block));
    }
}

fn attribute(tag: &str, key: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {key}=\""))?;
    rest.split_once('"').map(|(value, _)| unescaped(value))
}

/// Text without the references of HTML.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let sign = after.split_once(';').and_then(|(name, after)| Some((sign(name)?, after)));
        match sign {
            Some((sign, after)) => {
                plain.push(sign);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain + rest
}

fn sign(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some('\u{a0}'),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => number(&hex[1..], 16),
            decimal => number(decimal, 10),
        },
    }
}
