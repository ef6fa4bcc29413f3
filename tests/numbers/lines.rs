//! The drawing of all incidents on the home page, read from its SVG and compared with the dataset.

use std::collections::BTreeMap;

use serde_json::Value;

use super::dataset::{Dataset, text};
use super::page::{between, number, words};

/// An incident as the dataset tells it: who noticed first, and seconds after the start of impact.
struct Incident<'a> {
    id: &'a str,
    by: &'static str,
    detected: Option<f64>,
    mitigated: f64,
    resolved: f64,
}

/// The incidents whose durations are known well enough to have a place on a logarithmic scale.
fn incidents(dataset: &Dataset) -> Vec<Incident<'_>> {
    let incident = |review: &'_ Value| {
        let seconds = |metric: &str| {
            let given = &review["metrics"][metric];
            let seconds = given["seconds"].as_f64()?;
            let least = match text(given, "precision") {
                "month" => 90.0,
                "day" => 3.0,
                _ => 0.0,
            };
            (seconds >= least * 86_400.0).then_some(seconds)
        };
        let is_mitigated = !review["metrics"]["time_to_mitigate"].is_null();
        let mitigated = seconds(if is_mitigated { "time_to_mitigate" } else { "time_to_resolve" })?;
        let by = match review["response"]["detection"].as_str() {
            None => "none",
            Some("monitoring") => "monitoring",
            Some("staff") => "staff",
            Some(_) => "outside",
        };
        let resolved = seconds("time_to_resolve").unwrap_or(mitigated).max(mitigated);
        Some((by, seconds("time_to_detect"), mitigated, resolved))
    };
    let all = dataset.counted().filter_map(|review| {
        let (by, detected, mitigated, resolved) = incident(review)?;
        Some(Incident { id: text(review, "id"), by, detected, mitigated, resolved })
    });
    all.collect()
}

fn percent(attribute: &str) -> f64 {
    attribute.trim_end_matches('%').parse().unwrap_or_else(|_| panic!("{attribute:?} is no share"))
}

/// Where a duration stands: the first two named lines of the scale after the zero give it.
fn scale(svg: &str) -> impl Fn(f64) -> f64 {
    let mark = |label: &str| {
        let (before, _) = svg.split_once(&format!(">{label}</text>"))?;
        Some(percent(between(&before[before.rfind("<text")?..], "x=\"", "\"")))
    };
    let names = [("1 min", 60.0), ("10 min", 600.0), ("1 h", 3_600.0), ("6 h", 21_600.0), ("1 day", 86_400.0)];
    let more = [("1 week", 604_800.0), ("1 month", 2_629_800.0), ("1 year", 31_557_600.0_f64)];
    let marks: Vec<(f64, f64)> = names
        .iter()
        .chain(&more)
        .filter_map(|(name, seconds)| Some((seconds.ln(), mark(&name.replace(' ', "\u{a0}"))?)))
        .collect();
    let ((least, from), (most, to)) = (marks[0], *marks.last().unwrap());
    assert!(marks.len() > 1 && from < to, "{marks:?}");
    move |seconds| {
        let place = from + (seconds.max(60.0).ln() - least) / (most - least) * (to - from);
        if seconds <= 0.0 { 0.0 } else { place }
    }
}

/// Compares every line, or every shape, with the dataset.
pub fn check_lines(home: &str, dataset: &Dataset) {
    let svg = between(home, "<svg class=\"lines-chart\"", "</figure>").split("<figcaption>").next().unwrap();
    let expected = incidents(dataset);
    let mut bands: BTreeMap<&str, &str> = BTreeMap::new();
    for band in svg.split("<g class=\"by-").skip(1) {
        bands.insert(band.split('"').next().unwrap(), band);
    }
    let x = scale(svg);
    for by in ["monitoring", "staff", "outside", "none"] {
        let of: Vec<&Incident<'_>> = expected.iter().filter(|incident| incident.by == by).collect();
        let Some(band) = bands.get(by) else {
            assert!(of.is_empty(), "{by} is not drawn");
            continue;
        };
        assert_eq!(number(&words(between(band, "<tspan>", "</tspan>"))), of.len(), "{by}");
        if expected.len() > 56 {
            let shape = |from: usize| band.split("<path").nth(from).unwrap();
            check_shape(shape(1), &of, &|incident| x(incident.resolved));
            check_shape(shape(2), &of, &|incident| x(incident.mitigated));
            check_shape(shape(3), &of, &|incident| incident.detected.map_or(-1.0, |at| x(at.min(incident.mitigated))));
        } else {
            check_band(band, &of, &x);
        }
    }
    let left = dataset.counted().count() - expected.len();
    let said = words(between(home, "<figcaption>", "</figcaption>"));
    assert!(left == 0 || said.contains(&format!("{left} review")), "{left}: {said}");
}

fn check_band(band: &str, of: &[&Incident<'_>], x: &dyn Fn(f64) -> f64) {
    let lines: Vec<&str> = band.split("<a href=\"reviews/").skip(1).collect();
    assert_eq!(lines.len(), of.len());
    for line in lines {
        let id = line.split(".html").next().unwrap();
        let incident = of.iter().find(|incident| incident.id == id).unwrap_or_else(|| panic!("{id} is in this band"));
        let near = |what: &str, shown: &str, seconds: f64| {
            assert!((percent(shown) - x(seconds)).abs() < 0.15, "{what} of {id}: {shown} is not {}", x(seconds));
        };
        near(
            "impact",
            between(line, "class=\"w", "/>").split("x2=\"").nth(1).unwrap().trim_end_matches('"'),
            incident.mitigated,
        );
        if let Some(rest) = line.split("<line x1=\"").nth(1) {
            near("end of impact", rest.split('"').next().unwrap(), incident.mitigated);
            near("end", between(rest, "x2=\"", "\""), incident.resolved);
        } else {
            near(
                "end",
                between(line, "class=\"w", "/>").split("x2=\"").nth(1).unwrap().trim_end_matches('"'),
                incident.resolved,
            );
        }
        match incident.detected {
            Some(detected) => near("detection", between(line, "<circle cx=\"", "\""), detected),
            None => assert!(!line.contains("<circle"), "{id}"),
        }
    }
}

/// A path of steps goes down by one for each incident that ends; it may be late by the width of a bin.
fn check_shape(path: &str, of: &[&Incident<'_>], end: &dyn Fn(&Incident<'_>) -> f64) {
    let path = between(path, " d=\"", "\"").split_once('H').map_or("", |(_, steps)| steps);
    let steps: Vec<(f64, usize)> = path
        .split('H')
        .filter(|step| !step.is_empty())
        .map(|step| {
            let (at, left) = step.split_once('V').unwrap();
            (at.parse::<f64>().unwrap() / 10.0, of.len() - left.parse::<usize>().unwrap())
        })
        .collect();
    let count = |at: f64| of.iter().filter(|incident| end(incident) > at).count();
    for (at, height) in &steps[..steps.len().saturating_sub(1)] {
        assert!((count(at + 0.06)..=count(at - 0.06)).contains(height), "{height} of {} at {at}", count(*at));
    }
    let covered = |from: f64| steps.iter().rev().find(|(at, _)| *at <= from).map_or(0, |(_, height)| *height);
    for from in (0..62).map(|bin| f64::from(bin) * 1.6) {
        let height = covered(from + 0.01);
        assert!((count(from + 0.06)..=count(from - 0.06)).contains(&height), "{height} of {} at {from}", count(from));
    }
}
