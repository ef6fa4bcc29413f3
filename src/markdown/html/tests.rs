//! What becomes of raw HTML.

use pulldown_cmark::html::push_html;

use crate::diagnostic::{ProblemKind, Problems};
use crate::markdown::markdown_events;
use crate::text::Span;

/// The HTML of a text, and what is left out of it.
fn shown(text: &str) -> (String, Vec<String>) {
    let mut events = markdown_events(text, Span::new(0, text.len()));
    let mut html = String::new();
    let all: Vec<_> = events.by_ref().collect();
    for (_, place) in &all {
        assert!(text.get(place.clone()).is_some(), "{place:?} lies outside {text:?}");
    }
    push_html(&mut html, all.into_iter().map(|(event, _)| event));
    let mut problems = Problems::default();
    events.report(&mut problems);
    let left_out = problems.0.iter().filter(|problem| problem.kind == ProblemKind::HtmlLeftOut);
    (html.trim().to_owned(), left_out.map(|problem| problem.span.slice(text).to_owned()).collect())
}

fn check(text: &str, expected: &str, left_out: &[&str]) {
    let (html, found) = shown(text);
    assert_eq!(html, expected, "{text}");
    assert_eq!(found, left_out, "{text}");
}

#[test]
fn tags_inside_a_line() {
    check("a<br>b <br/> c", "<p>a<br />\nb <br />\n c</p>", &[]);
    check(
        "<b>a</b> <i>b</i> <del>c</del> H<sub>2</sub>O x<sup>2</sup>",
        "<p><strong>a</strong> <em>b</em> <del>c</del> H<sub>2</sub>O x<sup>2</sup></p>",
        &[],
    );
    check(
        "a <kbd class=x>Ctrl</kbd> <abbr title=\"a &quot;b&quot;\">c</abbr>",
        "<p>a <kbd>Ctrl</kbd> <abbr title=\"a &quot;b&quot;\">c</abbr></p>",
        &[],
    );
    check(
        "a <a href=\"https://e.example/?a=1&amp;b=2\" target=_blank>*b*</a>",
        "<p>a <a href=\"https://e.example/?a=1&amp;b=2\"><em>b</em></a></p>",
        &[],
    );
    check("a <img src=x.png width=\"50%\" alt='A chart'>", "<p>a <img src=\"x.png\" alt=\"A chart\" /></p>", &[]);
    check(
        "| a |\n|-|\n| b<br>c <ul><li>d<li>e</ul> |",
        "<table><thead><tr><th>a</th></tr></thead><tbody>\n\
        <tr><td>b<br />\nc <ul><li>d</li><li>e</li></ul></td></tr>\n</tbody></table>",
        &[],
    );
}

#[test]
fn tags_come_in_pairs_inside_their_paragraph() {
    check("a <b>b\n\nc</b> d", "<p>a <strong>b</strong></p>\n<p>c d</p>", &[]);
    check("*a <b>b* c</b>", "<p><em>a <strong>b</strong></em> c</p>", &[]);
    check("<b>a *b</b> c* d", "<p><strong>a <em>b c</em></strong> d</p>", &[]);
    check("a</b></i></kbd></li></p>", "<p>a\n</p>", &[]);
    check("<b>a <i>b</b> c</i>", "<p><strong>a <em>b</em></strong> c</p>", &[]);
    check("a <a href=x>b <a href=y>c</a> d", "<p>a <a href=\"x\">b c</a> d</p>", &[]);
    check("[a <a href=x>b</a>](y)", "<p><a href=\"y\">a b</a></p>", &[]);
    check("a <li>b</li> <td>c</td>", "<p>a \nb \nc</p>", &[]);
}

