//! SVG, written anew from what may stay in it: what draws, and words that are seen or read out.

mod address;
mod css;
mod drawing;
mod entity;
mod name;

use quick_xml::events::Event;
use quick_xml::reader::NsReader;

use self::drawing::Drawing;

/// How deep drawings may lie in pictures of drawings.
const DEEPEST_PICTURE: usize = 3;

/// What becomes of scripts. An `<img>` never runs them, but a page of its own does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scripts {
    /// Scripts stay, and so does what they may need: `static` may hold whole pages.
    Kept,
    /// Scripts go, and so does every element that is not known to draw.
    LeftOut,
}

/// The image without metadata; `None` when it is damaged.
pub(super) fn cleaned(bytes: &[u8], scripts: Scripts) -> Option<Vec<u8>> {
    cleaned_at(bytes, scripts, 0)
}

/// The image without metadata, when it lies in `depth` other drawings.
fn cleaned_at(bytes: &[u8], scripts: Scripts, depth: usize) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = NsReader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut drawing = Drawing::new(scripts, depth);
    loop {
        let (space, event) = reader.read_resolved_event().ok()?;
        match event {
            Event::Eof => return drawing.finish(),
            Event::DocType(text) => drawing.declare(&text),
            Event::Start(start) => {
                let space = drawing.space(&space);
                drawing.open(space, &start, reader.resolver())?;
            }
            Event::Empty(start) => {
                let space = drawing.space(&space);
                drawing.open(space, &start, reader.resolver())?;
                drawing.close()?;
            }
            Event::End(_) => drawing.close()?,
            Event::Text(text) => drawing.text(&text.xml10_content()),
            Event::CData(text) => drawing.text(&text.xml10_content()),
            Event::GeneralRef(name) => drawing.reference(&name)?,
            // The declaration may name another encoding: what is written is UTF-8, as it was read.
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scripts, cleaned};

    fn check_as(scripts: Scripts, svg: &str, expected: Option<&str>) {
        let clean = cleaned(svg.as_bytes(), scripts).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(clean.as_deref(), expected, "{svg}");
        if let Some(clean) = clean {
            assert_eq!(cleaned(clean.as_bytes(), scripts).unwrap(), clean.as_bytes(), "twice: {svg}");
        }
    }

    fn check(svg: &str, expected: Option<&str>) {
        check_as(Scripts::LeftOut, svg, expected);
    }

    /// What stands in the root element after cleaning.
    fn check_inside(inside: &str, expected: &str) {
        let xmlns = "xmlns=\"http://www.w3.org/2000/svg\"";
        let spaces = "xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:h=\"http://www.w3.org/1999/xhtml\"";
        let clean = cleaned(format!("<svg {xmlns} {spaces}>{inside}</svg>").as_bytes(), Scripts::LeftOut);
        let clean = String::from_utf8(clean.unwrap()).unwrap();
        let start = if clean.contains("xlink:href") {
            format!("<svg {xmlns} xmlns:xlink=\"http://www.w3.org/1999/xlink\">")
        } else {
            format!("<svg {xmlns}>")
        };
        let found = clean.strip_prefix(&start).and_then(|rest| rest.strip_suffix("</svg>\n"));
        assert_eq!(found.or(clean.ends_with("/>\n").then_some("")), Some(expected), "{clean}");
    }

    #[test]
    fn drawings_keep_what_is_seen() {
        let seen = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><title>A &amp; b</title>\
                    <style>a&gt;b{c:d}</style><rect width=\"1\"/></svg>\n";
        check(seen, Some(seen));
        check(
            "<?xml version=\"1.0\" encoding=\"utf-16\"?><!-- by J --><svg xmlns:inkscape=\"x\" inkscape:export-filename=\"/home/j/a.png\">\
             <metadata><rdf:RDF/><a>J</a></metadata><sodipodi:namedview id=\"n\"/><g onclick=\"x()\">\
             <a xlink:href=\" java\nscript:x\">t</a></g><script>x()</script></svg>",
            Some("<svg xmlns=\"http://www.w3.org/2000/svg\"><g><a>t</a></g></svg>\n"),
        );
        check(
            "<!DOCTYPE svg [<!ENTITY ns 'http://www.w3.org/2000/svg'>]><s:svg xmlns:s='&ns;' width='&#49;'/>",
            Some("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\"/>\n"),
        );
    }

    /// Pieces as matplotlib, Graphviz, gnuplot, Mermaid, Inkscape, draw.io and Excalidraw write them.
    #[test]
    fn what_drawing_programs_write_stays_to_the_letter() {
        for piece in [
            "<path d=\"M 0 0 L 1 1\" clip-path=\"url(#p1)\" style=\"fill: none; stroke: #1f77b4; stroke-linecap: square\"/>",
            "<g id=\"graph0\" class=\"graph\" transform=\"scale(1 1) rotate(0) translate(4 112)\"><title>G</title></g>",
            "<text text-anchor=\"middle\" x=\"27\" y=\"-14.3\" font-family=\"Times,serif\" font-size=\"14.00\">a</text>",
            "<path stroke-width=\"1\" stroke-dasharray=\"2,4\" stroke-miterlimit=\"10\" stroke-opacity=\".5\" fill-rule=\"evenodd\"/>",
            "<g color=\"white\" stroke=\"currentColor\" stroke-linejoin=\"miter\" stroke-linecap=\"butt\" pointer-events=\"all\"/>",
            "<marker id=\"m\" class=\"marker\" viewBox=\"0 0 10 10\" refX=\"5\" refY=\"5\" markerUnits=\"userSpaceOnUse\" markerWidth=\"8\" \
             markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0z\" marker-end=\"url(#m)\"/></marker>",
            "<linearGradient id=\"l\" x1=\"0%\" y1=\"0%\" x2=\"1\" y2=\"1\" gradientUnits=\"userSpaceOnUse\" spreadMethod=\"pad\">\
             <stop offset=\"0\" stop-color=\"#fff\" stop-opacity=\"1\"/></linearGradient>",
            "<switch><foreignObject width=\"100%\" requiredFeatures=\"http://x/\"><div xmlns=\"http://www.w3.org/1999/xhtml\" \
             style=\"display: flex; align-items: unsafe center\"><b>A</b><font color=\"#f00\">b</font></div></foreignObject>\
             <text dominant-baseline=\"central\" xml:space=\"preserve\">A b</text></switch>",
            "<filter id=\"f\"><feGaussianBlur in=\"SourceAlpha\" stdDeviation=\"2\" result=\"b\"/><feMerge><feMergeNode in=\"b\"/></feMerge></filter>",
            "<style>@keyframes dash{to{stroke-dashoffset:0;}}#m .edge{stroke-dasharray:9,5!important;animation:dash 50s linear infinite;}</style>",
        ] {
            check_inside(piece, piece);
        }
    }

    #[test]
    fn addresses_stay_inside() {
        check_inside("<use xlink:href='#a'/><use href=' #b'/>", "<use xlink:href=\"#a\"/><use href=\"#b\"/>");
        for address in
            ["a.svg#b", "https://x/", "&#106;avascript:x", "data:text/html,x", "//x/", "", "data:image/png,x"]
        {
            check_inside(&format!("<image href='{address}'/><a xlink:href='{address}'/>"), "<image/><a/>");
        }
        check_inside(
            "<image href='data:IMAGE/gif;base64,R0lG ODlhAQABAAAAACH+A2FiYwA7'/>",
            "<image href=\"data:image/gif;base64,R0lGODlhAQABAAAAADs=\"/>",
        );
        check_inside(
            "<image href='data:image/svg+xml,%3Csvg%3E%3Cscript/%3E%3C/svg%3E'/>",
            "<image href=\"data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4K\"/>",
        );
    }

    #[test]
    fn labels_keep_their_words_and_movements_what_they_show() {
        check_inside(
            "<foreignObject><h:div style='color:red;background:url(//x/)' onclick='x'>A<h:br/>b<h:img src='x'/></h:div></foreignObject>",
            "<foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\" style=\"color:red;\">A<br/>b</div></foreignObject>",
        );
        check_inside(
            "<animate attributeName='r' to='2'/><set attributeName='href' to='#x'/><animate attributeName='fill' values='url(//x/)'/>",
            "<animate attributeName=\"r\" to=\"2\"/><animate attributeName=\"fill\"/>",
        );
        check_inside(
            "<g>remark<text>seen</text></g><rect fill='url(//x/)' style='a:b' data-x='y'/>",
            "<g><text>seen</text></g><rect style=\"a:b\"/>",
        );
    }

    #[test]
    fn what_is_static_may_run_and_says_nothing_about_its_making() {
        check_as(
            Scripts::Kept,
            "<svg onload=\"x(1)\" content=\"&lt;mxfile>\"><script>x() &lt; 1</script><metadata>J</metadata><a href=\"https://x/\"/><i:pgf/></svg>",
            Some(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x(1)\"><script>x() &lt; 1</script><a href=\"https://x/\"/></svg>\n",
            ),
        );
    }

    #[test]
    fn broken_drawings_are_refused() {
        for broken in [
            "",
            "text",
            "<svg><g></svg>",
            "<svg",
            "<svg a=b/>",
            "<html/>",
            "<svg/><svg/>",
            "<svg>&nbsp;</svg>",
            "<svg>",
            "<!DOCTYPE svg [<!ENTITY x '&#60;script/>'>]><svg>&x;</svg>",
            "<svg xmlns='http://www.w3.org/1999/xhtml'/>",
        ] {
            check(broken, None);
        }
    }
}
