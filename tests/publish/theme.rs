//! Themes of a site's own: started by a command, checked by another, and changed file by file.

use casebook::disk;
use casebook::pipeline::{Audience, Options, prepare, review_files};
use casebook::text::SitePath;

use crate::support::TestSite;

fn site(theme: &str) -> TestSite {
    let space = TestSite::site();
    let settings = space.read("casebook.toml");
    space.write("casebook.toml", format!("{settings}theme = \"{theme}\"\n"));
    space
}

#[test]
fn a_copied_theme_changes_nothing_and_has_no_finding() {
    for from in ["default", "plain"] {
        let (copied, built_in) = (site("mine"), site(from));
        copied.run(&["theme", "new", "mine", "--from", from]).expect(0, &["templates/base.html", "casebook.toml"]);
        built_in.build().expect(0, &[]);
        if from == "default" {
            copied.run(&["theme", "check"]).expect(0, &["no findings"]);
            copied.build().expect(0, &[]);
            assert_eq!(copied.files("public"), built_in.files("public"));
        }
    }
    site("mine").run(&["theme", "new", "mine", "templates/nothing.html"]).expect(2, &["templates/home.html"]);
    site("mine").run(&["theme", "new", "../mine"]).expect(2, &["lower-case letters"]);
    site("mine").run(&["theme", "new", "mine", "--from", "other"]).expect(2, &["`default` and `plain`"]);
}

#[test]
fn one_block_one_component_one_colour() {
    let space = site("mine");
    let text = "{% extends \"default/review.html\" %}{% block colophon %}<p>Ours: {{ review.card.title }}</p>{% endblock colophon %}";
    space.write("themes/mine/templates/review.html", text);
    space.write("themes/mine/assets/site.css", ":root { --accent: #6a2c70; }\n");
    space.write("themes/mine/i18n/en.toml", "[review]\nimpact = \"Harm\"\n");
    space.run(&["theme", "check"]).expect(0, &["no findings"]);
    space.build().expect(0, &[]);
    let page = space.read("public/reviews/2024-03-04-edge-cpu.html");
    assert!(
        page.contains("<p>Ours: A filter rule took all CPU on the edge</p>") && !page.contains("class=\"colophon\"")
    );
    assert!(
        page.contains("assets/site-") && page.contains("<h2 id=\"impact\"><a href=\"#impact\">Harm</a></h2>"),
        "{page}"
    );
}

/// The picture that stands for the pages where links to them are shared: what the site brings, and its address and words.
#[test]
fn every_page_names_a_picture_for_shared_links() {
    let picture = include_bytes!("../../themes/default/assets/og-image.png");
    let words = "Every incident as a line from the start of its impact";
    let cases: [(&str, &str, &str, &str); 4] = [
        ("default", "", "share/incidents", words),
        ("plain", "", "share/incidents", words),
        ("default", "themes/default/assets/og-image.png", "assets/og-image-", "Sample"),
        ("default", "static/og-image.png", "og-image.png", "Sample"),
    ];
    for (theme, brings, place, alt) in cases {
        let space = site(theme);
        if !brings.is_empty() {
            space.write(brings, include_bytes!("../images/chart.png"));
        }
        space.build().expect(0, &[]);
        for page in ["public/index.html", "public/reviews/2024-03-04-edge-cpu.html"] {
            let html = space.read(page);
            let (_, rest) = html.split_once("<meta property=\"og:image\" content=\"https://example.org/repo/").unwrap();
            let (address, rest) = rest.split_once("\">\n").unwrap();
            assert!(address.starts_with(place), "{brings}: {address}");
            assert!(
                rest.starts_with(&format!("<meta property=\"og:image:alt\" content=\"{alt}")),
                "{brings}: {rest:.200}"
            );
            let published = std::fs::read(space.path(&format!("public/{address}"))).unwrap();
            assert!(published.starts_with(b"\x89PNG") && published != picture, "{theme}: {brings}");
            assert!(!brings.is_empty() || published.len() < 8_000, "{theme}: {}", published.len());
            assert_eq!(brings.is_empty(), space.path("public/share/incidents.png").exists(), "{theme}: {brings}");
        }
    }
}

