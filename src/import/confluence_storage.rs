//! The storage format of Confluence as HTML: macros, links, pictures and tasks become elements that browsers know.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::confluence::emoji;
use super::docx::attribute;
use super::docx_run::escaped;
use super::left_out::{Kind, LeftOut};

const MACRO: Kind = ("macro without words of its own", "macros without words of their own");
const PARAMETER: Kind = ("parameter of a macro", "parameters of macros");
pub(super) const PERSON: Kind = ("mention of a person", "mentions of persons");
const PLACEHOLDER: Kind = ("placeholder for authors", "placeholders for authors");
const TARGET: Kind =
    ("link to a page of the wiki, whose words stayed", "links to pages of the wiki, whose words stayed");

/// Parameters that are words of the page, by the name of their macro; `*` is any.
const WORDS: [(&str, &str); 3] = [("*", "title"), ("jira", "key"), ("view-file", "name")];

/// Macros that stand in a line.
const IN_LINE: [&str; 3] = ["jira", "status", "view-file"];

/// Elements whose words are no words of the page.
const SILENT: [&str; 4] = ["task-id", "task-uuid", "adf-attribute", "adf-fallback"];

/// Converts the body of a page.
///
/// # Errors
///
/// It is no XML.
pub(super) fn as_html(xml: &str) -> Result<(String, LeftOut), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut writer = Writer::default();
    loop {
        match reader.read_event().map_err(|error| format!("broken XML: {error}"))? {
            Event::Eof => return Ok((writer.html, writer.left_out)),
            Event::Start(tag) => writer.start(&tag),
            Event::Empty(tag) => {
                writer.start(&tag);
                writer.end(tag.name().as_ref());
            }
            Event::End(tag) => writer.end(tag.name().as_ref()),
            Event::Text(text) => writer.say(&text),
            Event::CData(text) => writer.say(&text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")),
            Event::GeneralRef(name) => writer.say(&format!("&{};", &*name)),
            Event::Comment(text) => writer.html.push_str(&format!("<!--{}-->", text.replace("-->", ""))),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Writer {
    html: String,
    left_out: LeftOut,
    /// Macros that are open: the name, the language of its code, and where its HTML begins.
    macros: Vec<(String, String, usize)>,
    /// The name of the parameter that is open, and its value.
    parameter: Option<(String, String)>,
    /// The link that is open: the page that it leads to, the part of it, and where its HTML begins.
    link: Option<(String, String, usize)>,
    /// The picture that is open: its words.
    picture: Option<String>,
    /// The element that is open whose words are none of the page, and what it said.
    silent: Option<(String, String)>,
}

impl Writer {
    fn say(&mut self, text: &str) {
        match (&mut self.silent, &mut self.parameter) {
            (Some((_, said)), _) | (None, Some((_, said))) => said.push_str(text),
            (None, None) => self.html.push_str(text),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let value = |name| attribute(tag, name).unwrap_or_default();
        let name = tag.name();
        let Some(own) = name.as_ref().strip_prefix("ac:").or_else(|| name.as_ref().strip_prefix("ri:")) else {
            return self.start_html(tag);
        };
        match own {
            _ if self.silent.is_some() => {}
            "structured-macro" | "macro" => self.macros.push((value("name"), String::new(), self.html.len())),
            "parameter" => self.parameter = Some((value("name"), String::new())),
            "plain-text-body" => {
                let language = self.macros.last().map_or("", |(_, language, _)| language);
                self.html.push_str(&format!("<pre class=\"language-{}\">", escaped(language)));
            }
            "task-list" => self.html.push_str("<ul>"),
            "task" => self.html.push_str("<li>"),
            "link" => self.link = Some((String::new(), value("anchor"), self.html.len())),
            "image" => {
                let words = ["alt", "title"].map(value);
                self.picture = Some(words.into_iter().find(|words| !words.is_empty()).unwrap_or_default());
            }
            "caption" => self.html.push_str("<p>"),
            "page" | "blog-post" | "attachment" | "url" | "content-entity" | "space" | "user" => {
                self.resource(own, tag)
            }
            "emoticon" => {
                let sign = ["emoji-fallback", "emoji-shortname", "name"].map(value);
                let sign = sign.into_iter().find(|sign| !sign.is_empty()).unwrap_or_default();
                self.html.push_str(&escaped(&emoji(&value("name"), &sign)));
            }
            "task-status" | "placeholder" => self.silent = Some((own.to_owned(), String::new())),
            _ if SILENT.contains(&own) => self.silent = Some((own.to_owned(), String::new())),
            _ => {}
        }
    }

    /// An element of HTML. A day has no words of its own.
    fn start_html(&mut self, tag: &BytesStart<'_>) {
        if self.silent.is_none() && self.parameter.is_none() {
            self.html.push_str(&format!("<{}>", tag.trim_end_matches('/')));
            if tag.name().as_ref() == "time" {
                self.html.push_str(&escaped(&attribute(tag, "datetime").unwrap_or_default()));
            }
        }
    }

    /// What a link leads to, or a picture shows.
    fn resource(&mut self, kind: &str, tag: &BytesStart<'_>) {
        let value = |name| attribute(tag, name).filter(|value| !value.is_empty());
        let name = ["content-title", "filename", "value", "space-key", "content-id"].into_iter().find_map(value);
        let name = name.unwrap_or_default();
        match (&self.picture, &mut self.link, &mut self.parameter) {
            (Some(words), _, _) => {
                self.html.push_str(&format!("<img src=\"{}\" alt=\"{}\">", escaped(&name), escaped(words)));
            }
            _ if kind == "user" => self.left_out.count(PERSON, 1),
            (None, Some((target, ..)), _) => *target = name,
            (None, None, Some((_, said))) => said.push_str(&escaped(&name)),
            (None, None, None) => self.html.push_str(&escaped(&name)),
        }
    }

    fn end(&mut self, name: &str) {
        let Some(own) = name.strip_prefix("ac:").or_else(|| name.strip_prefix("ri:")) else {
            if self.silent.is_none() && self.parameter.is_none() {
                self.html.push_str(&format!("</{name}>"));
            }
            return;
        };
        if let Some((_, said)) = self.silent.take_if(|(open, _)| open == own) {
            match own {
                "task-status" if said.trim() == "complete" => {
                    self.html.push_str("<input type=\"checkbox\" checked=\"checked\">");
                }
                "task-status" => self.html.push_str("<input type=\"checkbox\">"),
                "placeholder" => self.left_out.name(PLACEHOLDER, &said),
                _ => {}
            }
            return;
        }
        match own {
            _ if self.silent.is_some() => {}
            "structured-macro" | "macro" => self.end_macro(),
            "parameter" => self.end_parameter(),
            "plain-text-body" => self.html.push_str("</pre>"),
            "task-list" => self.html.push_str("</ul>"),
            "task" => self.html.push_str("</li>"),
            "link" => self.end_link(),
            "image" => self.picture = None,
            "caption" => self.html.push_str("</p>"),
            _ => {}
        }
    }

    fn end_macro(&mut self) {
        let Some((name, _, start)) = self.macros.pop() else { return };
        if self.html.get(start..).is_none_or(|said| said.trim().is_empty()) {
            self.left_out.name(MACRO, &name);
        }
    }

    /// Of what a macro was given, its title is shown.
    fn end_parameter(&mut self) {
        let Some((name, value)) = self.parameter.take() else { return };
        let Some((of, language, _)) = self.macros.last_mut() else { return self.html.push_str(&value) };
        let is_words = WORDS.iter().any(|(known, key)| (*known == "*" || known == of) && *key == name);
        match () {
            () if is_words && IN_LINE.contains(&of.as_str()) => self.html.push_str(&value),
            () if is_words => self.html.push_str(&format!("<p><b>{value}</b></p>")),
            () if of == "code" && name == "language" => *language = value,
            () => {
                let parameter = if name.is_empty() { of.clone() } else { format!("{of} {name}") };
                self.left_out.name(PARAMETER, &format!("{parameter}: {value}"));
            }
        }
    }

    fn end_link(&mut self) {
        let Some((page, part, start)) = self.link.take() else { return };
        let is_silent = self.html.get(start..).is_none_or(|said| said.trim().is_empty());
        match (is_silent, page.is_empty()) {
            (true, true) => self.html.push_str(&escaped(&part)),
            (true, false) => self.html.push_str(&escaped(&page)),
            (false, false) => self.left_out.name(TARGET, &page),
            (false, true) => {}
        }
    }
}
