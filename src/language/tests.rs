//! What every language holds: complete words, the same names in braces, the plural forms that it needs.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate};

use super::{BUILT_IN, Language, Phrase, Phrases, capitalised, placeholders};
use crate::document::SectionKind;
use crate::model::{
    ActionKind, ActionStatus, Detection, ImpactKind, Metric, MetricKind, Precision, Question, Update, Verdict, Words,
};

fn language(tag: &str) -> Language {
    Language::new(tag, Phrases::for_tag(tag))
}

/// The words of a language without those of English.
fn own(tag: &str) -> Language {
    let mut phrases = Phrases::default();
    phrases.add_built_in(tag);
    Language::new(tag, phrases)
}

#[test]
fn files_of_words_can_be_read() {
    for (tag, text) in BUILT_IN {
        assert_eq!(Phrases::default().add(text), [], "{tag}");
    }
}

/// A word that is missing is taken from English: readers would see two languages on one page.
#[test]
fn no_language_lacks_a_word_or_has_one_too_many() {
    let english: BTreeSet<String> = language("en").phrases().map(|(key, _)| key.to_owned()).collect();
    assert!(english.len() > 400, "{}", english.len());
    for (tag, _) in BUILT_IN {
        let keys: BTreeSet<String> = own(tag).phrases().map(|(key, _)| key.to_owned()).collect();
        let missing: Vec<&String> = english.difference(&keys).collect();
        let unknown: Vec<&String> = keys.difference(&english).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{tag} lacks {missing:?} and has {unknown:?}");
    }
}

#[test]
fn what_is_filled_in_is_the_same_in_every_language() {
    let english = language("en");
    for (tag, _) in BUILT_IN {
        for (key, phrase) in language(tag).phrases() {
            let wanted: BTreeSet<String> =
                english.get(key).unwrap().forms().into_iter().flat_map(placeholders).collect();
            let found: BTreeSet<String> = phrase.forms().into_iter().flat_map(placeholders).collect();
            assert_eq!(found, wanted, "{tag}: {key}");
            assert!(phrase.forms().iter().all(|form| !form.is_empty()), "{tag}: {key} is empty");
        }
    }
}

/// A form for each plural category that numbers of everyday size have, and no form that no number has.
#[test]
fn plurals_have_the_forms_that_the_language_needs() {
    for (tag, _) in BUILT_IN {
        let language = language(tag);
        let needed: BTreeSet<&str> = (0..2000).map(|number| language.category(number)).collect();
        for (key, phrase) in language.phrases() {
            let Phrase::Counted(forms) = phrase else { continue };
            let given: BTreeSet<&str> = forms.keys().copied().collect();
            assert!(needed.is_subset(&given), "{tag}: {key} has {given:?} and needs {needed:?}");
            assert!(given.iter().all(|form| needed.contains(form) || *form == "other"), "{tag}: {key} has {given:?}");
        }
    }
}

#[test]
fn every_word_of_a_vocabulary_has_a_name_in_the_language() {
    fn check<T: Words>(keys: &[&str]) {
        for (word, _) in T::WORDS {
            for key in keys {
                let key = key.replace("{}", word);
                assert!(Language::english().get(&key).is_some(), "{key}");
            }
        }
    }
    check::<ActionKind>(&["action.{}", "purpose.{}"]);
    check::<ActionStatus>(&["action.{}"]);
    check::<Update>(&["update.{}"]);
    check::<Detection>(&["detection.{}", "detection.{}_first"]);
    check::<Question>(&["question.{}"]);
    check::<Verdict>(&["verdict.{}"]);
    check::<ImpactKind>(&["impact.{}"]);
}