/// Without an incident to draw, the theme's own picture stands for all pages; with one, those of its kind stand out.
#[test]
fn pictures_for_shared_links_show_the_kind_of_incident() {
    let space = TestSite::empty();
    space.write("casebook.toml", "title = \"None\"\nbase_url = \"https://example.org/\"\n");
    space.build().expect(0, &[]);
    let home = space.read("public/index.html");
    assert!(home.contains("/assets/og-image-") && !space.path("public/share/incidents.png").exists(), "{home}");
    let space = TestSite::demo();
    space.build().expect(0, &[]);
    let bytes = |name: &str| std::fs::read(space.path(&format!("public/share/{name}.png"))).unwrap();
    let all = bytes("incidents");
    for (review, name, alt) in [
        ("2026-04-20-name-service", "incidents-monitoring-1", "in colour: First noticed by monitoring"),
        ("2026-02-26-fee-table", "incidents-outside-2", "in colour: First noticed by people outside"),
    ] {
        let html = space.read(&format!("public/reviews/{review}.html"));
        assert!(html.contains(&format!("/share/{name}.png\">")) && html.contains(alt), "{review}: {html:.2500}");
        assert_ne!(bytes(name), all);
    }
}

/// What the plain theme promises.
#[test]
fn the_plain_theme_has_one_small_style_sheet_and_no_script() {
    let space = site("plain");
    space.build().expect(0, &[]);
    let files = space.files("public");
    let of =
        |end: &str| files.iter().filter(|(name, _)| name.ends_with(end) && !name.contains("feed-")).collect::<Vec<_>>();
    assert!(of(".js").is_empty());
    let sheets = of(".css");
    assert!(sheets.len() == 1 && sheets[0].1.len() < 5_000, "{sheets:?}");
    for (name, html) in of(".html") {
        let html = String::from_utf8_lossy(html);
        let scripts = html.matches("<script").count() - html.matches("<script type=\"application/").count();
        assert_eq!(scripts, 0, "{name}");
    }
}

/// A preview makes whatever a browser asks for, which may remember a page of another theme.
#[test]
fn a_theme_without_a_search_has_no_files_of_one() {
    let renderer = |theme: &str| {
        let space = site(theme);
        let sources = disk::read(&space.path("."), &review_files(None)).unwrap();
        let options = Options { today: "2026-11-24".parse().unwrap(), base_url: None, audience: Audience::Public };
        prepare(&sources, &options).renderer.unwrap()
    };
    let (default, plain) = (renderer("default"), renderer("plain"));
    let of_search = |path: &SitePath| path.below("search").is_some();
    let files: Vec<SitePath> = default.paths().into_iter().filter(of_search).collect();
    assert!(!files.is_empty() && !plain.paths().iter().any(of_search));
    for path in files {
        assert!(default.render(&path).is_some() && plain.render(&path).is_none(), "{path}");
    }
}

