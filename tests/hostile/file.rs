//! Files beside reviews: only what may stay in them is published.

use std::fmt::Write;

use casebook::rules::SAMPLE_PATH;
use quick_xml::events::Event;
use quick_xml::reader::NsReader;

use crate::space::Space;

/// What runs, and where to it is told: neither may stand in anything that is published.
const RUN: &str = "zrun()";
const HOST: &str = "http://zhost.example/";

/// A site whose review leads to each of the files, and its folder of reviews in the output.
fn site(files: &[(String, Vec<u8>)]) -> Space {
    let space = Space::site();
    let mut links = String::from("## Root cause\n");
    for (name, bytes) in files {
        space.write(&format!("content/reviews/{name}"), bytes);
        write!(links, "\n[the file {name}]({name})\n").unwrap();
    }
    space.edit("## Root cause\n", &links);
    space
}

/// The names of files that a rule found something in.
fn found(space: &Space, code: &str) -> Vec<String> {
    let run = space.check();
    let lines = run.out.lines().filter(|line| line.contains(code));
    let name = |line: &str| Some(line.split('`').nth(1)?.rsplit('/').next()?.to_owned());
    lines.filter_map(name).collect()
}

/// Builds a site that leads to the files, leaves out those that are refused, and gives what is published of the rest.
fn published(files: &[(String, Vec<u8>)]) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let refused = found(&site(files), "P016");
    let rest: Vec<_> = files.iter().filter(|(name, _)| !refused.contains(name)).cloned().collect();
    let space = site(&rest);
    space.build().expect(0, &[]);
    let read = |(name, _): &(String, Vec<u8>)| {
        let bytes = std::fs::read(space.path("public/reviews").join(name)).unwrap();
        (name.clone(), bytes)
    };
    (rest.iter().map(read).collect(), refused)
}

fn drawing(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xmlns:h=\"http://www.w3.org/1999/xhtml\">{inside}</svg>"
    )
}

/// The ways in which an address can be written so that a browser reads `javascript:zrun()` or goes elsewhere.
fn addresses() -> Vec<String> {
    let scripts =
        ["javascript:", "JaVaScRiPt:", "&#106;avascript:", "&#x6A;avascript:", "java&#9;script:", " javascript:"];
    let mut addresses: Vec<String> = scripts.iter().map(|scheme| format!("{scheme}{RUN}")).collect();
    addresses.push(format!("&#1;javascript:{RUN}"));
    addresses.push(format!("data:text/html,&lt;script>{RUN}&lt;/script>"));
    addresses.push(format!("data:image/svg+xml,%3Csvg onload='{RUN}'/%3E").replace('\'', "&quot;"));
    addresses.extend([HOST.to_owned(), "//zhost.example/".to_owned(), "zhost.svg#x".to_owned()]);
    addresses
}

/// Parts of drawings: every address in every attribute that leads somewhere, as it is, by another prefix, and set by an animation.
fn by_address() -> Vec<String> {
    let mut drawings = Vec::new();
    for address in addresses() {
        for element in ["a", "use", "image", "feImage", "script", "linearGradient", "textPath", "mpath", "animate"] {
            for attribute in ["href", "xlink:href", "src", "data", "formaction", "ping", "xml:base"] {
                drawings.push(format!("<{element} {attribute}=\"{address}\"/>"));
            }
            drawings.push((format!("<{element} xmlns:q=\"http://www.w3.org/1999/xlink\" q:href=\"{address}\"/>")));
            for animation in ["set", "animate", "animateTransform"] {
                for name in ["href", "xlink:href", "onclick", "style"] {
                    drawings.push(format!(
                        "<{element}><{animation} attributeName=\"{name}\" to=\"{address}\" values=\"{address}\"/></{element}>"
                    ));
                }
            }
        }
        for element in ["iframe", "object", "embed", "form", "img", "link", "meta", "base", "video", "table", "button"]
        {
            let attributes =
                ["src", "data", "href", "action", "formaction", "srcdoc", "content", "background", "poster"];
            let attributes: String = attributes.iter().map(|name| format!(" {name}=\"{address}\"")).collect();
            drawings.push(format!("<foreignObject><h:{element}{attributes}/></foreignObject>"));
            drawings.push(format!("<h:{element}{attributes}/>"));
            drawings.push(format!("<desc><h:{element}{attributes}/></desc>"));
        }
    }
    drawings
}

/// Parts of drawings: every way in which a style can fetch, in every place where a style can stand.
fn by_style() -> Vec<String> {
    let values = [
        format!("url({HOST})"),
        format!("url('{HOST}')"),
        format!("URL( {HOST} )"),
        format!("u\\72l({HOST})"),
        format!("\\75 rl({HOST})"),
        format!("image-set('{HOST}' 1x)"),
        format!("-webkit-image-set(url({HOST}) 1x)"),
        format!("image('{HOST}')"),
        format!("cross-fade(url({HOST}),red)"),
        format!("src('{HOST}')"),
        format!("red url({HOST}"),
        format!("url(#a{HOST}"),
        format!("calc(1px + url({HOST}))"),
    ];
    let mut drawings = Vec::new();
    for value in &values {
        for sheet in [
            format!("a{{fill:{value}}}"),
            format!("@media print{{a{{background:{value}}}}}"),
            format!("@import {value};"),
            format!("@\\69mport {value};"),
            format!("@import '{HOST}';"),
            format!("@font-face{{font-family:x;src:{value}}}"),
            format!("@namespace {value};a{{--b:{value};fill:var(--b)}}"),
            format!("/* */a{{fill:/**/{value}}}"),
        ] {
            drawings.push(format!("<style>{sheet}</style>"));
            drawings.push(format!("<style><![CDATA[{sheet}]]></style>"));
            drawings.push(format!("<h:style>{sheet}</h:style>"));
        }
        for attribute in ["style", "fill", "filter", "mask", "cursor", "marker-end", "clip-path", "font-family"] {
            let style = if attribute == "style" { format!("a:b;fill:{value}") } else { value.clone() };
            drawings.push(format!("<rect {attribute}=\"{style}\"/>"));
            drawings.push(format!("<animate attributeName=\"{attribute}\" from=\"{style}\"/>"));
        }
        drawings.push(format!("<foreignObject><h:div style=\"background:{value}\">x</h:div></foreignObject>"));
    }
    drawings
}

