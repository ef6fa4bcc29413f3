//! From what happened to an item of a feed.

use quick_xml::escape::escape;

use super::content::content;
use super::{Depth, Entry, legal, permanent};
use crate::analysis::{Event, EventKind, Recurrence};
use crate::document::SectionKind;
use crate::markdown::{passage_words, plain};
use crate::model::{ActionRef, Review, ReviewIndex, Words};
use crate::render::Renderer;
use crate::render::markdown::{AddressForm, Links, cut, href, inline, outside};
use crate::site::address;
use crate::text::Spanned;

/// How long a summary is, in characters.
const SUMMARY: usize = 300;

/// What is said about an item.
struct EntryText {
    title: String,
    /// The anchor on the page of the review; may be empty.
    anchor: String,
    summary: String,
    html: String,
}

/// The item of a feed about what happened.
pub(super) fn entry(renderer: &Renderer, item: &Event, depth: Depth) -> Entry {
    let review: &Review = &renderer.analysis.corpus.reviews[item.review];
    let page = renderer.site.review_path(item.review);
    let links = Links::new(&renderer.site, &review.path, Some(&page), AddressForm::Absolute);
    let told = match &item.kind {
        EventKind::New if review.is_withdrawn() => withdrawn(renderer, review, &links),
        EventKind::New => EntryText {
            title: review.title.clone(),
            anchor: String::new(),
            summary: summary(review),
            html: text(renderer, item.review, depth),
        },
        EventKind::Withdrawn => withdrawn(renderer, review, &links),
        EventKind::Corrected => corrected(renderer, item, depth, &links),
        EventKind::Recurred(factors) => recurred(renderer, factors, review, &links),
        EventKind::ActionClosed(at) => closed(renderer, ActionRef { review: item.review, action: *at }, &links),
    };
    let factors = review.factors.iter().filter_map(|factor| renderer.analysis.corpus.factor(factor));
    let source = review.references.first().and_then(|reference| outside(&reference.url.value));
    let anchor = if told.anchor.is_empty() { String::new() } else { format!("#{}", told.anchor) };
    let title = legal(&told.title);
    Entry {
        id: id(renderer, review, item),
        summary: Some(legal(&told.summary)).filter(|text| !text.is_empty()).unwrap_or_else(|| title.clone()),
        title,
        page: format!("{}{anchor}", href(&renderer.site, AddressForm::Absolute, &page)),
        source: source.filter(|_| review.perspective == crate::model::Perspective::Collected).map(|url| legal(&url)),
        html: match depth {
            Depth::Summary => String::new(),
            Depth::Whole => told.html,
        },
        tags: factors.map(|factor| legal(&factor.name)).collect(),
        day: item.day,
        changed: item.changed,
    }
}

/// The oldest id of a review never changes, nor does the name of its organisation, the day of a correction, or the anchor
/// of an action.
fn id(renderer: &Renderer, review: &Review, item: &Event) -> String {
    let detail = match &item.kind {
        EventKind::Corrected => item.day.to_string(),
        EventKind::ActionClosed(at) => review.actions[*at].anchor(at.0),
        EventKind::New | EventKind::Withdrawn | EventKind::Recurred(_) => String::new(),
    };
    let organisation = review.organisation.as_ref().map(|name| crate::analysis::slug(&name.value));
    let organisation = organisation.unwrap_or_else(|| own_organisation(renderer));
    permanent(&[&organisation, oldest_id(&review.aliases, &review.id.0), item.kind.event().word(), &detail])
}

/// The id that a review was first published under: the first of its aliases, which are listed the oldest first. A ticket
/// of a tracker, such as `INC-1042`, counts only where nothing else is listed: a review may get it at any time.
fn oldest_id<'a>(aliases: &'a [Spanned<String>], id: &'a str) -> &'a str {
    let names = || aliases.iter().map(|alias| alias.value.as_str()).chain([id]);
    names().find(|name| !is_ticket(name)).or_else(|| names().next()).unwrap_or(id)
}

/// Whether a name is a project in capitals and a number, such as `INC-1042`.
fn is_ticket(name: &str) -> bool {
    let is_of = |part: &str, kind: fn(&char) -> bool| !part.is_empty() && part.chars().all(|c| kind(&c));
    name.split_once('-').is_some_and(|(project, number)| {
        is_of(project, char::is_ascii_uppercase) && is_of(number, char::is_ascii_digit)
    })
}

/// The name of the site's own organisation, as it stands in ids.
pub(super) fn own_organisation(renderer: &Renderer) -> String {
    match renderer.site.about.organisation.as_str() {
        "" => "own".to_owned(),
        name => crate::analysis::slug(name),
    }
}

fn summary(review: &Review) -> String {
    let Some(part) = review.part(SectionKind::Summary) else { return String::new() };
    cut(&passage_words(&review.text, review.body, part.content), SUMMARY)
}

/// What stands in an item for the text of a review, beside its summary.
fn text(renderer: &Renderer, position: ReviewIndex, depth: Depth) -> String {
    match depth {
        Depth::Summary => String::new(),
        Depth::Whole => content(renderer, position),
    }
}

