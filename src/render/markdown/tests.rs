//! What Markdown becomes, and what never gets through.

use super::link::AddressForm;
use super::{Body, BodyOptions, Links, inline};
use crate::site::Site;
use crate::text::{SitePath, Span};

fn check(markdown: &str, html: &str) {
    let site = Site::default();
    let source = SitePath::new("content/reviews/a.md").unwrap();
    let page = SitePath::new("reviews/a.html").unwrap();
    let links = Links::new(&site, &source, Some(&page), AddressForm::From(&page));
    let span = Span::new(0, markdown.len());
    let body = Body::new(markdown, span, &links, &BodyOptions::PLAIN);
    assert_eq!(format!("{}{}", body.html(span), body.footnotes()).trim(), html, "{markdown}");
}

#[test]
fn raw_html_is_what_a_page_may_have() {
    check("<script>alert(1)</script>", "");
    check("a <b onclick=x>b</b>", "<p>a <strong>b</strong></p>");
    check("a <!-- note --> b", "<p>a  b</p>");
    check("<!-- a\n\nb -->\n\nc", "<p>c</p>");
    check("<!-- a --> <i>b</i>", "<p><em>b</em></p>");
    check("<details>\n\n*a*\n\n- b", "<details>\n<p><em>a</em></p>\n<ul>\n<li>b</li>\n</ul>\n</details>");
    check("a <kbd>b</kbd> <name>", "<p>a <kbd>b</kbd> &lt;name&gt;</p>");
    check(
        "<a href=\"https://example.org/x.png\"><img src=\"https://example.org/y.png\" alt=\"c\"></a>",
        "<p><a href=\"https://example.org/x.png\">c</a></p>",
    );
    check("[![c](https://example.org/y.png)](https://example.org/x)", "<p><a href=\"https://example.org/x\">c</a></p>");
}

/// Attempts to smuggle code through: no tag or attribute may be left but those that a page may have.
#[test]
#[allow(clippy::too_many_lines, reason = "most of it is the list of attacks")]
fn attacks_by_html_leave_text() {
    let attacks = [
        "<a href=jav&#x61;script:alert(1)>a</a>",
        "<a href=\"java\tscript:alert(1)\">a</a>",
        "<a href=\" &#14; javascript:alert(1)\">a</a>",
        "<a href='data:text/html;base64,PHNjcmlwdD4='>a</a>",
        "<img src=x onerror=alert(1)>",
        "<img src=`x` onerror=alert(1)>",
        "<img src=\"x\" alt=\"><script>alert(1)</script>\">",
        "<abbr title=\"&quot; onmouseover=&quot;alert(1)\">a</abbr>",
        "<abbr title='\" onmouseover=\"alert(1)'>a</abbr>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg><p><style><g title=\"</style><img src=x onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "<!-- <!-- --> <script>alert(1)</script> -->",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<details open ontoggle=alert(1)>",
        "<details/open/ontoggle=alert(1)>",
        "<p style=\"background:url(javascript:alert(1))\">a",
        "<table background=javascript:alert(1)><tr><td>a",
        "<base href=https://evil.example/><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<a id=__proto__ name=documentElement class=anchor href=#x>a</a>",
        "<ul><li></ul></li></div></main></body></html><script>alert(1)</script>",
        "<textarea><script>alert(1)</script></textarea>",
        "<plaintext><b>a",
        "<xmp><script>alert(1)</script></xmp>",
        "a<b>\n\n</b><i>b *c</i>* <u>",
    ];
    let site = Site::default();
    let source = SitePath::new("content/reviews/a.md").unwrap();
    let links = Links::new(&site, &source, None, AddressForm::Absolute);
    let names = ["p", "b", "strong", "em", "u", "code", "ul", "li", "table", "tbody", "tr", "td", "details", "abbr"];
    let is_value = |value: Option<&str>| value.is_some_and(|value| !value.contains(['"', '<', '>']));
    let is_allowed = |tag: &str| {
        let inside = |start, end| is_value(tag.strip_prefix(start).and_then(|rest: &str| rest.strip_suffix(end)));
        let picture = tag.strip_prefix("img src=\"").and_then(|rest| rest.split_once("\" alt=\""));
        names.contains(&tag.trim_start_matches('/'))
            || ["/a", "a href=\"#x\"", "a href=\"\"", "details open=\"\"", "br"].contains(&tag)
            || inside("abbr title=\"", "\"")
            || picture.is_some_and(|(src, alt)| is_value(Some(src)) && is_value(alt.strip_suffix('"')))
    };
    let is_harmless =
        |html: &str| html.split('<').skip(1).all(|rest| rest.split_once('>').is_some_and(|(tag, _)| is_allowed(tag)));
    for attack in attacks {
        for text in [
            attack.to_owned(),
            format!("a {attack} b"),
            format!("> {attack}\n\n- {attack}"),
            format!("|a|\n|-|\n|{attack}|"),
        ] {
            let body = Body::new(&text, Span::new(0, text.len()), &links, &BodyOptions::PLAIN);
            let table = "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">";
            let own = ["<blockquote>", "</blockquote>", "</div>", "<thead>", "</thead>", "<th>", "</th>", table];
            let html = own.iter().fold(body.html(Span::new(0, text.len())), |html, own| html.replace(own, ""));
            assert!(is_harmless(&html), "{text} becomes {html}");
            let line = inline(&text, &links);
            assert!(is_harmless(&line), "{text} becomes {line}");
        }
    }
}