/// What needs no address: scripts and handlers by every spelling, and what a parser does before it reads an element.
fn by_markup() -> Vec<String> {
    let mut drawings = Vec::new();
    for name in ["onload", "onclick", "onbegin", "onend", "onerror", "ONLOAD", "onfocusin"] {
        for element in ["svg", "g", "rect", "image", "animate", "title", "text", "foreignObject", "style"] {
            drawings.push(drawing(&format!("<{element} {name}=\"{RUN}\"/>")));
        }
        drawings.push(format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {name}=\"{RUN}\"/>"));
    }
    for script in [format!("<script>{RUN}</script>"), format!("<script type='module'><![CDATA[{RUN}]]></script>")] {
        let prefixed = script.replace("<script", "<s:script").replace("</script", "</s:script");
        let spaced = prefixed.replacen("<s:script", "<s:script xmlns:s=\"http://www.w3.org/2000/svg\"", 1);
        let html = script.replace("<script", "<h:script").replace("</script", "</h:script");
        for script in
            [&script, &spaced, &html, &script.replace("script", "SCRIPT"), &script.replace("script", "handler")]
        {
            for around in ["g", "title", "desc", "metadata", "defs", "style", "foreignObject", "h:div", "x:y", "text"] {
                drawings.push(drawing(&format!("<{around}>{script}</{around}>")));
            }
        }
    }
    for start in [
        format!("<?xml-stylesheet href=\"{HOST}\" type=\"text/xsl\"?>"),
        format!("<!DOCTYPE svg SYSTEM \"{HOST}\">"),
        format!("<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"{RUN}\">]>"),
        format!("<!DOCTYPE svg [<!ENTITY % x SYSTEM \"{HOST}\"> %x;]>"),
        "<?xml version=\"1.0\" encoding=\"utf-7\"?>".to_owned(),
        format!("<!-- {RUN} -->"),
    ] {
        drawings.push(format!("{start}{}", drawing("<rect/>")));
    }
    for entity in [
        format!("\"&#60;script xmlns='http://www.w3.org/2000/svg'&#62;{RUN}&#60;/script&#62;\""),
        format!("\"&lt;script>{RUN}&lt;/script>\""),
        format!("SYSTEM \"{HOST}\""),
        format!("\"&#38;#60;script>{RUN}\""),
    ] {
        drawings.push(format!("<!DOCTYPE svg [<!ENTITY x {entity}>]>{}", drawing("&x;")));
    }
    drawings
}

/// What may stand in the drawings above once they are clean.
const ELEMENTS: &str = "a animate animateTransform button defs desc div feImage foreignObject g image linearGradient mpath rect style \
                        svg table text textPath title use";
const ATTRIBUTES: &str =
    "attributeName style fill filter mask cursor marker-end clip-path font-family href xlink:href xmlns xmlns:xlink";

/// Asserts that a drawing is well formed, and that nothing in it runs, fetches or leads elsewhere.
fn check(clean: &[u8], from: &str) {
    let text = std::str::from_utf8(clean).unwrap();
    for marker in ["zrun", "zhost", "javascript", "ENTITY", "<!", "<?", "\\"] {
        assert!(!text.contains(marker), "{marker} in {text} from {from}");
    }
    let mut reader = NsReader::from_str(text);
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {text} from {from}")) {
            Event::Eof => break,
            Event::End(_) => depth -= 1,
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {}
            event @ (Event::Start(_) | Event::Empty(_)) => {
                depth += i32::from(matches!(event, Event::Start(_)));
                let (Event::Start(start) | Event::Empty(start)) = event else { unreachable!() };
                let name = start.name().as_ref().to_owned();
                assert!(ELEMENTS.split(' ').any(|known| known == name), "<{name}> in {text} from {from}");
                for attribute in start.attributes() {
                    let key = attribute.unwrap().key.as_ref().to_owned();
                    assert!(ATTRIBUTES.split(' ').any(|known| known == key), "{key} in {text} from {from}");
                }
            }
            other => panic!("{other:?} in {text} from {from}"),
        }
    }
    assert_eq!(depth, 0, "{text} from {from}");
}

#[test]
fn no_drawing_runs_or_fetches() {
    let parts = [by_address(), by_style()].concat();
    assert!(parts.len() > 1500, "only {} parts", parts.len());
    let mut drawings: Vec<String> = parts.chunks(20).map(|parts| drawing(&parts.concat())).collect();
    drawings.extend(by_markup());
    let files: Vec<_> =
        drawings.iter().enumerate().map(|(n, text)| (format!("a{n}.svg"), text.clone().into_bytes())).collect();
    let (published, refused) = published(&files);
    assert_eq!(published.len() + refused.len(), files.len());
    assert!(refused.len() < 10, "{refused:?}");
    for (name, clean) in &published {
        let number: usize = name[1..name.len() - 4].parse().unwrap();
        check(clean, &drawings[number]);
    }
}