/// What is wrong in a theme, and the words that say so.
#[test]
fn mistakes_in_themes_are_found() {
    let review = |inside: &str| {
        format!("{{% extends \"default/review.html\" %}}{{% block colophon %}}{inside}{{% endblock colophon %}}")
    };
    let cases: [(&str, String, i32, &str); 15] = [
        ("templates/review.html", review("{{ review.card.titel }}"), 1, "`title`"),
        ("templates/review.html", review("{{ reviw.card.title }}"), 1, "`review`"),
        ("templates/review.html", review("{% if false %}{{ page.rooot }}{% endif %}"), 1, "`root`"),
        ("templates/review.html", review("{% for block in review.blocks %}{{ block.nothing }}{% endfor %}"), 1, "review.blocks.nothing"),
        ("templates/review.html", review("{{ home.latest }}"), 1, "no variable `home`"),
        ("templates/review.html", "{% extends \"default/review.html\" %}{% block colofon %}x{% endblock colofon %}".to_owned(), 1, "colofon"),
        ("templates/components/card.html", "{% component day(date) %}{{ date.txt }}{% endcomponent day %}".to_owned(), 1, "`text`"),
        ("templates/components/own.html", "{% component card(card, role = \"\", note = \"\", level: integer = 3) %}{{ page.title }}{% endcomponent card %}".to_owned(), 1, "no variable `page`"),
        ("templates/revew.html", "x".to_owned(), 0, "`review.html`"),
        ("assets/logo2.svg", "<svg/>".to_owned(), 0, "nothing uses the file `logo2.svg`"),
        ("i18n/en.toml", "[review]\nimpakt = \"Harm\"\n".to_owned(), 0, "`review.impact`"),
        ("i18n/nl.toml", "[site]\nskip = \"Naar de inhoud\"\n".to_owned(), 0, "are missing in `nl`"),
        ("i18n/de.toml", "[list]\nlabelled = \"{label}: {wert}\"\n".to_owned(), 0, "nothing is filled in for `wert` in `list.labelled`"),
        ("i18n/de.toml", "[list]\nlabelled = \"{label}\"\n".to_owned(), 0, "`list.labelled` leaves out `value`"),
        ("i18n/ar.toml", "[count]\nreviews = { one = \"{count}\", other = \"{count}\" }\n".to_owned(), 0, "`count.reviews` has no form for `few`, `many`, `two`, `zero`"),
    ];
    for (name, text, code, words) in cases {
        let space = site("mine");
        space.write(&format!("themes/mine/{name}"), &text);
        let run = space.run(&["theme", "check"]);
        assert!(run.code == code && (run.out.contains(words) || run.err.contains(words)), "{text}: {words}: {run:#?}");
    }
}

/// Mistakes of several templates are told in one run, each with its line.
#[test]
fn each_mistake_in_a_template_is_told_at_its_place() {
    let check = |review: &str, term: &str, places: &[&str]| {
        let space = site("mine");
        space.write("themes/mine/templates/review.html", review);
        space.write("themes/mine/templates/term.html", term);
        let run = space.run(&["theme", "check"]);
        run.expect(1, places);
        assert!(!run.out.contains("-->  ") && run.out.matches("error[").count() == places.len(), "{}", run.out);
        run.expect(1, &["| {% block"]);
        space.check().expect(1, &["templates/review.html:2:", "templates/term.html:3:"]);
    };
    let extends = |name: &str| format!("{{% extends \"default/{name}.html\" %}}\n");
    check(
        &(extends("review") + "{% block colofon %}x{% endblock colofon %}\n"),
        &(extends("term") + "{% block main %}\n{{ page.title | loud }}\n{% endblock main %}\n"),
        &["themes/mine/templates/review.html:2:10\n", "themes/mine/templates/term.html:3:"],
    );
    check(
        &(extends("review") + "{% block main %}x{% endblock mian %}\n"),
        &(extends("term") + "{% block main %}\n{{ page.title | }}\n{% endblock main %}\n"),
        &["themes/mine/templates/review.html:2:", "themes/mine/templates/term.html:3:"],
    );
}

/// A template that leads nowhere, or back to itself, is told where it names the other one.
#[test]
fn templates_that_lead_nowhere_are_told_at_their_place() {
    for (files, place) in [
        (
            &[("a", "<p>\n{% include \"b.html\" %}"), ("b", "{% include \"a.html\" %}")][..],
            "a.html:2:12: error[D010 broken-template] `a.html` leads back to itself: a.html → b.html → a.html",
        ),
        (
            &[("base", "{% extends \"base.html\" %}")],
            "base.html:1:12: error[D010 broken-template] `base.html` leads back to itself",
        ),
        (
            &[("base", "\n{% extends 'nope.html' %}")],
            "base.html:2:12: error[D010 broken-template] there is no template `nope.html`",
        ),
    ] {
        let space = site("mine");
        for (name, text) in files {
            space.write(&format!("themes/mine/templates/{name}.html"), text);
        }
        space.check().expect(1, &[&format!("themes/mine/templates/{place}")]);
    }
}

