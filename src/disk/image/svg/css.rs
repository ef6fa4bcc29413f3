//! Styles of drawings: what is known to draw stays, statement by statement, and nothing that fetches.

/// The functions that may stand in a style. Everything else that could name a file or an address is a function, too.
const FUNCTIONS: &[&str] = &[
    "and",
    "blur",
    "brightness",
    "calc",
    "circle",
    "clamp",
    "color",
    "color-mix",
    "conic-gradient",
    "contrast",
    "cubic-bezier",
    "drop-shadow",
    "ellipse",
    "format",
    "grayscale",
    "has",
    "hsl",
    "hsla",
    "hue-rotate",
    "hwb",
    "inset",
    "invert",
    "is",
    "lab",
    "lang",
    "lch",
    "light-dark",
    "linear",
    "linear-gradient",
    "local",
    "matrix",
    "matrix3d",
    "max",
    "min",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-last-of-type",
    "nth-of-type",
    "oklab",
    "oklch",
    "opacity",
    "or",
    "path",
    "perspective",
    "polygon",
    "radial-gradient",
    "rect",
    "repeating-linear-gradient",
    "rgb",
    "rgba",
    "rotate",
    "rotatex",
    "rotatey",
    "rotatez",
    "saturate",
    "scale",
    "scalex",
    "scaley",
    "sepia",
    "skewx",
    "skewy",
    "steps",
    "tech",
    "translate",
    "translate3d",
    "translatex",
    "translatey",
    "translatez",
    "var",
    "where",
];

/// The at-rules that may stand in a style sheet.
const AT_RULES: [&str; 5] = ["font-face", "keyframes", "-webkit-keyframes", "media", "supports"];

/// How fonts inside a drawing begin. Excalidraw keeps the letters of a drawing that way.
const FONTS: [&str; 3] = ["data:font/", "data:application/font", "data:application/x-font"];

/// Whether the value of an attribute draws and nothing else.
pub(super) fn is_safe(value: &str) -> bool {
    pieces(value).all(|piece| match piece {
        Piece::Plain(_) | Piece::Comment | Piece::End => true,
        Piece::Function(name) => is_function(name),
        Piece::Address { address, .. } => is_part(address),
        Piece::At(_) | Piece::Open | Piece::Close | Piece::Broken => false,
    })
}

/// A style sheet, or the declarations of one element, without the statements that hold anything unknown.
pub(super) fn cleaned(text: &str) -> String {
    let mut sheet = Sheet::default();
    for piece in pieces(text) {
        sheet.take(&piece);
    }
    sheet.finish()
}

/// A style sheet as far as it was taken over.
#[derive(Default)]
struct Sheet {
    kept: String,
    /// Whether each open block is kept, the outermost first.
    blocks: Vec<bool>,
    /// The statement that is being read.
    statement: String,
    is_refused: bool,
}

impl Sheet {
    fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Plain(text) => self.statement.push_str(text),
            // Without a comment two names would become one.
            Piece::Comment => self.statement.push(' '),
            Piece::Function(name) => {
                self.is_refused |= !is_function(name);
                self.statement.push_str(name);
                self.statement.push('(');
            }
            Piece::Address { whole, address } => {
                self.is_refused |= !is_part(address) && !is_font(address);
                self.statement.push_str(whole);
            }
            Piece::At(name) => {
                self.is_refused |= !AT_RULES.contains(&name.to_ascii_lowercase().as_str());
                self.statement.push('@');
                self.statement.push_str(name);
            }
            Piece::Broken => self.is_refused = true,
            Piece::End => self.end(";"),
            Piece::Open => {
                let is_kept = !self.is_refused && self.is_kept();
                self.end("{");
                self.blocks.push(is_kept);
            }
            Piece::Close => {
                self.end("");
                if self.blocks.pop() == Some(true) {
                    self.kept.push('}');
                }
            }
        }
    }

    fn is_kept(&self) -> bool {
        self.blocks.last().copied().unwrap_or(true)
    }

    /// The statement ends here; what ends it stands behind it.
    fn end(&mut self, end: &str) {
        if !self.is_refused && self.is_kept() {
            self.kept.push_str(&self.statement);
            self.kept.push_str(end);
        }
        self.statement.clear();
        self.is_refused = false;
    }

    fn finish(mut self) -> String {
        self.end("");
        // An inner block is kept only within an outer one that is.
        self.kept.extend(self.blocks.iter().filter(|is_kept| **is_kept).map(|_| '}'));
        self.kept
    }
}

fn is_function(name: &str) -> bool {
    // A bracket without a name groups.
    name.is_empty() || FUNCTIONS.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether an address leads to a part of the same drawing.
fn is_part(address: &str) -> bool {
    address.starts_with('#')
}

fn is_font(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    FONTS.iter().any(|start| address.starts_with(start))
}

/// A piece of a style, as far as its meaning matters here.
enum Piece<'a> {
    /// Text that cannot load a file.
    Plain(&'a str),
    Comment,
    /// The name before an opening bracket; may be empty.
    Function(&'a str),
    /// `url(…)`, and the address in it.
    Address {
        whole: &'a str,
        address: &'a str,
    },
    /// The name of an at-rule.
    At(&'a str),
    Open,
    Close,
    End,
    /// Escapes, and strings that are not closed: names could be hidden in them.
    Broken,
}

/// The pieces of a text, in one pass.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, length) = next(rest)?;
        rest = &rest[length..];
        Some(piece)
    })
}