#[test]
fn durations_read_as_people_say_them() {
    let cases = [
        (Duration::minutes(27), Precision::Minute, "27 min", "27 Min."),
        (Duration::minutes(65), Precision::Minute, "1 h 5 min", "1 Std. 5 Min."),
        (Duration::minutes(47 * 60 + 59), Precision::Minute, "47 h 59 min", "47 Std. 59 Min."),
        (Duration::hours(48), Precision::Minute, "2 days", "2 Tage"),
        (Duration::hours(75), Precision::Minute, "3 days|3 hours", "3 Tage|3 Stunden"),
        (Duration::hours(73), Precision::Minute, "3 days|1 hour", "3 Tage|1 Stunde"),
        (Duration::seconds(95), Precision::Second, "1 min 35 s", "1 Min. 35 Sek."),
        (Duration::seconds(35), Precision::Second, "35 s", "35 Sek."),
        (Duration::seconds(120), Precision::Second, "2 min", "2 Min."),
        (Duration::seconds(659), Precision::Second, "10 min", "10 Min."),
        (Duration::days(122), Precision::Month, "about|4 months", "etwa|4 Monate"),
        (Duration::days(30), Precision::Month, "about|a month|or|less", "etwa|einen Monat|oder|weniger"),
        (Duration::days(50), Precision::Month, "about|2 months", "etwa|2 Monate"),
        (Duration::days(1), Precision::Day, "about|1 day", "etwa|1 Tag"),
        (Duration::zero(), Precision::Day, "less|than|a day", "weniger|als|einen Tag"),
        (Duration::days(1000), Precision::Minute, "3 years", "3 Jahre"),
        (Duration::zero(), Precision::Minute, "0 min", "0 Min."),
        (Duration::zero(), Precision::Second, "0 min", "0 Min."),
    ];
    for (duration, precision, english, german) in cases {
        let metric = Metric { kind: MetricKind::Exposure, duration, precision, approximate: false };
        assert_eq!(language("en").duration(&metric), spaced(english));
        assert_eq!(language("de").duration(&metric), spaced(german));
    }
}

/// Text in which `|` marks where a line may break; no other space lets it.
fn spaced(text: &str) -> String {
    text.replace(' ', "\u{a0}").replace('|', " ")
}

#[test]
fn approximate_durations_are_rounded_to_one_unit() {
    let cases = [
        (0, "about|1 minute", "alrededor|de|1 minuto"),
        (4, "about|4 minutes", "alrededor|de|4 minutos"),
        (27, "about|25 minutes", "alrededor|de|25 minutos"),
        (57, "about|55 minutes", "alrededor|de|55 minutos"),
        (58, "about|1 hour", "alrededor|de|1 hora"),
        (63, "about|65 minutes", "alrededor|de|65 minutos"),
        (97, "about|95 minutes", "alrededor|de|95 minutos"),
        (98, "about|2 hours", "alrededor|de|2 horas"),
        (12 * 60 + 1, "about|12 hours", "alrededor|de|12 horas"),
        (47 * 60 + 29, "about|47 hours", "alrededor|de|47 horas"),
        (47 * 60 + 30, "about|2 days", "alrededor|de|2 días"),
        (75 * 60, "about|3 days", "alrededor|de|3 días"),
    ];
    for (minutes, english, spanish) in cases {
        let duration = Duration::minutes(minutes);
        let (kind, precision) = (MetricKind::TimeToDetect, Precision::Minute);
        let metric = Metric { kind, duration, precision, approximate: true };
        assert_eq!(language("en").duration(&metric), spaced(english));
        assert_eq!(language("es").duration(&metric), spaced(spanish));
    }
    let (kind, precision, duration) = (MetricKind::TimeToDetect, Precision::Second, Duration::seconds(95));
    let metric = Metric { kind, duration, precision, approximate: true };
    assert_eq!(language("en").duration(&metric), spaced("about|95 seconds"));
    assert_eq!(language("en").brief_duration(&metric), spaced("~95 s"));
    assert_eq!(language("en").signed_duration("−", &metric), spaced("~\u{202f}−95 s"));
    let exact = Metric { approximate: false, ..metric };
    assert_eq!(language("en").brief_duration(&exact), language("en").duration(&exact));
}

#[test]
fn ranges_of_durations_say_a_common_unit_once() {
    let cases = [
        (13, 35, "13–35 min", "13～35分"),
        (13, 72, "13 min|to|1 h 12 min", "13分～1時間12分"),
        (60, 180, "1–3 h", "1～3時間"),
        (2_880, 7_200, "2 days|to|5 days", "2日～5日"),
        (13, 13, "13 min", "13分"),
    ];
    let metric = |minutes: i64| {
        let (kind, precision) = (MetricKind::TimeToDetect, Precision::Second);
        Metric { kind, duration: Duration::minutes(minutes), precision, approximate: false }
    };
    for (from, to, english, japanese) in cases {
        assert_eq!(language("en").duration_range(&metric(from), &metric(to)), spaced(english));
        assert_eq!(language("ja").duration_range(&metric(from), &metric(to)), japanese);
    }
}

/// A line never ends between a number and its unit.
#[test]
fn numbers_stay_with_their_units() {
    for (tag, _) in BUILT_IN {
        for (key, phrase) in language(tag).phrases() {
            if !key.starts_with("duration.") {
                continue;
            }
            for form in phrase.forms() {
                assert!(!form.contains("{count} "), "{tag}: {key} breaks in {form:?}");
            }
        }
    }
}

