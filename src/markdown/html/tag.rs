//! Raw HTML as tags and text, by the grammar of CommonMark. Whatever is no tag by it is text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser};

/// A part of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Text, with its entities.
    Text,
    /// A comment.
    Comment,
    /// Something else that no reader of raw HTML sees.
    Unseen(Unseen),
    /// `<name …>` or `<name … />`.
    Open(Tag),
    /// `</name>`.
    Close(String),
}

/// Raw HTML for programs, which browsers and code hosts do not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unseen {
    /// `<? … ?>`
    Instruction,
    /// `<!NAME … >`
    Declaration,
    /// `<![CDATA[ … ]]>`
    CData,
}

impl Unseen {
    /// How it begins and ends.
    pub(super) fn signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Instruction => ("<?", "?>"),
            Self::Declaration => ("<!", ">"),
            Self::CData => ("<![CDATA[", "]]>"),
        }
    }

    /// What begins at `rest`.
    fn at(rest: &str) -> Option<Self> {
        if rest.starts_with("<?") {
            return Some(Self::Instruction);
        }
        let name = rest.strip_prefix("<!")?;
        if name.starts_with("[CDATA[") {
            return Some(Self::CData);
        }
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(Self::Declaration)
    }
}

/// The beginning of an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    pub(super) attributes: Vec<Attribute>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    /// In lower case.
    pub(super) name: String,
    /// Without quotes, entities as their characters.
    pub(super) value: String,
    /// Where it stands, with its value.
    pub(super) at: Range<usize>,
}

impl Tag {
    /// The value of an attribute.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value.as_str())
    }
}

/// The parts of `html`, one after another, each with its place.
pub(super) fn tokens(html: &str) -> Vec<(Token, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut text_start = 0;
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|offset| at + offset) {
        let Some((token, end)) = markup(html, start) else {
            at = start + 1;
            continue;
        };
        if text_start < start {
            tokens.push((Token::Text, text_start..start));
        }
        tokens.push((token, start..end));
        (at, text_start) = (end, end);
    }
    if text_start < html.len() {
        tokens.push((Token::Text, text_start..html.len()));
    }
    tokens
}

fn markup(html: &str, start: usize) -> Option<(Token, usize)> {
    let rest = &html[start + 1..];
    if let Some(comment) = rest.strip_prefix("!--") {
        let closed = [">", "->"].into_iter().find(|end| comment.starts_with(end)).map(str::len);
        let length = closed.or_else(|| comment.find("-->").map(|at| at + 3)).unwrap_or(comment.len());
        return Some((Token::Comment, start + 4 + length));
    }
    if let Some(unseen) = Unseen::at(&html[start..]) {
        // One that is never closed goes on to the end, as a comment does.
        let (opening, closing) = unseen.signs();
        let inside = start + opening.len();
        let end = html[inside..].find(closing).map_or(html.len(), |at| inside + at + closing.len());
        return Some((Token::Unseen(unseen), end));
    }
    let is_closing = rest.starts_with('/');
    let name_start = start + 1 + usize::from(is_closing);
    let name = name(&html[name_start..])?;
    let mut at = name_start + name.len();
    let name = name.to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        let blanks = html[at..].len() - html[at..].trim_start().len();
        let rest = &html[at + blanks..];
        if let Some(end) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            let token = if is_closing { Token::Close(name) } else { Token::Open(Tag { name, attributes }) };
            return Some((token, html.len() - end.len()));
        }
        if blanks == 0 {
            return None;
        }
        let attribute = attribute(html, at + blanks)?;
        at = attribute.at.end;
        attributes.push(attribute);
    }
}

fn name(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len());
    text.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| &text[..end])
}

fn attribute(html: &str, start: usize) -> Option<Attribute> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-');
    let length = html[start..].find(|c| !is_name(c)).filter(|length| *length > 0)?;
    let name = html[start..start + length].to_ascii_lowercase();
    let after = html[start + length..].trim_start();
    let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
        return Some(Attribute { name, value: String::new(), at: start..start + length });
    };
    let (value, rest) = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split_once(quote)?,
        _ => value
            .split_at(value.find(|c: char| c.is_whitespace() || "\"'=<>`".contains(c)).filter(|length| *length > 0)?),
    };
    let end = html.len() - rest.len();
    (end > start).then(|| Attribute { name, value: without_entities(value), at: start..end })
}