/// The first piece and its length in bytes.
fn next(text: &str) -> Option<(Piece<'_>, usize)> {
    let first = text.chars().next()?;
    let one = first.len_utf8();
    Some(match first {
        '{' => (Piece::Open, one),
        '}' => (Piece::Close, one),
        ';' => (Piece::End, one),
        '(' => (Piece::Function(""), one),
        '/' if text.starts_with("/*") => (Piece::Comment, text[2..].find("*/").map_or(text.len(), |at| at + 4)),
        '"' | '\'' => string(text, first),
        '\\' => (Piece::Broken, one + text[one..].chars().next().map_or(0, char::len_utf8)),
        '@' => {
            let length = one + name(&text[one..]);
            (Piece::At(&text[one..length]), length)
        }
        _ if is_name(first) => {
            let length = name(text);
            match text[length..].starts_with('(') {
                true if text[..length].eq_ignore_ascii_case("url") => address(text, length + 1),
                true => (Piece::Function(&text[..length]), length + 1),
                false => (Piece::Plain(&text[..length]), length),
            }
        }
        _ => (Piece::Plain(&text[..one]), one),
    })
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

fn name(text: &str) -> usize {
    text.find(|c| !is_name(c)).unwrap_or(text.len())
}

fn string(text: &str, quote: char) -> (Piece<'_>, usize) {
    match text[1..].find([quote, '\\', '\n', '\r', '\u{c}']) {
        Some(at) if text[1 + at..].starts_with(quote) => (Piece::Plain(&text[..at + 2]), at + 2),
        Some(at) => (Piece::Broken, at + 1),
        None => (Piece::Broken, text.len()),
    }
}

/// `url(`, whose contents begin at `start`.
fn address(text: &str, start: usize) -> (Piece<'_>, usize) {
    let Some(end) = text[start..].find(')').map(|at| start + at) else { return (Piece::Broken, text.len()) };
    let inner = text[start..end].trim();
    let quoted = ['"', '\''].into_iter().find_map(|quote| inner.strip_prefix(quote)?.strip_suffix(quote));
    let address = quoted.unwrap_or(inner);
    let is_plain = !address.contains(['"', '\'', '(', '\\']) && !address.contains(char::is_whitespace);
    match is_plain {
        true => (Piece::Address { whole: &text[..=end], address }, end + 1),
        false => (Piece::Broken, end + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{cleaned, is_safe};

    #[test]
    fn styles_of_drawing_programs_stay() {
        for style in [
            "fill:#fff;stroke:rgb(1, 2, 3)",
            "*{stroke-linejoin: round; stroke-linecap: butt}",
            "#m .node rect,.a>b{fill:url(#grad);filter:url('#f');}@keyframes d{to{stroke-dashoffset:0;}}",
            "@media (prefers-color-scheme: dark){:root{color:light-dark(#fff,#000)}}",
            "@font-face{font-family:V;src:url(data:font/woff2;base64,AA==) format(\"woff2\")}",
            "text:not(.a){font-family:\"DejaVu Sans\", sans-serif}",
        ] {
            assert_eq!(cleaned(style), style);
        }
    }

    #[test]
    fn what_fetches_goes_and_the_rest_stays() {
        for (style, kept) in [
            ("@import 'x.css';a{b:c}", "a{b:c}"),
            ("@import url(x.css);a{b:c}", "a{b:c}"),
            ("a{fill:url(//x/);stroke:red}", "a{stroke:red}"),
            ("a{fill:u\\72l(//x/);stroke:red}", "a{stroke:red}"),
            ("a{background:image-set('//x/' 1x);b:c}", "a{b:c}"),
            ("a{fill:url( \"//x/\" )}b{c:d}", "a{}b{c:d}"),
            ("@font-face{font-family:V;src:url(https://x/V.woff2)}", "@font-face{font-family:V;}"),
            ("@namespace url(//x/);@media print{a{b:src('//x/')}c{d:e}}", "@media print{a{}c{d:e}}"),
            ("a{b:url/**/(//x/)}", "a{b:url (//x/)}"),
            ("a{b:'x\ny';c:d}", "a{}"),
            ("a{b:url(#x", "a{}"),
            ("a{b:c", "a{b:c}"),
            ("}}a{b:c}", "a{b:c}"),
            ("a{b:url(#x'//y/)}", "a{}"),
        ] {
            assert_eq!(cleaned(style), kept, "{style}");
            assert_eq!(cleaned(kept), kept, "{style}");
        }
    }

    #[test]
    fn values_are_judged_alike() {
        for value in ["url(#a)", "rotate(45 1,2)", "red", "\"DejaVu Sans\"", "url(\"#a\") none"] {
            assert!(is_safe(value), "{value}");
        }
        for value in ["url(//x/)", "url(x.svg#a)", "\\75rl(#a)", "image('x')", "}@import 'x'", "url(#a"] {
            assert!(!is_safe(value), "{value}");
        }
    }
}