fn withdrawn(renderer: &Renderer, review: &Review, links: &Links<'_>) -> EntryText {
    let said = renderer.site.language.say("feed.withdrawn_text");
    let reason = review.revisions.iter().max_by_key(|revision| revision.date.value);
    EntryText {
        title: renderer.site.language.fill("feed.withdrawn", &[("title", &review.title)]),
        anchor: if reason.is_some() { "corrections".to_owned() } else { String::new() },
        summary: reason.map_or_else(|| said.to_owned(), |reason| cut(&plain(&reason.change), SUMMARY)),
        html: format!(
            "<p>{}</p>\n{}",
            escape(said),
            reason.map(|reason| format!("<p>{}</p>\n", inline(&reason.change, links))).unwrap_or_default()
        ),
    }
}

fn corrected(renderer: &Renderer, item: &Event, depth: Depth, links: &Links<'_>) -> EntryText {
    let review: &Review = &renderer.analysis.corpus.reviews[item.review];
    let changes = || review.revisions.iter().filter(|revision| revision.date.value == item.day);
    let list: String = changes().map(|revision| format!("<li>{}</li>\n", inline(&revision.change, links))).collect();
    let words: Vec<String> = changes().map(|revision| cut(&plain(&revision.change), SUMMARY)).collect();
    // Somebody who reads the feed only has the corrected text here, too.
    let text = if review.is_withdrawn() { String::new() } else { text(renderer, item.review, depth) };
    EntryText {
        title: renderer.site.language.fill("feed.corrected", &[("title", &review.title)]),
        anchor: "corrections".to_owned(),
        summary: cut(&words.join(" "), SUMMARY),
        html: format!("<ul>\n{list}</ul>\n{text}"),
    }
}

fn recurred(renderer: &Renderer, factors: &[(String, Recurrence)], review: &Review, links: &Links<'_>) -> EntryText {
    let known =
        |id: &str| renderer.analysis.corpus.policy.registry.get(id).map_or(id.to_owned(), |factor| factor.name.clone());
    let language = &renderer.site.language;
    let names: Vec<String> = factors.iter().map(|(id, _)| known(id)).collect();
    let mut list = String::new();
    for (id, recurrence) in factors {
        let at = recurrence.latest.review;
        let earlier: &Review = &renderer.analysis.corpus.reviews[at];
        let action = renderer.analysis.corpus.action(recurrence.latest);
        let earlier_links = Links::new(&renderer.site, &earlier.path, None, AddressForm::Absolute);
        let change = action.change.as_ref().map(|change| inline(&change.value, &earlier_links)).unwrap_or_default();
        let review = anchor(&links.to(&renderer.site.review_path(at)), &earlier.title);
        let closed = match &action.closed {
            Some(day) => {
                let day = escape(language.day(day.value)).into_owned();
                language.fill("factor.closed_after", &[("date", &day), ("review", &review)])
            }
            None => language.fill("factor.closed_some_day_after", &[("review", &review)]),
        };
        let factor = anchor(&links.to(&address::factor(id)), &known(id));
        list.push_str(&format!("<li>{factor}: {change} – {closed}</li>\n"));
    }
    let said = language.say("feed.recurred_text");
    let names = language.list(&names);
    EntryText {
        title: language.fill("feed.recurred", &[("names", &names), ("title", &review.title)]),
        anchor: "factors".to_owned(),
        summary: format!("{said} {names}"),
        html: format!("<p>{}</p>\n<ul>\n{list}</ul>\n<p>{}</p>\n", escape(said), escape(summary(review))),
    }
}

fn closed(renderer: &Renderer, place: ActionRef, links: &Links<'_>) -> EntryText {
    let review: &Review = &renderer.analysis.corpus.reviews[place.review];
    let action = renderer.analysis.corpus.action(place);
    let change = action.change.as_ref().map(|change| change.value.as_str()).unwrap_or_default();
    let evidence = action.evidence.as_ref().map(|text| format!("<p>{}</p>\n", inline(text, links)));
    let page = anchor(&links.to(&renderer.site.review_path(place.review)), &review.title);
    let after = renderer.site.language.fill("feed.after", &[("review", &page)]);
    EntryText {
        title: renderer.site.language.fill("feed.done", &[("change", &cut(&plain(change), SUMMARY))]),
        anchor: action.anchor(place.action.0),
        summary: renderer.site.language.fill("feed.done_text", &[("title", &review.title)]),
        html: format!("<p>{}</p>\n{}<p>{after}</p>\n", inline(change, links), evidence.unwrap_or_default()),
    }
}

fn anchor(href: &str, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(href), escape(words))
}

#[cfg(test)]
mod tests {
    use super::oldest_id;
    use crate::text::{Span, Spanned};

    #[test]
    fn a_renamed_review_goes_by_its_oldest_id() {
        for (aliases, id, expected) in [
            (&[][..], "disk", "disk"),
            (&[], "INC-7", "INC-7"),
            // A ticket that was added later changes nothing.
            (&["INC-7"], "disk", "disk"),
            (&["disk"], "full-disk", "disk"),
            (&["INC-7", "disk"], "full-disk", "disk"),
            (&["disk", "INC-7"], "full-disk", "disk"),
            (&["disk", "full-disk"], "2024-05-01-full-disk", "disk"),
            (&["INC-7"], "INC-8", "INC-7"),
            (&["incident-7"], "disk", "incident-7"),
        ] {
            let spanned = |alias: &&str| Spanned { value: (*alias).to_owned(), span: Span::at(0) };
            let listed: Vec<Spanned<String>> = aliases.iter().map(spanned).collect();
            assert_eq!(oldest_id(&listed, id), expected, "{aliases:?}, {id}");
        }
    }
}
