//! Files beside reviews: only what may stay in them is published.

mod picture;

use std::fmt::Write;

use quick_xml::events::Event;
use quick_xml::reader::NsReader;

use self::picture::{after, pngs};
use crate::support::TestSite;

/// What runs, and where to it is told: neither may stand in anything that is published.
const RUN: &str = "zrun()";
const HOST: &str = "http://zhost.example/";

/// A site whose review leads to each of the files, and its folder of reviews in the output.
fn site(files: &[(String, Vec<u8>)]) -> TestSite {
    let space = TestSite::site();
    let mut links = String::from("## Root cause\n");
    for (name, bytes) in files {
        space.write(&format!("content/reviews/{name}"), bytes);
        write!(links, "\n[the file {name}]({name})\n").unwrap();
    }
    space.edit("## Root cause\n", &links);
    space
}

/// The names of files that a rule found something in.
fn found(space: &TestSite, code: &str) -> Vec<String> {
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
            drawings.push(format!("<{element} xmlns:q=\"http://www.w3.org/1999/xlink\" q:href=\"{address}\"/>"));
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

#[test]
#[allow(clippy::too_many_lines, reason = "a table of cases")]
fn other_kinds_of_files_are_named() {
    let zip = b"PK\x03\x04\x14\0docProps/core.xml";
    let media = b"\0\0\0\x18ftypmp42";
    let files: Vec<(&str, &[u8])> = vec![
        ("a.docx", zip),
        ("a.xlsx", zip),
        ("a.pptx", zip),
        ("a.odt", zip),
        ("a.epub", zip),
        ("a.zip", zip),
        ("a.jar", zip),
        ("a.sketch", zip),
        ("a.pages", zip),
        ("a.doc", b"\xd0\xcf\x11\xe0"),
        ("a.rtf", b"{\\rtf1"),
        ("a.pdf", b"%PDF-1.7"),
        ("a.ps", b"%!PS"),
        ("a.psd", b"8BPS"),
        ("a.xcf", b"gimp xcf file"),
        ("a.fig", b"fig-kiwi"),
        ("a.ai", b"%PDF-1.5"),
        ("a.mp3", b"ID3\x03"),
        ("b.mp3", b"\xff\xfb\x90"),
        ("a.wav", b"RIFF\0\0\0\0WAVE"),
        ("a.ogg", b"OggS\0"),
        ("a.flac", b"fLaC"),
        ("a.m4a", media),
        ("a.mp4", media),
        ("a.mov", b"\0\0\0\x18moov"),
        ("a.webm", b"\x1aE\xdf\xa3"),
        ("a.avi", b"RIFF\0\0\0\0AVI "),
        ("a.wmv", b"\x30\x26\xb2\x75"),
        ("a.avif", b"\0\0\0\x1cftypavif"),
        ("a.heic", b"\0\0\0\x1cftypheic"),
        ("a.tiff", b"II*\0"),
        ("b.tiff", b"MM\0*"),
        ("a.bmp", b"BM\0\0\0\0"),
        ("a.jxl", b"\xff\x0a"),
        ("a.jp2", b"\0\0\0\x0cjP  "),
        ("a.gz", b"\x1f\x8b"),
        ("a.7z", b"7z\xbc\xaf"),
        ("a.rar", b"Rar!"),
        ("a.xz", b"\xfd7zXZ"),
        ("a.sqlite", b"SQLite format 3\0"),
        ("a.pcap", b"\xd4\xc3\xb2\xa1"),
        ("a.pcapng", b"\x0a\x0d\x0d\x0a"),
        ("a.parquet", b"PAR1\0"),
        ("a.exe", b"MZ\x90"),
        ("a.elf", b"\x7fELF"),
        ("a.har", b"{}"),
        ("a.log", b"GET /"),
        ("a.html", b"<script>"),
        ("a.xml", b"<svg/>"),
        ("a.yaml", b"a: b"),
        ("a.eml", b"From: a"),
        ("a.sh", b"#!/bin/sh"),
        ("a.unknown", b"words"),
        ("noending", b"words"),
        ("b.DOCX", zip),
        // What the name says is not so.
        ("c.csv", zip),
        ("c.txt", b"a\0b"),
        ("c.pdf", zip),
        ("c.json", b"SQLite format 3\0"),
    ];
    let owned: Vec<_> = files.iter().map(|(name, start)| ((*name).to_owned(), after(start))).collect();
    let space = site(&owned);
    let named = found(&space, "P014");
    let missing: Vec<_> =
        files.iter().map(|(name, _)| *name).filter(|name| !named.contains(&(*name).to_owned())).collect();
    assert!(missing.is_empty(), "{missing:?} are not named");
    // A site may list endings, in whatever way they are written; a name that says something else is named all the same.
    let settings =
        "title = \"Sample\"\nbase_url = \"https://example.org/\"\nallowed_files = [\"PDF\", \".docx\", \"csv\"]\n";
    space.write("casebook.toml", settings);
    let named = found(&space, "P014");
    for (name, is_named) in
        [("a.pdf", false), ("a.docx", false), ("b.DOCX", false), ("c.csv", true), ("c.pdf", true), ("a.zip", true)]
    {
        assert_eq!(named.contains(&name.to_owned()), is_named, "{name}");
    }
    space.write("casebook.toml", settings.replace("\"csv\"", "\"a/b\", \"\""));
    space.check().expect(1, &["`a/b` is no ending", "an item of `allowed_files` is empty", "casebook.toml:3:"]);
}

#[test]
fn plain_texts_and_files_of_a_website_are_not_named() {
    let files = [("a.csv", "a;b"), ("a.tsv", "a\tb"), ("a.txt", "MZ, and BM"), ("a.json", "{}")];
    let files: Vec<_> = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).to_vec();
    let space = site(&files);
    for (name, bytes) in [("CNAME", &b"a.example"[..]), ("a.html", b"<p>"), ("a.woff2", b"wOF2\0"), ("a.xml", b"<a/>")]
    {
        space.write(&format!("static/{name}"), bytes);
    }
    let run = space.check();
    assert!(!run.out.contains("P014") && !run.out.contains("P016"), "{}", run.out);
    space.write("static/plan.docx", b"PK\x03\x04");
    space.write("static/film.mp4", b"\0\0\0\x18ftypmp42");
    space.write("static/logo.svgz", b"\x1f\x8b");
    let run = space.check();
    for name in ["plan.docx", "film.mp4", "logo.svgz"] {
        assert!(
            run.out.lines().any(|line| line.starts_with(&format!("static/{name}")) && line.contains("P014")),
            "{name}"
        );
    }
}

