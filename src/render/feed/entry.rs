//! From what happened to an item of a feed.

use quick_xml::escape::escape;

use super::content::content;
use super::{Depth, Entry, legal, permanent};
use crate::analysis::{Event, EventKind, Recurrence};
use crate::markdown::plain;
use crate::model::{Action, ActionRef, Review, ReviewIndex, Revision, Words};
use crate::render::Renderer;
use crate::render::markdown::{AddressForm, Links, cut, href, inline, outside};
use crate::site::address;
use crate::text::Spanned;

/// How long a summary is, in characters.
const SUMMARY: usize = 300;

/// What is said about an item in a few words.
struct EntryText {
    title: String,
    /// The anchor on the page of the review; may be empty.
    anchor: String,
    summary: String,
}

/// The item of a feed about what happened.
pub(super) fn entry(renderer: &Renderer, item: &Event, depth: Depth) -> Entry {
    let review: &Review = &renderer.analysis.corpus.reviews[item.review];
    let page = renderer.site.review_path(item.review);
    let told = told(renderer, item, review);
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
            Depth::Whole => whole(renderer, item, review),
        },
        tags: factors.map(|factor| legal(&factor.name)).collect(),
        day: item.day,
        changed: item.changed,
    }
}

fn told(renderer: &Renderer, item: &Event, review: &Review) -> EntryText {
    match &item.kind {
        EventKind::New if review.is_withdrawn() => withdrawn(renderer, review),
        EventKind::New => {
            EntryText { title: review.title.clone(), anchor: String::new(), summary: summary(renderer, item.review) }
        }
        EventKind::Withdrawn => withdrawn(renderer, review),
        EventKind::Corrected => corrected(renderer, item, review),
        EventKind::Recurred(factors) => recurred(renderer, factors, review),
        EventKind::ActionClosed(at) => closed(renderer, ActionRef { review: item.review, action: *at }, review),
    }
}

/// All of an item, as HTML.
fn whole(renderer: &Renderer, item: &Event, review: &Review) -> String {
    let page = renderer.site.review_path(item.review);
    let links = Links::new(&renderer.site, &review.path, Some(&page), AddressForm::Absolute);
    match &item.kind {
        EventKind::New if review.is_withdrawn() => whole_withdrawal(renderer, review, &links),
        EventKind::New => content(renderer, item.review),
        EventKind::Withdrawn => whole_withdrawal(renderer, review, &links),
        EventKind::Corrected => whole_correction(renderer, item, review, &links),
        EventKind::Recurred(factors) => whole_recurrence(renderer, item.review, factors, &links),
        EventKind::ActionClosed(at) => {
            whole_change(renderer, ActionRef { review: item.review, action: *at }, review, &links)
        }
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

fn summary(renderer: &Renderer, position: ReviewIndex) -> String {
    cut(&renderer.summary(position).words, SUMMARY)
}

/// The newest correction says why a review was withdrawn.
fn reason(review: &Review) -> Option<&Revision> {
    review.revisions.iter().max_by_key(|revision| revision.date.value)
}

fn withdrawn(renderer: &Renderer, review: &Review) -> EntryText {
    let reason = reason(review);
    let said = || renderer.site.language.say("feed.withdrawn_text").to_owned();
    EntryText {
        title: renderer.site.language.fill("feed.withdrawn", &[("title", &review.title)]),
        anchor: if reason.is_some() { "corrections".to_owned() } else { String::new() },
        summary: reason.map_or_else(said, |reason| cut(&plain(&reason.change), SUMMARY)),
    }
}

fn whole_withdrawal(renderer: &Renderer, review: &Review, links: &Links<'_>) -> String {
    let said = renderer.site.language.say("feed.withdrawn_text");
    let reason = reason(review).map(|reason| format!("<p>{}</p>\n", inline(&reason.change, links)));
    format!("<p>{}</p>\n{}", escape(said), reason.unwrap_or_default())
}

/// What was corrected on the day of an item.
fn corrections<'a>(review: &'a Review, item: &Event) -> impl Iterator<Item = &'a Revision> {
    let day = item.day;
    review.revisions.iter().filter(move |revision| revision.date.value == day)
}

fn corrected(renderer: &Renderer, item: &Event, review: &Review) -> EntryText {
    let words: Vec<String> = corrections(review, item).map(|revision| cut(&plain(&revision.change), SUMMARY)).collect();
    EntryText {
        title: renderer.site.language.fill("feed.corrected", &[("title", &review.title)]),
        anchor: "corrections".to_owned(),
        summary: cut(&words.join(" "), SUMMARY),
    }
}

fn whole_correction(renderer: &Renderer, item: &Event, review: &Review, links: &Links<'_>) -> String {
    let list = corrections(review, item).map(|revision| format!("<li>{}</li>\n", inline(&revision.change, links)));
    let list: String = list.collect();
    // Somebody who reads the feed only has the corrected text here, too.
    let text = if review.is_withdrawn() { String::new() } else { content(renderer, item.review) };
    format!("<ul>\n{list}</ul>\n{text}")
}

fn recurred(renderer: &Renderer, factors: &[(String, Recurrence)], review: &Review) -> EntryText {
    let language = &renderer.site.language;
    let names: Vec<String> = factors.iter().map(|(id, _)| name(renderer, id)).collect();
    let names = language.list(&names);
    EntryText {
        title: language.fill("feed.recurred", &[("names", &names), ("title", &review.title)]),
        anchor: "factors".to_owned(),
        summary: format!("{} {names}", language.say("feed.recurred_text")),
    }
}

fn whole_recurrence(
    renderer: &Renderer,
    position: ReviewIndex,
    factors: &[(String, Recurrence)],
    links: &Links<'_>,
) -> String {
    let language = &renderer.site.language;
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
        let factor = anchor(&links.to(&address::factor(id)), &name(renderer, id));
        list.push_str(&format!("<li>{factor}: {change} – {closed}</li>\n"));
    }
    let said = escape(language.say("feed.recurred_text"));
    format!("<p>{said}</p>\n<ul>\n{list}</ul>\n<p>{}</p>\n", escape(summary(renderer, position)))
}

/// What the registry calls a factor.
fn name(renderer: &Renderer, id: &str) -> String {
    renderer.analysis.corpus.policy.registry.get(id).map_or(id.to_owned(), |factor| factor.name.clone())
}

/// The words of what was changed; empty when nothing says it.
fn change(action: &Action) -> &str {
    action.change.as_ref().map(|change| change.value.as_str()).unwrap_or_default()
}

fn closed(renderer: &Renderer, place: ActionRef, review: &Review) -> EntryText {
    let action = renderer.analysis.corpus.action(place);
    let change = cut(&plain(change(action)), SUMMARY);
    EntryText {
        title: renderer.site.language.fill("feed.done", &[("change", &change)]),
        anchor: action.anchor(place.action.0),
        summary: renderer.site.language.fill("feed.done_text", &[("title", &review.title)]),
    }
}

fn whole_change(renderer: &Renderer, place: ActionRef, review: &Review, links: &Links<'_>) -> String {
    let action = renderer.analysis.corpus.action(place);
    let evidence = action.evidence.as_ref().map(|text| format!("<p>{}</p>\n", inline(text, links)));
    let page = anchor(&links.to(&renderer.site.review_path(place.review)), &review.title);
    let after = renderer.site.language.fill("feed.after", &[("review", &page)]);
    format!("<p>{}</p>\n{}<p>{after}</p>\n", inline(change(action), links), evidence.unwrap_or_default())
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
