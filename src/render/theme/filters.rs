//! How templates write: words by their keys, lists and numbers, in the language of the site.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::language::{Language, Phrase, substitute};

/// Gives templates the filters `t`, `listed` and `number`.
///
/// `{{ "home.recurs" | t }}` writes the words of a key, `{{ "count.reviews" | t(count=n) }}` those that suit a number.
/// Every other argument takes the place of its name in braces: a number as the language writes it, a date as `<time>`,
/// a link as `<a>`, anything else as text. With `href` what stands in square brackets becomes a link.
pub(super) fn register(tera: &mut Tera, language: &Language) {
    let ready: HashMap<String, Value> = language.phrases().filter_map(|(key, phrase)| ready(key, phrase)).collect();
    let words = language.clone();
    tera.register_filter("t", move |key: &str, values: Kwargs, state: &State| match ready.get(key) {
        Some(words) => Ok(words.clone()),
        None => fill(&words, key, &values, state),
    });
    let words = language.clone();
    tera.register_filter("listed", move |items: &[Value], _: Kwargs, state: &State| -> TeraResult<Value> {
        let items = items.iter().map(|item| written(item, &words, state)).collect::<TeraResult<Vec<_>>>()?;
        Ok(Value::safe_string(&items.join(words.say("list.separator"))))
    });
    let words = language.clone();
    tera.register_filter("number", move |number: u64, _: Kwargs, _: &State| words.number(number));
}

/// Words that need nothing filled in are written once, not on every page.
fn ready(key: &str, phrase: &Phrase) -> Option<(String, Value)> {
    match phrase {
        Phrase::Plain(words) if !words.contains(['{', '[']) => Some((key.to_owned(), Value::safe_string(&html(words)))),
        Phrase::Plain(_) | Phrase::Counted(_) => None,
    }
}

fn fill(language: &Language, key: &str, values: &Kwargs, state: &State) -> TeraResult<Value> {
    let Some(phrase) = language.get(key) else {
        return Err(Error::message(format!("there are no words for the key `{key}`")));
    };
    let count = values.get::<u64>("count")?;
    if count.is_none() && matches!(phrase, Phrase::Counted(_)) {
        return Err(Error::message(format!("the words for `{key}` depend on a number: t(count=…)")));
    }
    let mut written_values: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in values.iter() {
        if let Some(name) = name.as_str() {
            written_values.insert(name, written(value, language, state)?);
        }
    }
    let template = html(phrase.form(language.category(count.unwrap_or_default())));
    let text = substitute(&template, |name| written_values.get(name).map(|value| Cow::Borrowed(value.as_str())));
    let text = match written_values.get("href") {
        Some(href) => linked(&text, href),
        None => text,
    };
    Ok(Value::safe_string(&text))
}

/// A value as HTML.
fn written(value: &Value, language: &Language, state: &State) -> TeraResult<String> {
    if let Some(number) = value.as_number().and_then(|_| value.as_u64()) {
        return Ok(language.number(number));
    }
    let part = |name: &str| value.get_from_path(name).and_then(Value::as_str).map(html);
    if value.is_map() {
        if let (Some(iso), Some(text)) = (part("iso"), part("text")) {
            return Ok(format!("<time datetime=\"{iso}\">{text}</time>"));
        }
        if let (Some(href), Some(title)) = (part("href"), part("title")) {
            return Ok(if href.is_empty() { title } else { format!("<a href=\"{href}\">{title}</a>") });
        }
    }
    state.escape_if_needed(value)
}

/// What stands in square brackets, as a link.
fn linked(text: &str, href: &str) -> String {
    match text.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?))) {
        Some((before, (inside, after))) => format!("{before}<a href=\"{href}\">{inside}</a>{after}"),
        None => text.to_owned(),
    }
}

fn html(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    // Writing to memory cannot fail.
    let _ = tera::escape_html(text, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
