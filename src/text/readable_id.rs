//! Ids made from names and titles in any language.

use any_ascii::any_ascii;

use super::path::MAX_ID_LENGTH;

/// Endings that a file's name may have, one after another, and that say nothing about the review.
const ENDINGS: [&str; 8] = [".md", ".markdown", ".mdx", ".qmd", ".rmd", ".erb", ".html", ".txt"];

/// Words that no shortened title ends in.
const WEAK: [&str; 24] = [
    "a", "an", "and", "as", "at", "by", "das", "de", "der", "die", "du", "for", "from", "in", "is", "la", "le", "of",
    "on", "or", "the", "to", "und", "with",
];

/// The id that the name of a file gives, which may be empty.
///
/// Letters of other scripts are written in Latin ones, each by itself: `Überlastung` is `Uberlastung`. Whatever is then
/// no letter, digit, dot, hyphen or underscore becomes a hyphen, together with the hyphens around it. What is longer than
/// an id may be ends at the last hyphen before.
pub fn id_of_file(name: &str) -> String {
    let mut stem = name;
    while let Some(ending) = ENDINGS.iter().find(|ending| has_ending(stem, ending)) {
        stem = &stem[..stem.len() - ending.len()];
    }
    shortened(&readable(stem), MAX_ID_LENGTH).to_owned()
}

/// The words of a title as a part of an id, at most `most` bytes: in lower case, with hyphens between them.
pub fn id_of_title(title: &str, most: usize) -> String {
    let id = readable(&any_ascii(title).to_ascii_lowercase().replace('\'', "").replace(['.', '_', '-'], " "));
    let mut short = shortened(&id, most);
    while short.len() < id.len()
        && let Some((rest, last)) = short.rsplit_once('-')
        && WEAK.contains(&last)
    {
        short = rest;
    }
    short.to_owned()
}

fn has_ending(name: &str, ending: &str) -> bool {
    let start = name.len().saturating_sub(ending.len());
    start > 0 && name.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

fn readable(text: &str) -> String {
    let text = any_ascii(text);
    let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if text.chars().all(is_safe) {
        return text;
    }
    let mut id = String::with_capacity(text.len());
    for run in text.split(|c| !is_safe(c)).map(|run| run.trim_matches('-')).filter(|run| !run.is_empty()) {
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(run);
    }
    id.trim_matches(['-', '.']).to_owned()
}

/// `id`, or what stands of it before a hyphen and has at most `most` bytes.
fn shortened(id: &str, most: usize) -> &str {
    match id.get(..=most) {
        None => id,
        // Without a hyphen it is one word.
        Some(start) => id[..start.rfind('-').unwrap_or(most)].trim_end_matches(['-', '.']),
    }
}

#[cfg(test)]
mod tests {
    use super::{id_of_file, id_of_title};

    #[test]
    fn names_of_files_become_ids() {
        let check = |name: &str, expected: &str| assert_eq!(id_of_file(name), expected, "{name}");
        check("2024-03-04-edge-cpu.md", "2024-03-04-edge-cpu");
        check("INC_1042--x.MD", "INC_1042--x");
        check("v1.2.markdown", "v1.2");
        check("outage.html.md.erb", "outage");
        check("PM2022-009 - Bad AMI (EKS)", "PM2022-009-Bad-AMI-EKS");
        check("Überlastung der Suche.md", "Uberlastung-der-Suche");
        check("Ausfa\u{308}lle.md", "Ausfalle");
        check("Zażółć gęślą.md", "Zazolc-gesla");
        check("数据库宕机.md", "ShuJuKuDangJi");
        check("📉.md", "chart_with_downwards_trend");
        check("---.md", "---");
        check("& .md", "");
        check(".md", ".md");
        check(&format!("{}-{}.md", "x".repeat(100), "y".repeat(30)), &"x".repeat(100));
        check(&"x".repeat(130), &"x".repeat(120));
    }

    #[test]
    fn titles_become_ids() {
        let check =
            |title: &str, most: usize, expected: &str| assert_eq!(id_of_title(title, most), expected, "{title}");
        check("Search showed no new listings for two hours", 60, "search-showed-no-new-listings-for-two-hours");
        check("Search showed no new listings for two hours", 36, "search-showed-no-new-listings");
        check("Die Suche und der Index von heute", 15, "die-suche");
        check("Élasticité perdue", 60, "elasticite-perdue");
        check("The CEO's api.example.org_x", 60, "the-ceos-api-example-org-x");
        check("???", 60, "");
    }
}
