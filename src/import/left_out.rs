//! What a container held and a review does not have: one line for each kind, with a number and names.

use std::collections::BTreeSet;
use std::fmt::Write;

/// A kind of thing that stays behind: one of them, and several.
pub(super) type Kind = (&'static str, &'static str);

/// The greatest number of names in a line.
const MOST_NAMES: usize = 60;

/// The greatest length of a name in characters.
const LONGEST_NAME: usize = 120;

/// What stays behind, in the order in which it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut(Vec<Group>);

/// All of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    kind: Kind,
    count: usize,
    /// The first names, in the order in which they were found.
    names: Vec<String>,
    /// All of them.
    seen: BTreeSet<String>,
}

impl LeftOut {
    /// Counts `number` more of a kind.
    pub(super) fn count(&mut self, kind: Kind, number: usize) {
        if number > 0 {
            self.group(kind).count += number;
        }
    }

    /// Counts one more of a kind, whose words are `name`.
    pub(super) fn name(&mut self, kind: Kind, name: &str) {
        let group = self.group(kind);
        group.count += 1;
        group.add_name(name.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    /// Names one of a kind that counts once, however often it is there.
    pub(super) fn name_once(&mut self, kind: Kind, name: &str) {
        if !self.group(kind).seen.contains(name) {
            self.name(kind, name);
        }
    }

    /// Adds everything of another one.
    pub(super) fn extend(&mut self, other: Self) {
        for Group { kind, count, names, seen } in other.0 {
            let group = self.group(kind);
            group.count += count;
            names.into_iter().chain(seen).for_each(|name| group.add_name(name));
        }
    }

    /// A line for each kind, such as ``2 templates: `irc`, `toc` ``.
    pub(super) fn lines(&self) -> Vec<String> {
        self.0.iter().map(Group::line).collect()
    }

    fn group(&mut self, kind: Kind) -> &mut Group {
        let place = self.0.iter().position(|group| group.kind == kind).unwrap_or_else(|| {
            self.0.push(Group { kind, count: 0, names: Vec::new(), seen: BTreeSet::new() });
            self.0.len() - 1
        });
        &mut self.0[place]
    }
}

impl Group {
    fn add_name(&mut self, name: String) {
        if name.is_empty() || self.seen.contains(&name) {
            return;
        }
        if self.names.len() < MOST_NAMES {
            self.names.push(name.clone());
        }
        self.seen.insert(name);
    }

    fn line(&self) -> String {
        let (one, many) = self.kind;
        let mut line = format!("{} {}", self.count, if self.count == 1 { one } else { many });
        for (at, name) in self.names.iter().enumerate() {
            let shown: String = name.chars().take(LONGEST_NAME).collect();
            let cut = if shown.len() < name.len() { "…" } else { "" };
            let _ = write!(line, "{} `{shown}{cut}`", if at == 0 { ":" } else { "," });
        }
        if self.seen.len() > self.names.len() {
            let _ = write!(line, " and {} more", self.seen.len() - self.names.len());
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_one_line() {
        let mut left_out = LeftOut::default();
        left_out.name(("template", "templates"), "irc");
        left_out.count(("comment", "comments"), 0);
        left_out.count(("comment", "comments"), 1);
        let mut other = LeftOut::default();
        other.name(("template", "templates"), " Toc\n right ");
        other.name(("template", "templates"), "irc");
        left_out.extend(other);
        assert_eq!(left_out.lines(), ["3 templates: `irc`, `Toc right`", "1 comment"]);
        for number in 0..70 {
            left_out.name(("comment", "comments"), &format!("{number}{}", "x".repeat(200)));
        }
        let line = &left_out.lines()[1];
        assert!(line.starts_with("71 comments: `0xxx") && line.ends_with("x…` and 10 more"), "{line}");
    }
}
