//! The article that Arabic and Hebrew write as the beginning of a word. `search-engine.js` takes it off alike.

/// Articles, with what is joined to them: in Arabic "and", "in", "as", "so" and "for" the, in Hebrew "and the". A conjunction
/// alone is not taken off: too many words begin with its letter.
const ARTICLES: [&str; 8] = ["ال", "وال", "بال", "كال", "فال", "لل", "ה", "וה"];

/// The least number of letters of a word besides its article.
const LEAST: usize = 2;

/// A folded word without its article; `None` when it has none.
///
/// Some words begin with these letters and have no article. They lose nothing, since texts and queries are read alike, and
/// the index has the whole word, too, which counts more.
pub(super) fn without_article(word: &str) -> Option<&str> {
    if word.is_ascii() {
        return None;
    }
    let bare = ARTICLES.iter().filter_map(|article| word.strip_prefix(article)).min_by_key(|bare| bare.len())?;
    (bare.chars().count() >= LEAST).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::without_article;

    #[test]
    fn articles_are_taken_off() {
        let check = |word: &str, expected: Option<&str>| assert_eq!(without_article(word), expected, "{word}");
        check("الخادم", Some("خادم"));
        check("والخادم", Some("خادم"));
        check("للخادم", Some("خادم"));
        check("خادم", None);
        check("وقت", None);
        check("الم", None);
        check("השרת", Some("שרת"));
        check("והשרת", Some("שרת"));
        check("שרת", None);
        check("הם", None);
        check("edge", None);
        check("été", None);
    }
}