#[test]
fn days_and_numbers_are_written_as_the_language_does() {
    let cases = [
        ("en", "1 March 2024", "12 Aug", "9,876", "12,345"),
        ("de", "1. März 2024", "12. Aug.", "9.876", "12.345"),
        ("fr", "1er mars 2024", "12 août", "9\u{202f}876", "12\u{202f}345"),
        ("es", "1 de marzo de 2024", "12 ago", "9876", "12.345"),
        ("ja", "2024年3月1日", "8月12日", "9,876", "12,345"),
        ("ar", "1 مارس 2024", "12 أغسطس", "9,876", "12,345"),
        ("de-AT", "1. März 2024", "12. Aug.", "9.876", "12.345"),
        ("xx", "1 March 2024", "12 Aug", "9,876", "12,345"),
    ];
    for (tag, first, short, small, large) in cases {
        let language = language(tag);
        assert_eq!(language.day(NaiveDate::from_ymd_opt(2024, 3, 1).unwrap()), first, "{tag}");
        assert_eq!(language.short_day(NaiveDate::from_ymd_opt(2024, 8, 12).unwrap()), short, "{tag}");
        assert_eq!((language.number(9876), language.number(12345)), (small.to_owned(), large.to_owned()), "{tag}");
        assert_eq!(language.number(987), "987");
    }
}

#[test]
fn plurals_follow_the_rules_of_the_language() {
    let reviews = |tag: &str, number: usize| language(tag).count("count.reviews", number, &[]);
    assert_eq!([0, 1, 2].map(|number| reviews("en", number)), ["0 reviews", "1 review", "2 reviews"]);
    assert_eq!([0, 1, 2].map(|number| reviews("fr", number)), ["0 analyse", "1 analyse", "2 analyses"]);
    let arabic: BTreeSet<String> = [0, 1, 2, 3, 11, 100].map(|number| reviews("ar", number)).into();
    assert_eq!(arabic.len(), 6);
    // A language that the program does not speak has English words and its own rules.
    let mut polish = Phrases::for_tag("pl");
    polish
        .add("[count]\nreviews = { one = \"{count} analiza\", few = \"{count} analizy\", other = \"{count} analiz\" }");
    let polish = Language::new("pl", polish);
    assert_eq!(
        [1, 3, 5].map(|number| polish.count("count.reviews", number, &[])),
        ["1 analiza", "3 analizy", "5 analiz"]
    );
    assert_eq!(polish.say("review.impact"), "Impact");
}

#[test]
fn words_of_another_type_are_found() {
    let problems = Phrases::default().add("[home]\nlatest = true\nrecurs = { one = 1, other = \"x\" }\n");
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["`home.latest` takes words, and this is true or false"]);
}

#[test]
fn names_that_the_site_chose_stay() {
    let german = language("de");
    assert_eq!(german.default_name("severity.critical", "Critical"), "Kritisch");
    assert_eq!(german.default_name("severity.sev-zero", "Sev zero"), "Sev zero");
    assert_eq!(german.default_name("category.process", "Procedure"), "Procedure");
}

#[test]
fn directions_and_capitals() {
    assert_eq!(
        ["ar", "he-IL", "fa", "de", "ja"].map(|tag| language(tag).direction()),
        ["rtl", "rtl", "rtl", "ltr", "ltr"]
    );
    assert_eq!(capitalised("äußerst gut. Nicht"), "Äußerst gut. Nicht");
}

/// What the pages call a section, authors may call it, too.
#[test]
fn the_names_of_sections_are_read_in_every_language() {
    let sections = [
        ("section.timeline", SectionKind::Timeline),
        ("section.root-cause", SectionKind::RootCause),
        ("section.factors", SectionKind::ContributingFactors),
        ("section.went-well", SectionKind::WentWell),
        ("section.went-poorly", SectionKind::WentPoorly),
        ("section.got-lucky", SectionKind::GotLucky),
        ("section.got-lucky-collected", SectionKind::GotLucky),
    ];
    for (tag, _) in BUILT_IN {
        for (key, kind) in sections {
            let language = language(tag);
            let heading = language.say(key);
            assert_eq!(SectionKind::from_heading(heading), Some(kind), "{tag}: {heading}");
        }
    }
    for heading in ["Zusammenfassung", "1. Résumé", "Resumen", "概要", "الملخص"] {
        assert_eq!(SectionKind::from_heading(heading), Some(SectionKind::Summary), "{heading}");
    }
}
