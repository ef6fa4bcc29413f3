//! Mistakes in the templates of a theme as findings, each at its place.

use tera::{ErrorKind, Tera};

use super::Theme;
use crate::diagnostic::{Diagnostic, ProblemKind};
use crate::rules::of_problem;
use crate::text::{SitePath, Source, SourceSet, Span};

/// How tera begins a mistake in the text that holds several.
const REPORT: &str = "error: ";

/// A mistake in the text of tera, which names it, its place, the line, and marks the passage below.
#[derive(Debug, PartialEq, Eq)]
struct Report<'a> {
    message: &'a str,
    file: &'a str,
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
    /// In characters.
    length: usize,
}

impl Theme {
    /// A finding about a mistake that shows when a page is made.
    pub(in crate::render) fn explain(&self, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                self.finding(report.filename(), Span::from(report.span().range.clone()), report.message())
            }
            _ => self.finding("", Span::at(0), &error.to_string()),
        }
    }

    /// Findings about all mistakes that show when the templates are loaded. tera ends at the first text that it cannot
    /// read, so each is read by itself; of names that nothing has, it tells all in one text.
    pub(super) fn explain_loading(&self, error: &tera::Error, sources: &SourceSet) -> Vec<Diagnostic> {
        let folder = format!("{}/templates", self.folder);
        let own = || sources.texts.values().filter_map(|source| Some((source.path.below(&folder)?, source)));
        let found: Vec<Diagnostic> = match error.kind() {
            ErrorKind::SyntaxError(_) => {
                let alone = own().filter_map(|(name, source)| Tera::new().add_raw_template(name, &source.text).err());
                let broken = alone.filter(|error| matches!(error.kind(), ErrorKind::SyntaxError(_)));
                broken.map(|error| self.explain(&error)).collect()
            }
            ErrorKind::Msg(text) => {
                let found = reports(text).into_iter().map(|report| {
                    let source = own().find(|(name, _)| *name == report.file).map(|(_, source)| source);
                    self.finding(report.file, source.map_or(Span::at(0), |source| report.span(source)), report.message)
                });
                found.collect()
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
            | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
                let way: Vec<&str> = chain.iter().map(String::as_str).collect();
                let source = own().find(|(name, _)| name == tpl).map(|(_, source)| source);
                let next = source.and_then(|source| way.iter().find_map(|name| named(source, name)));
                let message = format!("`{tpl}` leads back to itself: {}", way.join(" → "));
                vec![self.finding(tpl, next.unwrap_or(Span::at(0)), &message)]
            }
            ErrorKind::MissingParent { current, parent } => {
                let source = own().find(|(name, _)| name == current).map(|(_, source)| source);
                let place = source.and_then(|source| named(source, parent));
                vec![self.finding(current, place.unwrap_or(Span::at(0)), &format!("there is no template `{parent}`"))]
            }
            _ => Vec::new(),
        };
        if found.is_empty() { vec![self.explain(error)] } else { found }
    }

    /// A finding about an output without content: a page, which `template` should have written, or another file.
    pub(in crate::render) fn explain_blank(&self, path: &SitePath, template: Option<&str>) -> Diagnostic {
        let mut finding = self.finding(template.unwrap_or_default(), Span::at(0), &format!("`{path}` would be empty"));
        finding.help(match template {
            Some(template) => {
                format!("Let `{template}` write something; delete the file to get the built-in one back.")
            }
            None => "This is a mistake in Casebook: please report it with the name of the file.".to_owned(),
        });
        finding
    }

    /// A finding in the template `file`; in the folder of the theme when it is empty.
    fn finding(&self, file: &str, span: Span, message: &str) -> Diagnostic {
        let built_in = self.bases.iter().find_map(|base| {
            let name = file.strip_prefix(base.name)?.strip_prefix('/')?;
            Some(format!("themes/{}/templates/{name}", base.name))
        });
        let path = match built_in {
            Some(path) => path,
            None if file.is_empty() => self.folder.clone(),
            None => format!("{}/templates/{file}", self.folder),
        };
        let message = message.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        let help =
            "What templates see is listed in docs/theme.md of Casebook; delete the file to get the built-in one back.";
        let mut finding = Diagnostic::new(of_problem(ProblemKind::BrokenTemplate).metadata, &path, span, message);
        finding.help(help.to_owned());
        finding
    }
}

impl Report<'_> {
    fn span(&self, source: &Source) -> Span {
        let line_start = source.text.split_inclusive('\n').take(self.line - 1).map(str::len).sum::<usize>();
        let after = |start: usize, count: usize| {
            let left = source.text.get(start..).unwrap_or_default();
            start + left.chars().take(count).map(char::len_utf8).sum::<usize>()
        };
        let start = after(line_start, self.column - 1);
        Span::from(start..after(start, self.length))
    }
}

/// Where a template names another one.
fn named(source: &Source, name: &str) -> Option<Span> {
    let start = ['"', '\''].iter().find_map(|quote| source.text.find(&format!("{quote}{name}{quote}")))?;
    Some(Span::new(start, start + name.len() + 2))
}

/// The mistakes in the text of tera; none when it has another form.
fn reports(text: &str) -> Vec<Report<'_>> {
    text.split("\n\n").filter_map(report).collect()
}

fn report(text: &str) -> Option<Report<'_>> {
    let (message, rest) = text.strip_prefix(REPORT)?.split_once("\n")?;
    let (_, place) = rest.lines().next()?.split_once("--> ")?;
    let (place, column) = place.rsplit_once(':')?;
    let (file, line) = place.rsplit_once(':')?;
    let length = rest.lines().last()?.matches('^').count();
    let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
    Some(Report { message, file, line: number(line)?, column: number(column)?, length })
}

#[cfg(test)]
mod tests {
    use super::{Report, reports};

    #[test]
    fn each_mistake_in_a_text_has_its_place() {
        let text = "error: Block `mian` is not defined in any parent template\n \
                    --> review.html:12:10\n   |\n12 | {% block mian %}\n   |          ^^^^\n\n\
                    error: Unknown filter `loud`\n --> a:b.html:1:4\n  |\n1 | {{ x | loud }}\n  |    ^^^^^^^^";
        let block = "Block `mian` is not defined in any parent template";
        let expected = [
            Report { message: block, file: "review.html", line: 12, column: 10, length: 4 },
            Report { message: "Unknown filter `loud`", file: "a:b.html", line: 1, column: 4, length: 8 },
        ];
        assert_eq!(reports(text), expected);
        assert_eq!(reports("Component `x` is defined in both `a` and `b`"), []);
    }
}
