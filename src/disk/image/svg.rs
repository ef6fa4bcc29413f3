//! SVG without comments, scripts, and what drawing programs add: names of files, of authors, of layers.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

/// The prefixes of drawing programs. Inkscape writes the folder of the author's last export there.
const PROGRAMS: [&str; 8] = ["inkscape", "sodipodi", "sketch", "serif", "figma", "rdf", "dc", "cc"];

/// What becomes of scripts. An `<img>` never runs them, but a page of its own does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scripts {
    /// They stay: whoever fills `static` writes whole pages there.
    Kept,
    /// They go, as raw HTML of authors does.
    LeftOut,
}

/// The image without metadata; `None` when it is damaged.
pub(super) fn cleaned(bytes: &[u8], scripts: Scripts) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader::from_str(text);
    let mut writer = Writer::new(Vec::with_capacity(bytes.len()));
    // The depth of elements inside one that is left out.
    let mut hidden = 0_usize;
    let mut open = 0_usize;
    loop {
        let event = reader.read_event().ok()?;
        match event {
            Event::Eof => return (open == 0).then(|| writer.into_inner()),
            Event::Start(start) => {
                open += 1;
                if hidden > 0 || is_left_out(start.name().as_ref(), scripts) {
                    hidden += 1;
                } else {
                    writer.write_event(Event::Start(shown(&start, scripts)?)).ok()?;
                }
            }
            Event::End(end) => {
                open = open.checked_sub(1)?;
                if hidden > 0 {
                    hidden -= 1;
                } else {
                    writer.write_event(Event::End(end)).ok()?;
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            _ if hidden > 0 => {}
            Event::Empty(empty) => {
                if !is_left_out(empty.name().as_ref(), scripts) {
                    writer.write_event(Event::Empty(shown(&empty, scripts)?)).ok()?;
                }
            }
            other => writer.write_event(other).ok()?,
        }
    }
}

fn is_left_out(name: &str, scripts: Scripts) -> bool {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    PROGRAMS.contains(&prefix) || local == "metadata" || local == "script" && scripts == Scripts::LeftOut
}

/// An element without attributes of drawing programs and, where scripts go, without those that run.
fn shown<'a>(start: &BytesStart<'a>, scripts: Scripts) -> Option<BytesStart<'a>> {
    let name = start.name().as_ref().to_owned();
    let mut shown = BytesStart::new(name);
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        let (prefix, local) = key.split_once(':').unwrap_or(("", key));
        let is_script = prefix.is_empty() && local.to_ascii_lowercase().starts_with("on");
        let value: String = attribute.value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let leads_to_script = local == "href" && value.to_ascii_lowercase().starts_with("javascript:");
        let is_of_program = PROGRAMS.contains(&prefix) || prefix == "xmlns" && PROGRAMS.contains(&local);
        let runs = scripts == Scripts::LeftOut && (is_script || leads_to_script);
        if !(runs || is_of_program) {
            shown.push_attribute(attribute);
        }
    }
    Some(shown)
}

#[cfg(test)]
mod tests {
    use super::{Scripts, cleaned};

    fn check(svg: &str, expected: Option<&str>) {
        let clean = cleaned(svg.as_bytes(), Scripts::LeftOut).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(clean.as_deref(), expected);
    }

    #[test]
    fn drawings_keep_what_is_seen() {
        let seen = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><title>A &amp; b</title>\
                    <style>a{b:c}</style><rect width=\"1\"/></svg>\n";
        check(seen, Some(seen));
        check(
            "<svg xmlns:inkscape=\"x\" inkscape:export-filename=\"/home/j/a.png\"><!-- by J --><metadata><rdf:RDF/>\
               <a>J</a></metadata><sodipodi:namedview id=\"n\"/><g onclick=\"x()\"><a xlink:href=\" java\nscript:x\">t</a></g>\
               <script>x()</script></svg>",
            Some("<svg><g><a>t</a></g></svg>"),
        );
    }

    #[test]
    fn what_is_static_may_run() {
        let svg = "<svg onload=\"x()\"><script>x()</script><metadata>J</metadata></svg>";
        let clean = cleaned(svg.as_bytes(), Scripts::Kept).unwrap();
        assert_eq!(String::from_utf8(clean).unwrap(), "<svg onload=\"x()\"><script>x()</script></svg>");
    }

    #[test]
    fn broken_drawings_are_refused() {
        check("<svg><g></svg>", None);
        check("<svg", None);
        check("<svg a=b/>", None);
    }
}