#[test]
fn markers_in_files_that_are_published_as_they_are_stop_the_build() {
    let says = "this marks a passage as internal, and the file is published with all of it";
    for name in ["a.csv", "a.txt", "a.json", "a.tsv"] {
        for (text, line) in [
            ("a,b\n<!-- internal -->c<!-- /internal -->,1\n", "line 2"),
            ("<!-- private -->,1\n", "line 1"),
            ("a\n\n<!-- /internal -->,1\n", "line 3"),
        ] {
            let space = site(&[(name.to_owned(), text.as_bytes().to_vec())]);
            space.build().expect(1, &["P001", &format!("`content/reviews/{name}`, {line}: {says}")]);
            assert!(!space.path("public").join("index.html").exists());
        }
        let space = site(&[(name.to_owned(), b"a,internal\n<!-- a note -->,1\n".to_vec())]);
        assert!(!space.check().out.contains("P001"), "{name}");
    }
    let space = TestSite::site();
    // Nothing leads to it.
    space.write("content/reviews/a.csv", "<!-- internal -->");
    assert!(!space.check().out.contains("P001"));
    for name in ["static/a.txt", "static/a.html"] {
        space.write(name, "a\n<!-- internal -->b<!-- /internal -->\n");
        space.check().expect(1, &["P001", name, &format!("line 2: {says}")]);
        space.write(name, "a\n");
    }
}