#[test]
fn blocks_hold_paragraphs() {
    check(
        "<details>\n<summary>The <b>log</b></summary>\n\nA *line*.\n\n</details>",
        "<details><summary>The <strong>log</strong></summary>\n<p>A <em>line</em>.</p>\n</details>",
        &[],
    );
    check(
        "<details open onclick=x><summary>a</summary>\n  b\n  c</details>",
        "<details open=\"\"><summary>a</summary>\n<p>b\nc</p>\n</details>",
        &["onclick=x"],
    );
    check(
        "<p align=center>\n  <img src=x.png alt=a>\n  <br>b &amp; c\n</p>",
        "<p><img src=\"x.png\" alt=\"a\" /><br />\nb &amp; c</p>",
        &[],
    );
    check("<h2 align=\"center\">A <i>b</i></h2>\n<div>c</div> d", "<h2>A <em>b</em></h2>\n<p>c</p>\n<p>d</p>", &[]);
    check(
        "<table><tr><th>a<td colspan=2>b<br>c\n<tr><td>d</table>",
        "<table><tr><th>a</th><td colspan=\"2\">b<br />\nc</td></tr><tr><td>d</td></tr></table>",
        &[],
    );
    check("> <ul>\n> <li>a\n>   b\n\nc</ul>", "<blockquote>\n<ul><li>a\nb</li></ul></blockquote>\n<p>c</p>", &[]);
    check("<pre>\n a\n  b\n</pre>", "<pre>\n a\n  b\n</pre>", &[]);
    check("<hr>\na", "<hr />\n<p>a</p>", &[]);
    check("<!-- a\n\nb -->\n\nc", "<p>c</p>", &[]);
}

#[test]
fn what_no_page_has_is_left_out_and_named() {
    check("a <script>alert(1)</script> b", "<p>a  b</p>", &["<script>"]);
    check("a <script>*b*", "<p>a <em>b</em></p>", &["<script>"]);
    check("<script>\nx = '<b>'\n</script>\n\na", "<p>a</p>", &["<script>"]);
    check("<script>\nwords", "<p>words</p>", &["<script>"]);
    check("<style>a{}</style> <iframe src=x>b</iframe>", "<p>b</p>", &["<style>", "<iframe src=x>"]);
    check("a <font color=red>b</font> <font>c</font>", "<p>a b c</p>", &["<font color=red>"]);
    check(
        "<p style=\"display:none\">a</p>\n<b onmouseover='x'>b</b>",
        "<p>a</p>\n<p><strong>b</strong></p>",
        &["style=\"display:none\"", "onmouseover='x'"],
    );
    check("<svg><g onload=x>a</g></svg>", "<p>&lt;g onload=x&gt;a&lt;/g&gt;</p>", &["<svg>"]);
}

#[test]
fn what_comes_from_elsewhere_is_a_link() {
    check(
        "a <iframe src=\"https://e.example/?a&amp;b\"></iframe> b",
        "<p>a <a href=\"https://e.example/?a&amp;b\">https://e.example/?a&amp;b</a> b</p>",
        &["<iframe src=\"https://e.example/?a&amp;b\">"],
    );
    check(
        "<video src=https://e.example/v.mp4>c</video>",
        "<p><a href=\"https://e.example/v.mp4\">https://e.example/v.mp4</a>c</p>",
        &["<video src=https://e.example/v.mp4>"],
    );
    check("<iframe src=\"javascript:alert(1)\"></iframe>", "<p></p>", &["<iframe src=\"javascript:alert(1)\">"]);
}

#[test]
fn what_is_no_html_stays_as_written() {
    check(
        "a <name> or <your-team/> </name> <! x>",
        "<p>a &lt;name&gt; or &lt;your-team/&gt; &lt;/name&gt; &lt;! x&gt;</p>",
        &[],
    );
    check("<Chart data={a} />\n{% note %}", "<p>&lt;Chart data={a} /&gt;\n{% note %}</p>", &[]);
    check("<none>\n\na", "<p>&lt;none&gt;</p>\n<p>a</p>", &[]);
}

#[test]
fn what_is_for_programs_is_left_out() {
    check("a <?php b ?> c", "<p>a  c</p>", &["<?php b ?>"]);
    check("x <![CDATA[ a > b ]]> y", "<p>x  y</p>", &["<![CDATA[ a > b ]]>"]);
    check("x <!ELEMENT a> y", "<p>x  y</p>", &["<!ELEMENT a>"]);
    check("a\n\n<!DOCTYPE b>\n\nc", "<p>a</p>\n<p>c</p>", &["<!DOCTYPE b>"]);
    check("<?php\nb\n\nc\n?>\n\nd", "<p>d</p>", &["<?php\nb\n\nc\n?>"]);
    check("<![CDATA[\nb\n\n]]>\n\nd", "<p>d</p>", &["<![CDATA[\nb\n\n]]>"]);
    check("<div>\na <?b?> c\n</div>", "<p>a  c</p>", &["<?b?>"]);
    check("`<?a?>` 1 <! 2", "<p><code>&lt;?a?&gt;</code> 1 &lt;! 2</p>", &[]);
}
