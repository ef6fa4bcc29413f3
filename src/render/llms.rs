//! What language models and other readers of plain text get: llms.txt, llms-full.txt, and reviews as Markdown.

use super::markdown::{AddressForm, Links, cut, href, to_markdown};
use crate::analysis::Topic;
use crate::document::SectionKind;
use crate::markdown::passage_words;
use crate::model::{Review, ReviewIndex, Words};
use crate::render::Renderer;
use crate::site::{Export, FeedFormat, Route, address};
use crate::text::{SitePath, Span};

/// How many reviews and factors llms.txt lists. All of them stand in the sitemap and on the pages of lists.
const LISTED: usize = 100;

/// llms.txt: what this site is, and where to read on. The form is that of llmstxt.org.
pub(super) fn index(renderer: &Renderer) -> String {
    let about = &renderer.site.about;
    let mut text = format!("# {}\n\n", line(&about.title));
    if !about.description.is_empty() {
        text.push_str(&format!("> {}\n\n", line(&about.description)));
    }
    let local: Vec<ReviewIndex> = renderer.analysis.corpus.local().map(|(position, _)| position).collect();
    let count = local.len();
    let language = &renderer.site.language;
    let reviews = |count: usize| language.count("count.reviews", count, &[]);
    text.push_str(&format!("{}\n", language.fill("llms.intro", &[("reviews", &reviews(count))])));
    let newest = count.min(LISTED);
    section(
        &mut text,
        language.say("nav.reviews"),
        local[..newest].iter().map(|position| review_line(renderer, *position)),
    );
    if newest < count {
        let all = to(renderer, "reviews/index.html");
        let number = language.number(count as u64);
        text.push_str(&format!("- [{}]({all})\n", language.fill("home.all_reviews", &[("count", &number)])));
    }
    let mut factors: Vec<(&String, usize)> =
        renderer.analysis.sightings().iter().map(|(id, seen)| (id, seen.reviews.len())).collect();
    factors.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let factor = |(id, seen): &(&String, usize)| {
        let factor = renderer.analysis.corpus.policy.registry.get(id)?;
        let page = href(&renderer.site, AddressForm::Absolute, &address::factor(id));
        let seen = language.fill("llms.seen", &[("reviews", &reviews(*seen))]);
        Some(format!("[{}]({page}): {} ({seen})", line(&factor.name), line(&factor.definition)))
    };
    section(&mut text, language.say("nav.factors"), factors.iter().take(LISTED).filter_map(factor));
    let feed = |format| href(&renderer.site, AddressForm::Absolute, &address::feed(&Topic::All, format));
    let files = [
        ("llms-full.txt", "llms.full"),
        ("data/casebook.json", "llms.data"),
        ("factors/index.html", "llms.factors"),
        ("actions.html", "llms.actions"),
        ("controls/index.html", "controls.lead"),
        ("metrics.html", "llms.metrics"),
        ("sitemap.xml", "llms.pages"),
    ];
    let is_there = |name: &str| SitePath::new(name).is_ok_and(|path| renderer.site.route(&path).is_some());
    let files = files.into_iter().filter(|(name, _)| is_there(name));
    let files = files.map(|(name, about)| format!("[{name}]({}): {}", to(renderer, name), language.say(about)));
    let feeds = [FeedFormat::Json, FeedFormat::Rss];
    let feeds = feeds.map(|format| format!("[{}]({}): {}", format.name(), feed(format), language.say("llms.feed")));
    // This word has a meaning of its own in that form: what stands here may be left out.
    section(&mut text, "Optional", files.chain(feeds));
    text
}

/// llms-full.txt: the full text of the newest reviews, as many as the site wants.
pub(super) fn full(renderer: &Renderer) -> String {
    let local: Vec<ReviewIndex> = renderer.analysis.corpus.local().map(|(position, _)| position).collect();
    let all = local.len();
    let count = all.min(renderer.site.about.exports.full_text);
    let mut text = format!("# {}\n\n", line(&renderer.site.about.title));
    if count < all {
        let rest = to(renderer, "reviews/index.html");
        let number = |number: usize| renderer.site.language.number(number as u64);
        let values = [("count", &*number(count)), ("all", &*number(all)), ("address", &*rest)];
        text.push_str(&format!("{}\n\n", renderer.site.language.fill("llms.newest", &values)));
    }
    for position in &local[..count] {
        text.push_str(&review(renderer, *position));
        text.push_str("\n---\n\n");
    }
    text
}

