//! `[[reviews]]`: where reviews are, and what holds for those there.

use std::cell::RefCell;

use crate::diagnostic::{ProblemKind, Problems};
use crate::document::TimeZone;
use crate::model::{
    DecidedValue, Decision, Perspective, Policy, ReviewPlace, SeverityDefinition, Status, Tlp, Words, format, is_region,
};
use crate::table::{TableReader, ValueKind};
use crate::text::{FilePattern, FilePatterns, PatternError, Span, Spanned};

/// Every place, with where its patterns stand. A pattern that is wrong is a problem and left out.
pub(super) fn read_review_places(
    reader: &TableReader<'_>,
    severities: &[SeverityDefinition],
    problems: &RefCell<Problems>,
) -> Vec<(ReviewPlace, Vec<Span>)> {
    let mut places = Vec::new();
    for (table, place) in reader.tables("reviews") {
        let reader = TableReader::new(table, &format::REVIEWS, place, problems);
        reader.require("files");
        let patterns = reader.texts("files");
        if patterns.is_empty()
            && let Some(entry) = table.given("files").filter(|entry| matches!(entry.value.kind, ValueKind::Array(_)))
        {
            let help = "Write where the reviews are, such as [\"docs/postmortems/**/*.md\"], or delete the table.";
            let message = "`files` names no reviews, so that the site has none";
            problems.borrow_mut().add(ProblemKind::MissingKey, entry.value.span, message).help(help);
        }
        let (files, spans) = read_patterns(patterns, problems).into_iter().unzip();
        let except = read_patterns(reader.texts("except"), problems).into_iter().map(|(pattern, _)| pattern).collect();
        let place = ReviewPlace {
            files: FilePatterns { files, except },
            decisions: read_decisions(&reader, severities),
            zone: reader.text("zone").and_then(|zone| read_zone(&zone, problems)),
            adopted_before: reader.date("adopted_before").map(|day| day.value),
        };
        reader.finish();
        places.push((place, spans));
    }
    places
}

fn read_patterns(texts: Vec<Spanned<String>>, problems: &RefCell<Problems>) -> Vec<(FilePattern, Span)> {
    let mut patterns = Vec::new();
    for text in texts {
        let (message, help) = match FilePattern::new(&text.value) {
            Ok(pattern) => {
                patterns.push((pattern, text.span));
                continue;
            }
            Err(PatternError::Outside) => (
                format!("`{}` is no pattern of files below the site folder", text.value),
                "Write it from the folder of casebook.toml, with `/` between the parts: \"docs/postmortems/**/*.md\". Where \
                 the reviews lie beside that folder, move casebook.toml up.",
            ),
            Err(PatternError::Syntax(why)) => (
                format!("`{}` is no pattern: {why}", text.value),
                "Use `*`, `?`, `[…]`, `{…,…}` and `**` for any number of folders, and close each bracket.",
            ),
        };
        problems.borrow_mut().add(ProblemKind::UnknownValue, text.span, message).help(help);
    }
    patterns
}

/// The values of keys that reviews do not have themselves. Each is judged here, once, and not in every review.
fn read_decisions(reader: &TableReader<'_>, severities: &[SeverityDefinition]) -> Vec<Decision> {
    let text = |key, value: Option<String>| value.map(|value| Decision { key, value: DecidedValue::Text(value) });
    let services: Vec<String> = reader.texts("services").into_iter().map(|service| service.value).collect();
    let services = (!services.is_empty()).then_some(Decision { key: "services", value: DecidedValue::Texts(services) });
    let decided = [
        text("status", reader.word("status", Status::WORDS).map(|word| word.value.word().to_owned())),
        text("tlp", reader.word("tlp", Tlp::WORDS).map(|word| word.value.word().to_owned())),
        text("severity", read_severity(reader, severities)),
        text("perspective", reader.word("perspective", Perspective::WORDS).map(|word| word.value.word().to_owned())),
        text("organisation", reader.text("organisation").map(|name| name.value)),
        services,
    ];
    decided.into_iter().flatten().collect()
}

fn read_severity(reader: &TableReader<'_>, severities: &[SeverityDefinition]) -> Option<String> {
    let severity = reader.text("severity")?;
    let policy = Policy { severities: severities.to_vec(), ..Policy::default() };
    if let Some((_, known)) = policy.severity(&severity.value) {
        return Some(known.id.clone());
    }
    let ids: Vec<&str> = severities.iter().map(|severity| severity.id.as_str()).collect();
    reader.unknown_word("severity", &severity, &ids);
    None
}

fn read_zone(zone: &Spanned<String>, problems: &RefCell<Problems>) -> Option<TimeZone> {
    let text = zone.value.trim();
    let known = match text {
        "UTC" | "Z" | "GMT" => Some(TimeZone::Utc),
        region if region.contains('/') && is_region(region) => Some(TimeZone::Named(region.to_owned())),
        offset => minutes(offset).map(TimeZone::Offset),
    };
    if known.is_none() {
        let message = format!("`{text}` is no zone that holds all year");
        let help =
            "Write UTC, an offset such as \"+02:00\", or a region of the time zone database such as \"Europe/Berlin\".";
        problems.borrow_mut().add(ProblemKind::UnknownValue, zone.span, message).help(help);
    }
    known
}

/// The minutes of an offset such as `+05:30`, which may stand after `UTC`.
fn minutes(offset: &str) -> Option<i32> {
    let offset = offset.strip_prefix("UTC").unwrap_or(offset);
    let (sign, rest) = match offset.as_bytes().first()? {
        b'+' => (1, &offset[1..]),
        b'-' => (-1, &offset[1..]),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "00"));
    let number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i32>().ok())?;
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