#[test]
fn pictures_that_nobody_can_read_stop_the_build() {
    let deep = |depth: usize| format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth));
    let laughs: String = (1..30).map(|n| format!("<!ENTITY a{n} \"&a{0};&a{0};\">", n - 1)).collect();
    let long = format!(
        "<!DOCTYPE svg [<!ENTITY a \"{}\">]>{}",
        "x".repeat(4000),
        drawing(&"<text>&a;&a;&a;</text>".repeat(9000))
    );
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("deep.svg", drawing(&deep(1000)).into_bytes()),
        ("deeper.svg", drawing(&deep(100_000)).into_bytes()),
        ("laughs.svg", format!("<!DOCTYPE svg [<!ENTITY a0 \"ha\">{laughs}]>{}", drawing("&a29;")).into_bytes()),
        ("long.svg", long.into_bytes()),
        ("open.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><g>".to_vec()),
        (
            "latin.svg",
            b"<?xml version='1.0' encoding='latin1'?><svg xmlns='http://www.w3.org/2000/svg'>\xe9</svg>".to_vec(),
        ),
        ("packed.svgz", b"\x1f\x8b\x08".to_vec()),
        ("cut.png", pngs()[0][..60].to_vec()),
        ("cut.gif", b"GIF89a\x01\0\x01\0\0\0\0\x2c".to_vec()),
        ("cut.webp", b"RIFF\xff\0\0\0WEBPVP8L".to_vec()),
        ("cut.ico", b"\0\0\x01\0\x09\0\x10\x10".to_vec()),
        // What the name says is not so, and the name says that what is hidden was taken out.
        ("zip.png", b"PK\x03\x04".to_vec()),
        ("pdf.jpg", b"%PDF".to_vec()),
        ("svg.gif", b"<svg/>".to_vec()),
        ("words.PNG", b"words".to_vec()),
        ("none.webp", Vec::new()),
    ];
    let owned: Vec<_> = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
    let space = site(&owned);
    let refused = found(&space, "P016");
    for (name, _) in &files {
        assert!(refused.contains(&(*name).to_owned()), "{name} is not refused");
    }
    space.build().expect(1, &["unreadable-picture"]);
    assert!(!space.path("public").join("index.html").exists());
    // Many attributes, names and tables of namespaces are ordinary work.
    let many: String = (0..50_000).map(|n| format!(" a{n}=\"x\"")).collect();
    let plain = drawing(&format!("<g{many}><rect width=\"1\"/></g>"));
    let (published, refused) = published(&[("many.svg".to_owned(), plain.into_bytes())]);
    assert!(refused.is_empty());
    assert!(published[0].1.len() < 200);
}

#[cfg(target_os = "linux")]
#[test]
fn a_picture_that_is_too_long_is_not_read() {
    let space = site(&[("long.png".to_owned(), b"\x89PNG\r\n\x1a\n".to_vec())]);
    // Longer than all the memory that the program gets; on the disk it takes none.
    let file = std::fs::OpenOptions::new().write(true).open(space.path("content/reviews/long.png")).unwrap();
    file.set_len(20 * 1024 * 1024 * 1024).unwrap();
    let program = env!("CARGO_BIN_EXE_casebook");
    let script = format!("ulimit -v 8000000; exec '{program}' check --format concise --now {}", crate::support::TODAY);
    let run = std::process::Command::new("sh").args(["-c", &script]).current_dir(space.path("")).output().unwrap();
    let out = String::from_utf8_lossy(&run.stdout);
    assert!(out.contains("P016") && out.contains("20480 MB, and no more than 64"), "{run:?}");
}

#[test]
fn a_secret_in_a_plain_text_stops_the_build() {
    // In parts, so that nobody takes it for a real one.
    let token = format!("ghp{}", "_q7Zt2Kx9Lw4Rv8Nb3Mc6Yd1Pf5Hg0JsAuEi7");
    for name in ["a.csv", "a.txt", "a.json", "a.tsv"] {
        let text = format!("a\nb\n{token}, c\n");
        let space = site(&[(name.to_owned(), text.into_bytes())]);
        let run = space.check();
        let message = format!("`content/reviews/{name}`, line 3: a GitHub token");
        assert!(run.out.contains("P002") && run.out.contains(&message), "{}", run.out);
        assert!(!run.out.contains(&token) && !run.err.contains(&token), "the finding repeats the secret");
        // Nobody publishes a file that no text leads to.
        space.edit(&format!("({name})"), "(https://example.org/)");
        assert!(!space.check().out.contains("P002"), "{name}");
    }
}