/// A text with its entities as the characters that they mean.
pub(super) fn without_entities(text: &str) -> String {
    pieces(text).into_iter().map(|(piece, _)| piece).collect()
}

/// The pieces of a text, entities as the characters that they mean, each with its place.
pub(super) fn pieces(text: &str) -> Vec<(Cow<'_, str>, Range<usize>)> {
    let mut pieces = Vec::new();
    let (mut at, mut start) = (0, 0);
    while let Some(sign) = text[at..].find('&').map(|offset| at + offset) {
        at = sign + 1;
        let length =
            text[at..].bytes().take(LONGEST_ENTITY).take_while(|c| c.is_ascii_alphanumeric() || *c == b'#').count();
        if length == 0 || !text[at + length..].starts_with(';') {
            continue;
        }
        let end = at + length + 1;
        let Some(meant) = entity(&text[sign..end]) else { continue };
        if start < sign {
            pieces.push((Cow::Borrowed(&text[start..sign]), start..sign));
        }
        pieces.push((Cow::Owned(meant), sign..end));
        (at, start) = (end, end);
    }
    if start < text.len() {
        pieces.push((Cow::Borrowed(&text[start..]), start..text.len()));
    }
    pieces
}

/// The longest name of an entity has fewer bytes.
const LONGEST_ENTITY: usize = 40;

/// What an entity means. The parser of Markdown has the table of all.
fn entity(entity: &str) -> Option<String> {
    let text = |event: Event<'_>| if let Event::Text(text) = event { Some(text.into_string()) } else { None };
    let meant: String = Parser::new(entity).filter_map(text).collect();
    (meant != entity && !meant.is_empty()).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens, without_entities};

    fn check(html: &str, expected: &str) {
        let tokens = tokens(html);
        let shown = tokens.iter().map(|(token, at)| match token {
            Token::Text => format!("{:?}", &html[at.clone()]),
            Token::Comment => "comment".to_owned(),
            Token::Unseen(unseen) => unseen.signs().0.to_owned(),
            Token::Close(name) => format!("/{name}"),
            Token::Open(tag) => {
                let attributes = tag.attributes.iter().map(|it| format!(" {}={:?}", it.name, it.value));
                format!("{}{}", tag.name, attributes.collect::<String>())
            }
        });
        assert_eq!(shown.collect::<Vec<_>>().join(", "), expected, "{html}");
        let covered: String = tokens.into_iter().map(|(_, at)| &html[at]).collect();
        assert_eq!(covered, html);
    }

    #[test]
    fn html_is_read_as_tags_and_text() {
        check("a<B>c</B\n>", r#""a", b, "c", /b"#);
        check("<a href='x' title=\"y > z\" b=c d>", r#"a href="x" title="y > z" b="c" d="""#);
        check("<br/><br /><img\nsrc = x.png/>", r#"br, br, img src="x.png/""#);
        check("<!-- a > b --><!--> c", r#"comment, comment, " c""#);
        check("<!-- a", "comment");
        check("<?x > ?>a<!DOCTYPE x>b<![CDATA[ x > ]]>c", r#"<?, "a", <!, "b", <![CDATA[, "c""#);
        check("<?x", "<?");
        for text in ["<", "< b>", "<1>", "<a", "<a b='c>", "<a/ b>", "<a b=>", "</>", "<!>", "<![x]>", "<a b=\"c\"d>"] {
            check(text, &format!("{text:?}"));
        }
        check("<a href=jav&#x61;script:x&amp;&copy;>", r#"a href="javascript:x&©""#);
    }

    #[test]
    fn entities_are_what_they_mean() {
        assert_eq!(without_entities("a &amp;lt; &#106;&#x6A; &nosuch; &; & &hearts;"), "a &lt; jj &nosuch; &; & ♥");
    }
}
