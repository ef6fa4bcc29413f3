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
fn raw_html_becomes_text() {
    check("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    check("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
    check("a <!-- note --> b", "<p>a  b</p>");
    check("<!-- a\n\nb -->\n\nc", "<p>c</p>");
    check("<!-- a --> <i>b</i>", "<p>&lt;i&gt;b&lt;/i&gt;</p>");
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
        "<h3 id=\"a-b\">A b <a class=\"anchor\" href=\"#a-b\" aria-label=\"Link to this section\">#</a></h3>\n<h3 id=\"a-b-2\">A b <a class=\"anchor\" href=\"#a-b-2\" aria-label=\"Link to this section\">#</a></h3>",
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
    assert_eq!(inline("a `b` <i>\n\nc", &links), "a <code>b</code> &lt;i&gt; c");
}