#[test]
fn addresses_with_other_schemes_are_no_links() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#9;script:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "&#x6a;avascript:x",
    ] {
        check(&format!("[a]({address})"), "<p>a</p>");
        check(&format!("[a](<{address}>)"), "<p>a</p>");
    }
    check("![a](javascript:x)", "<p>a</p>");
    check("[a](https://example.org/?a=1&b=\"2\")", "<p><a href=\"https://example.org/?a=1&amp;b=%222%22\">a</a></p>");
    check("[a](#b)", "<p><a href=\"#b\">a</a></p>");
    check("[a](missing.md)", "<p>a</p>");
    check("![a\"b](https://example.org/x.png)", "<p><a href=\"https://example.org/x.png\">a&quot;b</a></p>");
}

#[test]
fn footnotes_are_numbered_by_reference() {
    check(
        "x[^b] y[^a]\n\n[^a]: one\n[^b]: two",
        "<p>x<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" aria-label=\"Footnote 1\">1</a></sup> \
         y<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\" aria-label=\"Footnote 2\">2</a></sup></p>\n\
         <ol class=\"footnotes\">\n\
         <li id=\"fn-1\"><p>two <a class=\"footnote-back\" href=\"#fnref-1\" aria-label=\"Back to the text\">↩</a></p></li>\n\
         <li id=\"fn-2\"><p>one <a class=\"footnote-back\" href=\"#fnref-2\" aria-label=\"Back to the text\">↩</a></p></li>\n</ol>",
    );
}

#[test]
fn headings_and_code_and_alerts() {
    check(
        "# A b\n\n# A b",
        "<h3 id=\"a-b\">A b <a class=\"anchor\" href=\"#a-b\" aria-label=\"Link to this section\">¶</a></h3>\n<h3 id=\"a-b-2\">A b <a class=\"anchor\" href=\"#a-b-2\" aria-label=\"Link to this section\">¶</a></h3>",
    );
    check(
        "```\"><script>\n<x>\n```",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-script\">&lt;x&gt;\n</code></pre>",
    );
    check("> [!NOTE]\n> a", "<div class=\"alert alert-note\"><p class=\"alert-title\">Note</p>\n<p>a</p>\n</div>");
    check(
        "|a|b|\n|-|-:|\n|c|d|",
        "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table><thead><tr><th>a</th>\
         <th class=\"align-right\">b</th></tr></thead><tbody>\n<tr><td>c</td><td class=\"align-right\">d</td></tr>\n\
         </tbody></table>\n</div>",
    );
    check("~~a~~", "<p><del>a</del></p>");
}

#[test]
fn strings_of_the_front_matter_are_running_text() {
    let site = Site::default();
    let source = SitePath::new("content/reviews/a.md").unwrap();
    let links = Links::new(&site, &source, None, AddressForm::Absolute);
    assert_eq!(inline("a<br>b <ul><li>c</li></ul> <kbd>d</kbd> <details>", &links), "a<br>\nb c <kbd>d</kbd>");
    assert_eq!(inline("a `b` <i>\n\nc", &links), "a <code>b</code> <em> c</em>");
}