#[test]
fn texts_that_are_published_without_a_link_are_searched_as_well() {
    let token = format!("ghp{}", "_q7Zt2Kx9Lw4Rv8Nb3Mc6Yd1Pf5Hg0JsAuEi7");
    let space = TestSite::site();
    let check = |name: &str, text: &str, code: &str| {
        space.write(name, text);
        let run = space.check();
        let is_found = run.out.lines().any(|line| line.starts_with(&format!("{name}:1:1: error[{code} ")));
        space.write(name, "a");
        is_found && run.code == 1
    };
    for ending in ["css", "geojson", "ics", "js", "json", "md", "mjs", "txt", "webmanifest", "xml", "yaml"] {
        let name = format!("static/a.{ending}");
        assert!(check(&name, "a\n/* <!-- internal --> */\n", "P001"), "{name}");
        assert!(check(&name, &format!("a\nb = {token}\n"), "P002"), "{name}");
        assert!(!check(&name, "while (n --> 0) { a = b--; }\n", "P001"), "{name}");
    }
    for name in
        ["static/a", "themes/default/assets/a.js", "themes/default/assets/a.toml", "themes/default/templates/page.html"]
    {
        assert!(check(name, "a\n/* <!-- internal --> */\n", "P001"), "{name}");
        assert!(check(name, &format!("a\nb = {token}\n"), "P002"), "{name}");
    }
    std::fs::remove_dir_all(space.path("themes")).unwrap();
    // Words and values of code look like anything.
    for (name, is_document) in [("static/a.txt", true), ("static/a.json", true), ("static/a.js", false)] {
        assert_eq!(check(name, "{\"password\": \"hunter2!Gx9\"}", "P005"), is_document, "{name}");
    }
    space.write("themes/default/assets/og-image.png", "words");
    space.check().expect(1, &["themes/default/assets/og-image.png:1:1: error[P016 unreadable-picture]"]);
}

#[test]
fn a_text_that_is_too_long_to_be_searched_is_named() {
    let space = TestSite::site();
    let long = format!("{}<!-- internal -->", "a\n".repeat(2_500_000));
    space.write("static/a.csv", &long);
    let run = space.run(&["check"]);
    run.expect(0, &["kept-metadata", "static/a.csv", "no text over 4 MB is searched"]);
    space.write("static/a.csv", "a");
    space.write("static/a.svg", drawing(&format!("<!-- {} --><!-- internal --><text>a</text>", "a".repeat(5_000_000))));
    space.check().expect(1, &["static/a.svg:1:1: error[P001 "]);
}

#[test]
fn what_stands_in_a_drawing_is_searched_before_its_comments_go() {
    let token = format!("ghp{}", "_q7Zt2Kx9Lw4Rv8Nb3Mc6Yd1Pf5Hg0JsAuEi7");
    let internal = drawing("<!-- internal --><text>words</text><!-- /internal -->");
    let secret = drawing(&format!("<text>{token}</text>"));
    for (text, code) in [(internal, "P001"), (secret, "P002")] {
        let space = site(&[("a.svg".to_owned(), text.clone().into_bytes())]);
        let run = space.build();
        run.expect(1, &[code, "`content/reviews/a.svg`, line 1"]);
        let space = TestSite::site();
        space.write("static/a.svg", text);
        space.check().expect(1, &[&format!("static/a.svg:1:1: error[{code} ")]);
    }
    let (_, found) = published(&[("a.svg".to_owned(), drawing("<!-- a note --><text>words</text>").into_bytes())]);
    assert!(found.is_empty(), "{found:?}");
}
