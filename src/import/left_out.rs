//! What a container held and a review does not have: one line for each kind, with a number and names.

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
    names: Vec<String>,
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
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() && !group.names.contains(&name) {
            group.names.push(name);
        }
    }

    /// Names one of a kind that counts once, however often it is there.
    pub(super) fn name_once(&mut self, kind: Kind, name: &str) {
        if !self.group(kind).names.iter().any(|there| there == name) {
            self.name(kind, name);
        }
    }

    /// Adds everything of another one.
    pub(super) fn extend(&mut self, other: Self) {
        for Group { kind, count, names } in other.0 {
            let group = self.group(kind);
            group.count += count;
            for name in names {
                if !group.names.contains(&name) {
                    group.names.push(name);
                }
            }
        }
    }

    /// A line for each kind, such as ``2 templates: `irc`, `toc` ``.
    pub(super) fn lines(&self) -> Vec<String> {
        self.0.iter().map(Group::line).collect()
    }

    fn group(&mut self, kind: Kind) -> &mut Group {
        let place = self.0.iter().position(|group| group.kind == kind).unwrap_or_else(|| {
            self.0.push(Group { kind, count: 0, names: Vec::new() });
            self.0.len() - 1
        });
        &mut self.0[place]
    }
}

impl Group {
    fn line(&self) -> String {
        let (one, many) = self.kind;
        let mut line = format!("{} {}", self.count, if self.count == 1 { one } else { many });
        for (at, name) in self.names.iter().take(MOST_NAMES).enumerate() {
            let shown: String = name.chars().take(LONGEST_NAME).collect();
            let cut = if shown.len() < name.len() { "…" } else { "" };
            let _ = write!(line, "{} `{shown}{cut}`", if at == 0 { ":" } else { "," });
        }
        if self.names.len() > MOST_NAMES {
            let _ = write!(line, " and {} more", self.names.len() - MOST_NAMES);
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
