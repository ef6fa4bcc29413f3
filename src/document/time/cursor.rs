//! Parses text from an offset on, without going back further than it was told to.

/// A place in a text. Methods that find nothing leave the place unchanged.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn slice(&self, from: usize) -> &'a str {
        &self.text[from..self.at]
    }

    /// Passes over the characters that `skipped` holds for, and says whether there were any.
    pub(super) fn skip(&mut self, skipped: impl Fn(char) -> bool) -> bool {
        let rest = self.rest();
        let left = rest.trim_start_matches(skipped).len();
        self.at += rest.len() - left;
        left < rest.len()
    }

    pub(super) fn blanks(&mut self) -> bool {
        self.skip(|c| c.is_whitespace() && c != '\n')
    }

    /// Blanks and the markup that may stand around a time or its parts.
    pub(super) fn markup(&mut self) -> bool {
        self.skip(|c| (c.is_whitespace() && c != '\n') || matches!(c, '*' | '_' | '`' | '[' | ']' | '(' | ')' | '|'))
    }

    /// Passes over `expected`, whatever its case.
    pub(super) fn eat(&mut self, expected: &str) -> bool {
        let eaten = self.rest().get(..expected.len()).is_some_and(|start| start.eq_ignore_ascii_case(expected));
        if eaten {
            self.at += expected.len();
        }
        eaten
    }

    /// Passes over `expected` where no letter or digit follows it.
    pub(super) fn word(&mut self, expected: &str) -> bool {
        self.attempt(|cursor| (cursor.eat(expected) && !cursor.peek().is_some_and(char::is_alphanumeric)).then_some(()))
            .is_some()
    }

    /// The first of `words` that stands here as a whole word, with what it means.
    pub(super) fn one_of<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        // Most lists are long, and of most of their words not even the first letter stands here.
        let first = self.rest().bytes().next();
        let may_stand = |word: &str| match (word.bytes().next(), first) {
            (Some(letter), Some(first)) => letter.eq_ignore_ascii_case(&first),
            (letter, _) => letter.is_none(),
        };
        words.iter().find(|(word, _)| may_stand(word) && self.word(word)).map(|(_, meaning)| *meaning)
    }

    pub(super) fn digit_count(&self) -> usize {
        self.rest().bytes().take_while(u8::is_ascii_digit).count()
    }

    /// A number of `least` to `most` digits that no other digit follows.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.digit_count();
        if !(least..=most).contains(&count) {
            return None;
        }
        let number = self.rest()[..count].parse().ok();
        self.at += count;
        number
    }

    /// Runs `read`; when it finds nothing the place is what it was.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let result = read(self);
        if result.is_none() {
            self.at = start;
        }
        result
    }
}
