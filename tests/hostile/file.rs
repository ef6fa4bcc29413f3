//! Files beside reviews: only what may stay in them is published.

use std::fmt::Write;

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

/// What stands where nobody sees it.
const CANARY: &[u8] = b"zqxcanary";

/// A canary behind something else.
fn after(start: &[u8]) -> Vec<u8> {
    [start, CANARY].concat()
}

fn chunk(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(contents.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(contents);
    // The checksum. The program writes each anew and does not rely on those of the file.
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[4..]);
    bytes.extend(crc.sum().to_be_bytes());
    bytes
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::ZlibEncoder::new(bytes, flate2::Compression::fast()), &mut packed)
        .unwrap();
    packed
}

/// A colour profile that says more than colours.
fn profile() -> Vec<u8> {
    let mut bytes = vec![0; 128];
    bytes[8] = 2;
    bytes[36..40].copy_from_slice(b"acsp");
    bytes[48..57].copy_from_slice(CANARY);
    bytes.extend(3_u32.to_be_bytes());
    for (name, start, length) in [(b"desc", 168_u32, 21_u32), (b"rTRC", 192, 23), (b"mmod", 168, 21)] {
        bytes.extend([&name[..], &start.to_be_bytes(), &length.to_be_bytes()].concat());
    }
    bytes.extend(after(b"desc\0\0\0\0\0\0\0\x09"));
    bytes.extend(b"\0\0\0");
    bytes.extend(after(b"curv\0\0\0\0\0\0\0\x01\x02\x33"));
    bytes
}

/// PNG with a canary in each place that is no pixel.
fn pngs() -> Vec<Vec<u8>> {
    let start = b"\x89PNG\r\n\x1a\n".to_vec();
    let head = chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    let pixels = packed(b"\0\0");
    let (data, end) = (chunk(b"IDAT", &pixels), chunk(b"IEND", b""));
    let with = |before: Vec<u8>, data: &[u8], behind: Vec<u8>| [&start[..], &head, &before, data, &behind].concat();
    let mut pictures = Vec::new();
    let kinds: [&[u8; 4]; 12] =
        [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf", b"sPLT", b"prVt", b"caBX", b"gAMA", b"pHYs", b"cHRM", b"hIST"];
    for kind in kinds {
        let extra = chunk(kind, &after(b"MM\0*\0\0\0\x08name\0\0"));
        pictures.push(with(extra.clone(), &data, end.clone()));
        pictures.push(with(Vec::new(), &data, [extra, end.clone()].concat()));
    }
    let named = [&after(b"")[..], b"\0\0", &packed(&profile())].concat();
    pictures.push(with(chunk(b"iCCP", &named), &data, end.clone()));
    pictures.push(with(Vec::new(), &chunk(b"IDAT", &after(&pixels)), end.clone()));
    pictures.push(with(Vec::new(), &[&data[..], &chunk(b"IDAT", CANARY)].concat(), end.clone()));
    pictures.push(with(Vec::new(), &data, after(&end)));
    pictures.push(with(Vec::new(), &data, chunk(b"IEND", CANARY)));
    pictures
}

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    [&[0xff, marker], &u16::try_from(contents.len() + 2).unwrap().to_be_bytes()[..], contents].concat()
}

/// JPEG with a canary in each segment that draws nothing, in the rest of those that do, between and behind them.
fn jpegs() -> Vec<Vec<u8>> {
    let (start, end) = (b"\xff\xd8".to_vec(), b"\xff\xd9".to_vec());
    let frame = segment(0xc0, b"\x08\0\x01\0\x01\x01\x01\x11\0");
    let scan = [&segment(0xda, b"\x01\x01\0\0\x3f\0")[..], b"\x12\xff\0\x34"].concat();
    let with = |before: &[u8], behind: &[u8]| [&start[..], before, &frame, behind, &scan, &end].concat();
    let mut pictures = Vec::new();
    for marker in (0xe0..=0xef).chain(0xf0..=0xfe).chain([0x02, 0xbf, 0xc8, 0xde, 0xdf]) {
        let contents: [&[u8]; 7] = [
            b"",
            b"JFIF\0\x01\x02\0\0\x01\0\x01\x03\x01",
            b"JFXX\0\x10",
            b"Exif\0\0MM\0*\0\0\0\x08",
            b"http://ns.adobe.com/xap/1.0/\0",
            b"MPF\0",
            b"Adobe\0\x64\0\0\0\0\x01",
        ];
        for contents in contents {
            pictures.push(with(&segment(marker, &after(contents)), b""));
        }
    }
    let profile = profile();
    let (first, second) = profile.split_at(100);
    let pieces =
        [(1, first), (2, second)].map(|(n, piece)| segment(0xe2, &[b"ICC_PROFILE\0", &[n, 2][..], piece].concat()));
    pictures.push(with(&pieces.concat(), b""));
    pictures.push(with(&segment(0xe2, &after(b"ICC_PROFILE\0\x01\x01")), b""));
    pictures.push(with(&after(&segment(0xdb, &[0; 65])), b""));
    pictures.push(with(b"", CANARY));
    for exact in [&b"\xc0\x08\0\x01\0\x01\x01\x01\x11\0"[..], b"\xdd\0\x04", b"\xda\x01\x01\0\0\x3f\0"] {
        pictures.push(with(b"", &segment(exact[0], &after(&exact[1..]))));
    }
    pictures.push(with(b"", &segment(0xc4, &after(&[0; 17]))));
    pictures.push(with(b"", &segment(0xdb, &after(&[0; 65]))));
    pictures.push(after(&with(b"", b"")));
    pictures.push([with(b"", b""), with(&segment(0xfe, CANARY), b"")].concat());
    pictures.push([with(b"", b""), after(b"\0\0\0\x18ftypmp42")].concat());
    pictures
}

