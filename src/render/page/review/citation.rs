//! How to cite a review: plain, as BibTeX, and as CSL-JSON. Its dates are those of the review, never of the clock.

use chrono::{Datelike, NaiveDate};
use quick_xml::escape::partial_escape;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::language::{Language, capitalised};
use crate::model::{Review, ReviewIndex};
use crate::render::context::PageContext;
use crate::render::markdown::{AddressForm, href};
use crate::text::strip_json_controls;

/// How to cite a review.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct CitationView {
    /// The citation as a line of text, for people.
    pub plain: String,
    /// The citation as an entry of BibTeX.
    pub bibtex: String,
    /// CSL-JSON on one line, as reference managers read it, as HTML.
    pub csl: String,
}

/// How to cite the review at `position`.
pub(super) fn citation_view(context: &PageContext<'_>, position: ReviewIndex) -> CitationView {
    let review: &Review = &context.analysis.corpus.reviews[position];
    let about = &context.site.about;
    let work = Work {
        id: &review.id.0,
        title: &review.title,
        author: if let Some(origin) = &review.origin {
            &origin.site.organisation
        } else if about.organisation.is_empty() {
            &about.title
        } else {
            &about.organisation
        },
        site: review.origin.as_ref().map_or(&about.title, |origin| &origin.site.title),
        language: &about.language,
        words: context.site.language.clone(),
        url: match &review.origin {
            Some(origin) => origin.address.clone(),
            None => href(context.site, AddressForm::Absolute, &context.site.review_path(position)),
        },
        published: review.published(),
        modified: review.modified().filter(|day| Some(*day) > review.published()),
    };
    CitationView { plain: work.plain(), bibtex: work.bibtex(), csl: partial_escape(work.csl()).into_owned() }
}

struct Work<'a> {
    id: &'a str,
    title: &'a str,
    author: &'a str,
    site: &'a str,
    language: &'a str,
    words: Language,
    url: String,
    published: Option<NaiveDate>,
    modified: Option<NaiveDate>,
}

impl Work<'_> {
    fn plain(&self) -> String {
        let author = self.author.trim_end_matches('.');
        let year = self.published.map(|day| format!(" ({})", day.year())).unwrap_or_default();
        let site = if self.site == self.author { String::new() } else { format!(" {}.", self.site) };
        let mut days: Vec<String> = Vec::new();
        let dated = |key: &str, day| self.words.fill(key, &[("date", &self.words.day(day))]);
        days.extend(self.published.map(|day| dated("cite.published", day)));
        days.extend(self.modified.map(|day| dated("cite.modified", day)));
        let days = if days.is_empty() { String::new() } else { format!(" ({})", self.words.list(days)) };
        format!("{author}{year}. {}.{site} {}{days}", self.title.trim_end_matches('.'), self.url)
    }

    fn bibtex(&self) -> String {
        let key: String = self.id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        let mut fields = vec![
            ("title", format!("{{{}}}", tex(self.title))),
            ("author", format!("{{{}}}", tex(self.author))),
            ("howpublished", tex(self.site)),
            ("url", self.url.clone()),
            ("language", tex(self.language)),
        ];
        if let Some(day) = self.published {
            fields.push(("year", day.year().to_string()));
            fields.push(("month", day.month().to_string()));
            fields.push(("date", day.to_string()));
        }
        if let Some(day) = self.modified {
            fields.push(("note", tex(&self.note(day))));
        }
        let fields: Vec<String> = fields.into_iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
        format!("@misc{{{key},\n{}\n}}", fields.join(",\n"))
    }

    fn note(&self, day: NaiveDate) -> String {
        capitalised(&self.words.fill("cite.modified", &[("date", &day.to_string())]))
    }

    fn csl(&self) -> String {
        let mut item = json!({
            "id": self.id,
            "type": "report",
            "title": self.title,
            "author": [{ "literal": self.author }],
            "container-title": self.site,
            "language": self.language,
            "URL": self.url,
        });
        if let Some(day) = self.published {
            item["issued"] = json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
        }
        if let Some(day) = self.modified {
            item["note"] = json!(self.note(day));
        }
        strip_json_controls(Value::Array(vec![item]).to_string())
    }
}

/// A text with the characters that TeX would read as commands made into those that it prints.
fn tex(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(c);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::Work;
    use crate::language::Language;

    fn work(title: &str) -> Work<'_> {
        Work {
            id: "2024-03-04-edge-cpu",
            title,
            author: "Example & Sons",
            site: "Lessons",
            words: Language::english(),
            language: "en",
            url: "https://example.org/a_b.html".to_owned(),
            published: "2024-03-15".parse().ok(),
            modified: "2024-03-16".parse().ok(),
        }
    }

    #[test]
    fn citations_name_author_title_place_and_days() {
        let plain = "Example & Sons (2024). 100 % of CPU. Lessons. https://example.org/a_b.html \
                     (published 15 March 2024, last changed 16 March 2024)";
        assert_eq!(work("100 % of CPU").plain(), plain);
        let csl: serde_json::Value = serde_json::from_str(&work("\"A\" </script>").csl()).unwrap();
        assert_eq!(csl[0]["title"], "\"A\" </script>");
        assert_eq!(csl[0]["issued"]["date-parts"][0], serde_json::json!([2024, 3, 15]));
    }

    #[test]
    fn tex_reads_no_command() {
        let bibtex = work("100 % {of} C:\\CPU_1 ~ #3").bibtex();
        let title = "title = {{100 \\% \\{of\\} C:\\textbackslash{}CPU\\_1 \\textasciitilde{} \\#3}},";
        assert!(bibtex.starts_with("@misc{2024-03-04-edge-cpu,\n") && bibtex.contains(title), "{bibtex}");
        assert!(bibtex.contains("author = {{Example \\& Sons}}") && bibtex.contains("month = {3}"), "{bibtex}");
    }
}
