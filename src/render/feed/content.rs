//! The whole text of a review for feeds.

use quick_xml::escape::escape;

use crate::language::uncapitalised;
use crate::model::{Review, ReviewIndex, Words};
use crate::render::Renderer;
use crate::render::markdown::{AddressForm, Body, BodyOptions, Links, inline};

/// The review at `position` as HTML with absolute addresses.
pub(in crate::render) fn content(renderer: &Renderer, position: ReviewIndex) -> String {
    let review: &Review = &renderer.analysis.corpus.reviews[position];
    let page = renderer.site.review_path(position);
    let links = Links::new(&renderer.site, &review.path, Some(&page), AddressForm::Absolute);
    let headings = review.part_headings();
    let body = Body::new(&review.text, review.body, &links, &BodyOptions { parts: &headings, ..BodyOptions::PLAIN });
    write(renderer, review, &body, &links)
}

/// The whole review: facts first, then the text as written, then the actions.
fn write(renderer: &Renderer, review: &Review, body: &Body<'_>, links: &Links<'_>) -> String {
    let mut html = String::new();
    let language = &renderer.site.language;
    let status = review.status.as_ref().map(|status| language.say(&format!("status.{}", status.value.word())));
    let severity = review.severity.as_ref().map(|severity| severity.value.as_str()).unwrap_or_default();
    let kind = language.say(&format!("kind.{}", review.kind.word()));
    let day = review.date().map(|day| language.day(day)).unwrap_or_default();
    let facts =
        [day, inline(severity, links), escape(kind).into_owned(), escape(status.unwrap_or_default()).into_owned()];
    html.push_str(&format!(
        "<p>{}</p>\n",
        facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ")
    ));
    for revision in &review.revisions {
        html.push_str(&format!(
            "<p><strong>{}</strong> {}</p>\n",
            escape(language.fill("feed.correction_of", &[("date", &language.day(revision.date.value))])),
            inline(&revision.change, links)
        ));
    }
    html.push_str(&section_list(
        language.say("review.impact"),
        review.impact.texts.iter().map(|(_, text)| inline(&text.value, links)),
    ));
    for part in &review.parts {
        let (heading, level) = (part.heading(), part.level);
        if !heading.is_empty() {
            html.push_str(&format!("<h{level}>{}</h{level}>\n", escape(heading)));
        }
        html.push_str(&body.html(part.content));
    }
    let factor = |factor: &crate::model::FactorUse| {
        let name =
            renderer.analysis.corpus.factor(factor).map_or(factor.id.value.as_str(), |known| known.name.as_str());
        let note = factor
            .note
            .as_ref()
            .filter(|_| factor.has_note_of_its_own())
            .map(|note| format!(": {}", inline(&note.value, links)))
            .unwrap_or_default();
        format!("<strong>{}</strong>{note}", escape(name))
    };
    html.push_str(&section_list(
        language.say("nav.factors"),
        review.factors.iter().filter(|used| !used.is_listed()).map(factor),
    ));
    let actions = review.actions.iter().filter(|action| action.block.is_none()).filter_map(|action| {
        let change = action.change.as_ref()?;
        Some(format!(
            "{} ({})",
            inline(&change.value, links),
            uncapitalised(language.say(&format!("action.{}", action.status.word())))
        ))
    });
    html.push_str(&section_list(language.say("nav.actions"), actions));
    html.push_str(&body.footnotes());
    html
}

fn section_list(title: &str, items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| format!("<li>{item}</li>\n")).collect();
    if items.is_empty() { items } else { format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", escape(title)) }
}