fn riff(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
    let mut bytes = [&kind[..], &u32::try_from(contents.len()).unwrap().to_le_bytes(), contents].concat();
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    bytes
}

/// WebP and GIF, the same.
fn others() -> Vec<Vec<u8>> {
    let head = riff(b"VP8X", &[0b10_1100, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let picture = riff(b"VP8L", b"\x2f\0\0\0\0");
    let webp = |chunks: &[&[u8]]| riff(b"RIFF", &[b"WEBP", &chunks.concat()[..]].concat());
    let mut pictures = Vec::new();
    for kind in [b"EXIF", b"XMP ", b"UNKN", b"C2PA"] {
        pictures.push(webp(&[&head, &picture, &riff(kind, &after(b"MM\0*"))]));
        let frame = [&[0; 16][..], &riff(kind, CANARY), &picture].concat();
        pictures.push(webp(&[&head, &riff(b"ANMF", &frame)]));
    }
    pictures.push(webp(&[&head, &riff(b"ICCP", &profile()), &picture]));
    pictures.push(webp(&[&head, &riff(b"ICCP", CANARY), &picture]));
    pictures.push(webp(&[&riff(b"VP8X", &after(&[0; 10])), &picture]));
    pictures.push(webp(&[&head, &riff(b"ANIM", &after(&[0; 6])), &picture]));
    pictures.push(after(&webp(&[&head, &picture])));
    let gif = |extra: &[u8], end: &[u8]| {
        [b"GIF89a\x01\0\x01\0\0\0\0", extra, b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x01\x44\0", end].concat()
    };
    let block = [&[9][..], CANARY, b"\0"].concat();
    for start in [
        &b"\x21\xfe"[..],
        b"\x21\x01\x0c\0\0\0\0\0\0\0\0\0\0\0\0",
        b"\x21\xff\x0bXMP DataXMP",
        b"\x21\xff\x0bICCRGBG1012",
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0",
        b"\x21\xff\x0bNETSCAPE2.0",
        b"\x21\xf9\x04\0\0\0\0",
        b"\x21\xce",
    ] {
        pictures.push(gif(&[start, &block].concat(), b"\x3b"));
    }
    pictures.push(gif(b"", &after(b"\x3b")));
    pictures
}

/// Drawings with a canary in each place that is not seen.
fn drawings() -> Vec<Vec<u8>> {
    let canary = std::str::from_utf8(CANARY).unwrap();
    let mut drawings: Vec<String> = [
        "<!-- zqxcanary -->",
        "<?app zqxcanary?>",
        "<metadata>zqxcanary</metadata>",
        "<metadata><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">zqxcanary</r:RDF></metadata>",
        "<i:pgf xmlns:i=\"http://ns.adobe.com/AdobeIllustrator/10.0/\">zqxcanary</i:pgf>",
        "<i:pgf>zqxcanary</i:pgf>",
        "<g xmlns:a=\"urn:a\" a:label=\"zqxcanary\"/>",
        "<g xmlns:a=\"urn:zqxcanary\"/>",
        "<g inkscape:label=\"zqxcanary\" sketch:type=\"zqxcanary\"/>",
        "<g data-name=\"zqxcanary\" serif:id=\"zqxcanary\"/>",
        "<g>zqxcanary<rect/></g>",
        "<defs>zqxcanary</defs>",
        "<g><![CDATA[zqxcanary]]></g>",
        "<style>/* zqxcanary */a{b:c}</style>",
        "<rect style=\"/* zqxcanary */fill:red\"/>",
        "<diagram>zqxcanary</diagram>",
        "<foreignObject><b xmlns=\"urn:b\">zqxcanary</b></foreignObject>",
        "<image xlink:role=\"zqxcanary\" xlink:title=\"zqxcanary\"/>",
        "<svg content=\"zqxcanary\"/>",
    ]
    .map(drawing)
    .to_vec();
    drawings.push(format!("<!DOCTYPE svg [<!ENTITY a \"{canary}\">]>{}", drawing("")));
    drawings.push(format!("<!-- {canary} -->{}<!-- {canary} --><?a {canary}?>", drawing("")));
    drawings.push(format!("<svg xmlns=\"http://www.w3.org/2000/svg\" content=\"&lt;mxfile&gt;{canary}\"/>"));
    drawings.into_iter().map(String::into_bytes).collect()
}

/// A picture as the address of a picture in a drawing, in both ways of writing it.
fn embedded(picture: &[u8]) -> [Vec<u8>; 2] {
    use base64::Engine;
    let packed = base64::engine::general_purpose::STANDARD.encode(picture);
    let written: String = picture.iter().map(|byte| format!("%{byte:02x}")).collect();
    let kind = if picture.starts_with(b"<") { "image/svg+xml" } else { "image/png" };
    [format!(";base64,{}\n{}", &packed[..8], &packed[8..]), format!(",{written}")]
        .map(|data| drawing(&format!("<image xlink:href=\"data:{kind}{data}\"/>")).into_bytes())
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// Everything in a file that a canary could stand in, unpacked.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    use base64::Engine;
    let mut all = bytes.to_vec();
    if let Some(data) = std::str::from_utf8(bytes).ok().and_then(|text| text.split(";base64,").nth(1)) {
        let data = data.split('"').next().unwrap();
        all.extend(unpacked(&base64::engine::general_purpose::STANDARD.decode(data).unwrap()));
    }
    if let Some(at) = bytes.windows(4).position(|window| window == b"iCCP") {
        let packed = &bytes[at + 4 + bytes[at + 4..].iter().position(|byte| *byte == 0).unwrap() + 2..];
        std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(packed), &mut all).unwrap();
    }
    all
}

#[test]
fn no_picture_says_more_than_what_is_seen() {
    let mut files = Vec::new();
    for (ending, pictures) in [("png", pngs()), ("jpg", jpegs()), ("webp", others()), ("svg", drawings())] {
        for (number, picture) in pictures.iter().enumerate() {
            assert!(holds(&unpacked(picture), CANARY), "{ending} {number} has lost its canary");
            for (way, drawing) in embedded(picture).into_iter().enumerate() {
                files.push((format!("{ending}{number}-{way}.svg"), drawing));
            }
            files.push((format!("{ending}{number}.{ending}"), picture.clone()));
        }
    }
    assert!(files.len() > 900, "only {} files", files.len());
    let (published, refused) = published(&files);
    // Parts of a picture that are longer than they may be; no other picture is damaged.
    assert_eq!(refused.len(), 5, "{refused:?}");
    for (name, bytes) in &published {
        assert!(!holds(&unpacked(bytes), CANARY), "{name} holds what is not seen: {}", String::from_utf8_lossy(bytes));
        assert!(bytes.len() > 20, "{name} is empty");
    }
    let pictures = published.iter().filter(|(_, bytes)| holds(bytes, b"data:image/")).count();
    assert!(pictures > 500, "only {pictures} drawings kept their picture");
}

#[test]
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
        ("a.DOCX", zip),
        // What the name says is not so.
        ("c.png", zip),
        ("c.jpg", b"%PDF"),
        ("c.csv", zip),
        ("c.txt", b"a\0b"),
        ("c.pdf", zip),
        ("c.gif", b"<svg/>"),
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
        [("a.pdf", false), ("a.docx", false), ("a.DOCX", false), ("c.csv", true), ("c.pdf", true), ("a.zip", true)]
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
fn pictures_that_nobody_can_read_stop_the_build() {
    let deep = format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000));
    let laughs: String = (1..30).map(|n| format!("<!ENTITY a{n} \"&a{0};&a{0};\">", n - 1)).collect();
    let long = format!(
        "<!DOCTYPE svg [<!ENTITY a \"{}\">]>{}",
        "x".repeat(4000),
        drawing(&"<text>&a;&a;&a;</text>".repeat(9000))
    );
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("deep.svg", drawing(&deep).into_bytes()),
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
    let script = format!("ulimit -v 8000000; exec '{program}' check --format concise --now {}", crate::space::TODAY);
    let run = std::process::Command::new("sh").args(["-c", &script]).current_dir(space.path("")).output().unwrap();
    let out = String::from_utf8_lossy(&run.stdout);
    assert!(out.contains("P016") && out.contains("20480 MB, and no more than 64"), "{run:?}");
}
