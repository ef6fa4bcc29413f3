//! Pictures with a canary in each place that is not seen.

use super::{drawing, published};

/// What stands where nobody sees it.
const CANARY: &[u8] = b"zqxcanary";

/// A canary behind something else.
pub(super) fn after(start: &[u8]) -> Vec<u8> {
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
    for (name, start, length) in [(b"desc", 168_u32, 21_u32), (b"rTRC", 192, 23), (b"DevS", 216, 19)] {
        bytes.extend([&name[..], &start.to_be_bytes(), &length.to_be_bytes()].concat());
    }
    bytes.extend(after(b"desc\0\0\0\0\0\0\0\x09"));
    bytes.extend(b"\0\0\0");
    bytes.extend(after(b"curv\0\0\0\0\0\0\0\x01\x02\x33"));
    bytes.extend(b"\0");
    bytes.extend(after(b"mft2\0\0\0\0\0\0"));
    bytes
}

/// PNG with a canary in each place that is no pixel.
pub(super) fn pngs() -> Vec<Vec<u8>> {
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