/// A review as Markdown: what the front matter says as lists, and the text as written.
pub(super) fn review(renderer: &Renderer, position: ReviewIndex) -> String {
    let review: &Review = &renderer.analysis.corpus.reviews[position];
    let page = renderer.site.review_path(position);
    let links = Links::new(&renderer.site, &review.path, Some(&page), AddressForm::Absolute);
    let own = |text: &str| to_markdown(text, Span::new(0, text.len()), &links).replace('\n', " ");
    let say = |key: &str| renderer.site.language.say(key);
    let mut text = format!("# {}\n\n", line(&review.title));
    for (name, value) in facts(renderer, position) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            text.push_str(&format!("- {name}: {}\n", value.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    let corrections =
        review.revisions.iter().map(|revision| format!("{}: {}", revision.date.value, own(&revision.change)));
    section(&mut text, say("review.corrections"), corrections);
    let impact = review.impact.texts.iter().map(|(kind, said)| match kind {
        Some(kind) => format!("{}: {}", say(&format!("impact.{}", kind.word())), own(&said.value)),
        None => own(&said.value),
    });
    section(&mut text, say("review.impact"), impact);
    text.push_str(&format!("\n{}\n", to_markdown(&review.text, review.body, &links)));
    let factor = |used: &crate::model::FactorUse| {
        let factor = renderer.analysis.corpus.factor(used)?;
        let note = used
            .note
            .as_ref()
            .filter(|_| used.has_note_of_its_own())
            .map(|note| format!(": {}", own(&note.value)))
            .unwrap_or_default();
        let page = href(&renderer.site, AddressForm::Absolute, &address::factor(&factor.id.value));
        Some(format!("[{}]({page}) ({}){note}", line(&factor.name), say(&format!("weakness.{}", used.role.word()))))
    };
    section(&mut text, say("nav.factors"), review.factors.iter().filter(|used| !used.is_listed()).filter_map(factor));
    let action = |action: &crate::model::Action| {
        let change = action.change.as_ref()?;
        let owner = action.owner.as_ref().map(|owner| format!(", {}", line(&owner.value))).unwrap_or_default();
        let day = |key: &str, day: &Option<crate::text::Spanned<chrono::NaiveDate>>| {
            let told = |day: chrono::NaiveDate| renderer.site.language.fill(key, &[("date", &day.to_string())]);
            day.as_ref().map(|day| format!(", {}", told(day.value))).unwrap_or_default()
        };
        let (due, closed) = (day("action.due", &action.due), day("factor.closed", &action.closed));
        let status = say(&format!("action.{}", action.status.word()));
        Some(format!("{} ({status}{owner}{due}{closed})", own(&change.value)))
    };
    section(
        &mut text,
        say("section.actions"),
        review.actions.iter().filter(|action| action.block.is_none()).filter_map(action),
    );
    let reference = |reference: &crate::model::Reference| {
        let address = super::markdown::outside(&reference.url.value)?;
        Some(format!("[{}]({address})", line(&reference.title)))
    };
    section(&mut text, say("review.sources"), review.references.iter().filter_map(reference));
    text
}

/// What the front matter says in a few words, each under its name.
fn facts(renderer: &Renderer, position: ReviewIndex) -> [(&str, Option<String>); 9] {
    let review = &renderer.analysis.corpus.reviews[position];
    let policy = &renderer.analysis.corpus.policy;
    let page = renderer.site.review_path(position);
    let severity = review.severity.as_ref().and_then(|id| policy.severity(&id.value));
    let say = |key: &str| renderer.site.language.say(key);
    let services = renderer.site.language.list(review.services.iter().map(|name| name.value.as_str()));
    [
        (say("kind.incident"), review.date().map(|day| day.to_string())),
        (say("search.kind"), Some(say(&format!("kind.{}", review.kind.word())).to_owned())),
        (say("severity.label"), severity.map(|(_, severity)| line(&format!("{} {}", severity.id, severity.name)))),
        (say("llms.status"), review.status.as_ref().map(|of| say(&format!("status.{}", of.value.word())).to_owned())),
        (say("card.organisation"), Some(line(policy.organisation_of(review)))),
        (say("nav.services"), Some(line(&services))),
        (say("review.published"), review.published().map(|day| day.to_string())),
        (say("review.modified"), review.modified().map(|day| day.to_string())),
        (say("llms.page"), Some(href(&renderer.site, AddressForm::Absolute, &page))),
    ]
}

fn review_line(renderer: &Renderer, position: ReviewIndex) -> String {
    let review: &Review = &renderer.analysis.corpus.reviews[position];
    let markdown = address::review_text(review);
    let has_text = renderer.site.route(&markdown) == Some(&Route::Export(Export::ReviewText(position)));
    let page = if has_text { markdown } else { renderer.site.review_path(position) };
    let mut facts: Vec<String> = Vec::new();
    facts.extend(review.date().map(|day| day.to_string()));
    facts.extend(review.severity.as_ref().map(|severity| line(&severity.value)));
    let summary =
        review.part(SectionKind::Summary).map(|part| cut(&passage_words(&review.text, review.body, part.content), 160));
    let summary = summary.filter(|summary| !summary.is_empty()).map(|summary| format!(". {}", line(&summary)));
    facts.extend(review.is_withdrawn().then(|| renderer.site.language.say("status.withdrawn").to_owned()));
    let page = href(&renderer.site, AddressForm::Absolute, &page);
    format!("[{}]({page}): {}{}", line(&review.title), facts.join(", "), summary.unwrap_or_default())
}

fn section(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: String = items.map(|item| format!("- {item}\n")).collect();
    if !items.is_empty() {
        text.push_str(&format!("\n## {title}\n\n{items}"));
    }
}

/// Plain words as Markdown in one line.
fn line(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn to(renderer: &Renderer, name: &str) -> String {
    format!("{}{name}", renderer.site.about.base_url.as_str())
}
