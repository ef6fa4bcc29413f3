//! How often the rules on blame are right, measured on labelled sentences.

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "tests may touch the world")]

    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    use super::super::sentence::{Who, find};
    use crate::document::parse;
    use crate::rules::passage::{Quotations, prose};
    use crate::rules::person::Persons;
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
        let blames = find(&prose, &Persons::default()).into_iter();
        blames.map(|blame| (words(blame.range.clone()), line(blame.range.start), line(blame.range.end))).collect()
    }

    /// What a measurement counts.
    #[derive(Debug, Default, PartialEq, Eq)]
    struct Count {
        found: usize,
        missed: usize,
        wrong: usize,
    }

    impl Count {
        /// Counts the lines of one review, and names those that are judged otherwise than they are labelled.
        fn add(&mut self, name: &str, expected: &[usize], blamed: &[(String, usize, usize)]) {
            for (words, from, to) in
                blamed.iter().filter(|(_, from, to)| !expected.iter().any(|at| (*from..=*to).contains(at)))
            {
                self.wrong += 1;
                println!("wrong: {name}:{from}-{to}: {words}");
            }
            for line in expected {
                let is_found = blamed.iter().any(|(_, from, to)| (from..=to).contains(&line));
                let counted = if is_found { &mut self.found } else { &mut self.missed };
                *counted += 1;
                if !is_found {
                    println!("missed: {name}:{line}");
                }
            }
        }
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

    /// A place in a review of the corpus: the file and its line.
    type Line = (String, usize);

    /// The lines that blame, of whole reviews that were read from end to end: every other line does not.
    fn labelled_lines() -> BTreeSet<Line> {
        let lines = include_str!("labelled_lines.tsv").lines().filter(|line| !line.starts_with('#'));
        let place = |line: &str| {
            let (path, line) = line.split('\t').next().unwrap().rsplit_once(':').unwrap();
            (path.to_owned(), line.parse().unwrap())
        };
        lines.map(place).collect()
    }

    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let is_review = ["md", "mdx", "qmd", "erb"].iter().any(|end| path.extension().is_some_and(|of| of == *end));
            match path.is_dir() {
                true if path.ends_with("_LICENCE") => {}
                true => files(&path, found),
                false if is_review => found.push(path),
                false => {}
            }
        }
    }

    /// Whole reviews against labelled lines. The variable `CASEBOOK_CORPUS` names the folder with them.
    #[test]
    fn whole_reviews_are_judged_as_labelled() {
        let Ok(folder) = std::env::var("CASEBOOK_CORPUS") else {
            return println!("CASEBOOK_CORPUS names no folder: no whole reviews are judged");
        };
        let (folder, labelled) = (Path::new(&folder), labelled_lines());
        let mut paths = Vec::new();
        files(folder, &mut paths);
        paths.sort();
        let mut count = Count::default();
        for path in paths {
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            if name.starts_with("cncf__") || name.starts_with("dastergon__") || !name.contains('/') {
                continue;
            }
            let expected: Vec<usize> =
                labelled.iter().filter(|(file, _)| *file == name).map(|(_, line)| *line).collect();
            count.add(&name, &expected, &blamed(&std::fs::read_to_string(&path).unwrap()));
        }
        println!("{count:?}");
        assert!(count.found * 100 >= 90 * (count.found + count.wrong), "precision: {count:?}");
        assert!(count.found * 100 >= 75 * (count.found + count.missed), "recall: {count:?}");
    }

    /// A line with its kind.
    type Kind = (usize, &'static str);

    /// The lines of the texts from elsewhere that blame or may blame, by half and file.
    fn labelled_elsewhere(half: &str) -> BTreeMap<&'static str, Vec<Kind>> {
        let mut labels: BTreeMap<&str, Vec<Kind>> = BTreeMap::new();
        for row in include_str!("labelled_elsewhere.tsv").lines().filter(|row| !row.starts_with('#')) {
            let [of_half, file, line, kind] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
            if of_half == half {
                labels.entry(file).or_default().push((line.parse().unwrap(), kind));
            }
        }
        labels
    }

    fn count_elsewhere(folder: &Path, half: &str) -> Count {
        let labels = labelled_elsewhere(half);
        let owner = |file: &str| file.split('/').next().unwrap().to_owned();
        let owners: BTreeSet<String> = labels.keys().map(|file| owner(file)).collect();
        let mut paths = Vec::new();
        files(folder, &mut paths);
        paths.sort();
        let mut count = Count::default();
        for path in paths {
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            if !owners.contains(&owner(&name)) || !name.contains('/') {
                continue;
            }
            let lines = labels.get(name.as_str()).cloned().unwrap_or_default();
            let (doubtful, sure): (Vec<Kind>, Vec<Kind>) = lines.into_iter().partition(|(_, kind)| *kind == "doubt");
            let mut blamed = blamed(&std::fs::read_to_string(&path).unwrap());
            blamed.retain(|(_, from, to)| !doubtful.iter().any(|(line, _)| (*from..=*to).contains(line)));
            count.add(&name, &sure.iter().map(|(line, _)| *line).collect::<Vec<_>>(), &blamed);
        }
        count
    }

    /// Whole reviews that nobody had seen who made the patterns.
    #[test]
    #[ignore = "needs the texts, in BLAME_TEXTS"]
    fn reviews_from_elsewhere_are_judged_as_labelled() {
        let folder = PathBuf::from(std::env::var("BLAME_TEXTS").expect("BLAME_TEXTS names a folder"));
        let (tune, held) = (count_elsewhere(&folder, "tune"), count_elsewhere(&folder, "held"));
        println!("tune: {tune:?}\nheld: {held:?}");
        assert!(held.found * 100 >= 90 * (held.found + held.wrong), "precision: {held:?}");
        assert!(held.found * 100 >= 60 * (held.found + held.missed), "recall: {held:?}");
        let figures = format!("{} of {} lines", held.found, held.found + held.missed);
        assert!(rule("B001").unwrap().metadata.why.contains(&figures), "{figures}");
    }

    const BLAMES: [(&str, Who); 68] = [
        ("The on-call engineer forgot to drain the node.", Who::Role),
        ("One of our developers accidentally deleted the table.", Who::Role),
        ("The person who deployed it overlooked the flag.", Who::Role),
        ("The author was careless.", Who::Role),
        ("He should have known.", Who::Role),
        ("Ali Kaya made a mistake.", Who::Name),
        ("Then @ali failed to restart it.", Who::Name),
        ("We did not check the size.", Who::Ourselves),
        ("Priya should have checked the cert first.", Who::Name),
        ("Tom forgot to renew the certificate.", Who::Name),
        ("Then José did not check the size.", Who::Name),
        ("On Monday Priya Sharma failed to drain the node.", Who::Name),
        ("Tom, on call that night, missed the page.", Who::Name),
        ("Tom (platform team) accidentally deleted it.", Who::Name),
        ("Priya renamed the key and forgot the second file.", Who::Name),
        ("Tom deleted the table without checking.", Who::Name),
        ("It was Priya's mistake.", Who::Name),
        ("The alert was overlooked by Tom.", Who::Name),
        ("Our colleague Xanthe forgot the flag.", Who::Name),
        ("Xanthe forgot the flag that she had set.", Who::Name),
        ("Tom was careless.", Who::Name),
        ("I forgot the flag.", Who::Ourselves),
        ("It was a mistake made by the platform team.", Who::Nobody),
        ("The operator repointed one folder and, crucially, forgot to update the other.", Who::Role),
        ("She also did not anticipate the nightly import.", Who::Role),
        ("A team member destroyed the wrong cluster by mistake.", Who::Role),
        ("The developer on call merged it without testing the rollback.", Who::Role),
        ("He wasn't aware which workspace was open.", Who::Role),
        ("The table was accidentally deleted by an engineer.", Who::Role),
        ("The alert was overlooked by the on-call engineer.", Who::Role),
        ("It was the engineer's mistake.", Who::Role),
        ("They never bothered to read it.", Who::Role),
        ("The team took too long to roll back.", Who::Role),
        ("Our developers wrongly assumed a limit.", Who::Role),
        ("I'm an idiot.", Who::Ourselves),
        ("We were sloppy.", Who::Ourselves),
        ("We renamed the key and forgot the second file.", Who::Ourselves),
        ("We misread the graph.", Who::Ourselves),
        ("We made a poor decision.", Who::Ourselves),
        ("We missed the warning.", Who::Ourselves),
        ("We ignored the first alert.", Who::Ourselves),
        ("This was our own fault.", Who::Ourselves),
        ("An oversight on our part.", Who::Ourselves),
        ("Forgot to renew the certificate.", Who::Ourselves),
        ("We should've been checking the queue.", Who::Ourselves),
        ("It was an act of laziness.", Who::Nobody),
        ("Our leadership did not take the warnings seriously.", Who::Role),
        ("The team skipped the staging step.", Who::Role),
        ("The developer bypassed our own review process.", Who::Role),
        ("The on-call engineer was too slow to react.", Who::Role),
        ("The team assumed the backup ran, which was wrong.", Who::Role),
        ("The engineer was unfamiliar with the tool.", Who::Role),
        ("There was a lack of understanding on the part of the platform team.", Who::Role),
        ("We could have reacted much sooner.", Who::Ourselves),
        ("Had we tested the restore, it would have shown.", Who::Ourselves),
        ("If we had rehearsed it, it could not have lasted an hour.", Who::Ourselves),
        ("It would never have grown if someone had looked at the queue.", Who::Ourselves),
        ("It was a mistake that we made before.", Who::Ourselves),
        ("Our lack of preparation showed.", Who::Ourselves),
        ("We relied too much on the cache.", Who::Ourselves),
        ("We let the certificate lapse.", Who::Ourselves),
        ("We rushed to ship it.", Who::Ourselves),
        ("Should have checked the size.", Who::Ourselves),
        ("Did not anticipate the import.", Who::Ourselves),
        ("Waiting was clearly the wrong call.", Who::Nobody),
        ("It was caused by a simple administrator mistake.", Who::Nobody),
        ("The certificate ran out because of carelessness.", Who::Nobody),
        ("A lapse of concentration was enough.", Who::Nobody),
    ];

    #[test]
    fn who_is_blamed_decides_the_rule() {
        for (text, who) in BLAMES {
            let found = find(text, &Persons::default());
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].who, who, "{text}");
        }
    }

    #[test]
    fn what_blames_nobody_is_left_alone() {
        for text in [
            "Prometheus forgot the targets.",
            "Fastly should have warned its users.",
            "Then Prometheus failed to scrape it.",
            "Travis failed to start the build.",
            "Apache Felix failed to start.",
            "The alert to Tom failed to arrive.",
            "Tom's laptop failed to start.",
            "Priya restarted the node and the job failed to start.",
            "Priya noticed that the script failed to start.",
            "Google Cloud should have warned us.",
            "Then Prometheus forgot the targets.",
            "Nobody forgot his badge.",
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
            "The plan of the migration did not anticipate the nightly import.",
            "The engineer saw that the script deleted the wrong rows by mistake.",
            "The engineer restarted the node and the job failed to start.",
            "We will check that nobody merges without testing.",
            "We were not aware of the error until users told us.",
            "The team was not aware of it before 10:05.",
            "We had no alert on the queue.",
            "We did not know why the queue grew.",
            "The engineer deleted the wrong database.",
            "Our error budget is spent.",
            "The table was mistakenly deleted.",
            "This should have been caught in review.",
            "Nobody noticed the alert.",
            "We need to be more careful.",
            "We could not reproduce it.",
            "We bypassed the load balancer to restore service.",
            "We skipped the second region.",
            "Had the region failed, it would have been worse.",
            "Had we not been looking at the graph, it would have lasted longer.",
            "If the queue had grown, the page would have come sooner.",
            "The wrong region was drained.",
            "What happened that we didn't anticipate?. Errors grew.",
            "We did not lose any data.",
            "We could have lost data.",
            "Azure Firewall caused the delay.",
            "The job took too long to finish.",
            "We did not find the cause before noon.",
            "We restored it without much trouble.",
            "We confirmed that the alert\nshould have fired.",
            "- Should the alert fire earlier?",
            "The import was too slow to finish.",
            "We assumed the worst and closed the port.",
            "The limit was unfamiliar to the tool.",
        ] {
            assert_eq!(find(text, &Persons::default()), [], "{text}");
        }
    }

    #[test]
    fn the_family_is_in_the_catalogue() {
        assert_eq!(CATALOGUE.iter().filter(|rule| rule.metadata.code.starts_with('B')).count(), 4);
    }
}
