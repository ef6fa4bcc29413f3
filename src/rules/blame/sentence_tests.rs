//! How often the rules on blame are right, measured on labelled sentences.

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "tests may touch the world")]

    use std::path::Path;

    use super::super::sentence::{Who, find};
    use crate::document::parse;
    use crate::rules::passage::{Quotations, prose};
    use crate::rules::{CATALOGUE, find as rule};
    use crate::text::{SitePath, Source};

    const LABELS: &str = include_str!("labelled_sentences.tsv");

    /// A labelled passage: whether it blames, its source and line there, the words looked at, our sentence.
    struct Row<'a> {
        is_blame: bool,
        source: &'a str,
        words: &'a str,
        sentence: &'a str,
    }

    fn rows() -> Vec<Row<'static>> {
        let lines = LABELS.lines().filter(|line| !line.starts_with('#'));
        let rows = lines.map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [label, source, words, sentence] = fields[..] else { panic!("four fields: {line}") };
            Row { is_blame: label == "BLAME", source, words, sentence }
        });
        rows.collect()
    }

    /// The words with which a text blames, and the line on which each begins and ends.
    fn blamed(text: &str) -> Vec<(String, usize, usize)> {
        let text = format!("+++\n+++\n{text}").replace("\r\n", "\n");
        let source = Source { path: SitePath::new("content/reviews/a.md").unwrap(), text: text.as_str().into() };
        let prose = prose(&parse(&source), Quotations::LeftOut).text.into_owned();
        let line = |at: usize| text[..at].matches('\n').count() - 1;
        let words = |range: std::ops::Range<usize>| {
            prose[range].split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
        };
        let blames = find(&prose).into_iter();
        blames.map(|blame| (words(blame.range.clone()), line(blame.range.start), line(blame.range.end))).collect()
    }

    /// What a measurement counts.
    #[derive(Debug, Default, PartialEq, Eq)]
    struct Count {
        found: usize,
        missed: usize,
        wrong: usize,
    }

    fn count(is_found: impl Fn(&Row<'_>) -> bool) -> Count {
        let mut count = Count::default();
        for row in rows() {
            match (row.is_blame, is_found(&row)) {
                (true, true) => count.found += 1,
                (true, false) => count.missed += 1,
                (false, true) => count.wrong += 1,
                (false, false) => {}
            }
            if row.is_blame != is_found(&row) {
                println!("{}: {}", row.source, row.sentence);
            }
        }
        assert!(count.found * 100 >= 85 * (count.found + count.wrong), "precision below 85 %: {count:?}");
        assert!(count.found * 100 >= 60 * (count.found + count.missed), "recall below 60 %: {count:?}");
        count
    }

    #[test]
    fn labelled_sentences_are_judged_as_the_rule_says() {
        let count = count(|row| !blamed(row.sentence).is_empty());
        let blames = count.found + count.missed;
        let figures = format!(
            "Of {} labelled passages, {blames} of which blame somebody, it finds {}",
            rows().len(),
            count.found
        );
        let why = rule("B001").unwrap().metadata.why;
        assert!(why.contains(&figures), "{figures}");
        assert!(
            why.contains(&format!("{} that blame nobody", count.wrong).replace("0 that", "none that")),
            "{count:?}"
        );
    }

    /// The same over the sources themselves, which are no part of this repository:
    /// `CASEBOOK_CORPUS=folder cargo test --lib labelled -- --ignored`.
    #[test]
    #[ignore = "needs the sources, in CASEBOOK_CORPUS"]
    fn labelled_sources_are_judged_alike() {
        let folder = std::env::var("CASEBOOK_CORPUS").expect("CASEBOOK_CORPUS names the folder with the sources");
        let count = count(|row| {
            let (path, line) = row.source.rsplit_once(':').unwrap();
            let (line, text) = (line.parse::<usize>().unwrap(), std::fs::read_to_string(Path::new(&folder).join(path)));
            let is_there = |from: usize, to: usize| (from..=to).contains(&line);
            let words = row.words.to_lowercase();
            blamed(&text.unwrap()).iter().any(|(blamed, from, to)| blamed.contains(&words) && is_there(*from, *to))
        });
        println!("{count:?}");
    }

    #[test]
    fn who_is_blamed_decides_the_rule() {
        for (text, who) in [
            ("The on-call engineer forgot to drain the node.", Who::Role),
            ("One of our developers accidentally deleted the table.", Who::Role),
            ("The person who deployed it overlooked the flag.", Who::Role),
            ("The author was careless.", Who::Role),
            ("He should have known.", Who::Role),
            ("Ali Kaya made a mistake.", Who::Name),
            ("Then @ali failed to restart it.", Who::Name),
            ("We did not check the size.", Who::Ourselves),
            ("I forgot the flag.", Who::Ourselves),
            ("It was a mistake made by the platform team.", Who::Nobody),
        ] {
            let found = find(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].who, who, "{text}");
        }
        for text in [
            "The operator failed to reconcile the pods.",
            "The deploy failed to start.",
            "The users did not notice anything.",
            "The alert should have fired.",
            "We should have a second pager.",
            "We should have automated backups.",
            "The team said \"we forgot to test it\".",
            "The scanner did not check the image.",
            "Terraform accidentally deleted the volume.",
            "Our team checked the size. Nothing forgot to run.",
            "This was not human error.",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }

    #[test]
    fn the_family_is_in_the_catalogue() {
        assert_eq!(CATALOGUE.iter().filter(|rule| rule.metadata.code.starts_with('B')).count(), 4);
    }
}