/// A file of a theme that does nothing is named, and one that cannot be read is no missing theme.
#[test]
fn files_of_a_theme_that_nothing_reads_are_named() {
    let space = site("mine");
    for name in ["site.css", "template/base.html", "README.md", "LICENSE"] {
        space.write(&format!("themes/mine/{name}"), "x");
    }
    let run = space.run(&["theme", "check"]);
    run.expect(0, &["nothing reads `site.css`", "nothing reads `template/base.html`", "2 warnings"]);
    // What a theme rests on keeps its own templates.
    space.write("themes/mine/templates/default/base.html", "x");
    space.build().expect(0, &[]);
    assert!(space.read("public/index.html").contains("<main"));
    space.run(&["theme", "check"]).expect(0, &["nothing uses the template `default/base.html`", "3 warnings"]);
    let space = site("mine");
    space.write("themes/mine/templates/base.html", b"\xff\xfe");
    let run = space.check();
    run.expect(1, &["themes/mine/templates/base.html:1:1: error[D009 unreadable-file]"]);
    assert!(!run.out.contains("there is no theme"), "{}", run.out);
}

/// A page that its template leaves empty is named, and not written or dropped in silence.
#[test]
fn a_page_without_content_is_an_error_with_its_name() {
    for text in ["", "{# nothing yet #}\n"] {
        let space = site("mine");
        space.write("themes/mine/templates/luck.html", text);
        let build = space.build();
        build.expect(
            1,
            &["error[D010 broken-template]: `lucky.html` would be empty", "themes/mine/templates/luck.html"],
        );
        assert!(!space.path("public").exists());
        space.check().expect(1, &["`lucky.html` would be empty"]);
    }
}

/// A language without words is said once, and regions take the words of their language.
#[test]
fn a_language_without_words_is_named() {
    for (tag, missing) in [("nl", true), ("de-AT", false), ("en-GB", false), ("pt-BR", true)] {
        let space = site("mine");
        let settings = space.read("casebook.toml");
        space.write("casebook.toml", format!("{settings}language = \"{tag}\"\n"));
        space.write("themes/mine/assets/site.css", "");
        let run = space.run(&["theme", "check"]);
        let warnings = if missing { "1 warning" } else { "no findings" };
        run.expect(0, &[warnings]);
        assert_eq!(run.out.contains(&format!("are missing in `{tag}`")), missing, "{run:#?}");
    }
}

/// A drawing that the style sheet does not know would be an empty place: each that stands on a page is drawn.
#[test]
fn every_icon_is_drawn() {
    let mut seen = std::collections::BTreeSet::new();
    for space in [TestSite::demo(), TestSite::bundled()] {
        space.build().expect(0, &[]);
        for (name, bytes) in space.files("public").into_iter().filter(|(name, _)| name.ends_with(".html")) {
            let html = String::from_utf8(bytes).unwrap();
            for icon in html.split("<i class=\"icon ").skip(1) {
                let classes = icon.split('"').next().unwrap().to_owned();
                assert!(icon.starts_with(&format!("{classes}\"></i>")), "{name}: {classes}");
                seen.insert(classes);
            }
        }
    }
    let style = std::fs::read_to_string("themes/default/assets/style.css").unwrap();
    let drawn =
        |icon: &&String| style.contains(&format!(".{icon} {{ --icon: url(")) || style.contains(&format!(".{icon}, "));
    assert_eq!(seen.iter().filter(|icon| !drawn(icon)).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(seen.len() > 12, "{seen:?}");
}
