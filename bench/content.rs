//! Writes the same reviews as the content of a Casebook site, a Hugo site and a Zola site: `content FOLDER COUNT`.
//! The same count gives the same bytes on every machine.

#![allow(clippy::disallowed_methods, reason = "it writes what it was asked for")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::{Duration, NaiveDate, NaiveDateTime};

const CATEGORIES: [&str; 5] = ["process", "tooling", "staffing", "monitoring", "design"];
const FACTORS: usize = 400;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, count] = arguments.as_slice() else { panic!("usage: content FOLDER COUNT") };
    write_sites(Path::new(folder), count.parse().expect("COUNT is a number"));
}

/// Writes the sites into `folder`, with `count` reviews each.
pub(crate) fn write_sites(folder: &Path, count: usize) {
    let words = Words::read(include_str!("words.txt"));
    write(&folder.join("casebook/content/factors.toml"), &registry(&words));
    for number in 0..count {
        let review = Review::invent(&words, number, count);
        let name = format!("content/reviews/{}.md", review.id);
        let body = &review.body;
        write(&folder.join("casebook").join(&name), &format!("+++\n{}+++\n\n{body}", review.for_casebook()));
        write(&folder.join("hugo").join(&name), &format!("+++\n{}+++\n\n{body}", review.for_hugo()));
        write(&folder.join("zola").join(&name), &format!("+++\n{}+++\n\n{body}", review.for_zola()));
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// The lists of words, by name.
struct Words(BTreeMap<&'static str, Vec<&'static str>>);

impl Words {
    fn read(text: &'static str) -> Self {
        let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut current = "";
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
                Some(name) => current = name,
                None => lists.entry(current).or_default().push(line),
            }
        }
        Self(lists)
    }

    /// A phrase of a list, with the lists that it names filled in. A name with a capital gives a phrase with one.
    fn say(&self, chance: &mut Chance, list: &str) -> String {
        if list == "n" {
            return (2 + chance.below(88)).to_string();
        }
        let is_capital = list.starts_with(char::is_uppercase);
        let phrases = &self.0[list.to_lowercase().as_str()];
        let mut rest = phrases[chance.below(phrases.len())];
        let mut said = String::new();
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
        {
            said.push_str(before);
            said.push_str(&self.say(chance, name));
            rest = after;
        }
        said.push_str(rest);
        if is_capital { capital(&said) } else { said }
    }

    fn paragraph(&self, chance: &mut Chance, sentences: usize) -> String {
        let sentences: Vec<String> = (0..sentences).map(|_| self.say(chance, "sentence")).collect();
        sentences.join(" ")
    }

    fn list(&self, chance: &mut Chance, list: &str, items: usize) -> String {
        (0..items).map(|_| format!("- {}\n", self.say(chance, list))).collect()
    }

    /// The name of a factor, by its number.
    fn factor(&self, number: usize) -> String {
        let subjects = &self.0["factor-subject"];
        let lacks = &self.0["factor-lack"];
        format!("{} {}", lacks[number / subjects.len() % lacks.len()], subjects[number % subjects.len()])
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn slug(text: &str) -> String {
    text.to_lowercase().replace(' ', "-")
}

fn quoted(items: &[String]) -> String {
    items.iter().map(|item| format!("\"{item}\"")).collect::<Vec<_>>().join(", ")
}

/// Numbers that look random and are the same each time: SplitMix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

fn registry(words: &Words) -> String {
    let factor = |number: usize| {
        let name = words.factor(number);
        format!(
            "[[factor]]\nid = \"{}\"\nname = \"{name}\"\ncategory = \"{}\"\n\
             definition = \"{name} lets a small fault grow before anybody can act on it.\"\n\
             ask = [\"Would you notice within a minute: {}?\"]\n\n",
            slug(&name),
            CATEGORIES[number % CATEGORIES.len()],
            name.to_lowercase(),
        )
    };
    (0..FACTORS).map(factor).collect()
}

struct Review {
    id: String,
    title: String,
    severity: String,
    date: NaiveDate,
    services: Vec<String>,
    /// Somebody else's incident, when given.
    organisation: Option<String>,
    factors: Vec<String>,
    /// What every site has in the same form: `impact`, `actions`, `references`, as a TOML text with a prefix for each table.
    tables: Vec<(&'static str, String)>,
    related: Option<String>,
    body: String,
}

impl Review {
    fn invent(words: &Words, number: usize, count: usize) -> Self {
        let chance = &mut Chance(number as u64 * 7919 + 1);
        let first = NaiveDate::from_ymd_opt(2016, 1, 2).expect("the day exists");
        let day_of = |number: usize| first + Duration::days((number * 3600 / count) as i64);
        let id_of = |number: usize| format!("{}-case-{number:05}", day_of(number));
        let date = day_of(number);
        let organisation = (number % 3 == 2).then(|| {
            let kind = words.say(chance, "organisation-kind");
            format!("{} {kind}", words.say(chance, "organisation"))
        });
        let mut factors: Vec<String> =
            (0..2 + chance.below(3)).map(|_| slug(&words.factor(chance.below(FACTORS)))).collect();
        factors.sort();
        factors.dedup();
        let mut services: Vec<String> = (0..1 + chance.below(3)).map(|_| words.say(chance, "component")).collect();
        services.sort();
        services.dedup();
        let start = date.and_hms_opt(0, 0, 0).expect("midnight exists") + Duration::minutes(chance.below(900) as i64);
        Self {
            id: id_of(number),
            title: format!("{} {}", capital(&services[0]), words.say(chance, "effect")),
            severity: format!("P{}", 1 + chance.below(4)),
            date,
            tables: tables(words, chance, &factors, date),
            // Every fifth pair of neighbours names each other.
            related: ((number / 2).is_multiple_of(5) && number ^ 1 < count).then(|| id_of(number ^ 1)),
            body: body(words, chance, start),
            services,
            organisation,
            factors,
        }
    }

    fn tables(&self, prefix: &str) -> String {
        let table = |(head, rest): &(&str, String)| {
            let (open, name) = head.strip_prefix("[[").map_or(("[", &head[1..]), |name| ("[[", name));
            format!("\n{open}{prefix}{name}\n{rest}")
        };
        self.tables.iter().map(table).collect()
    }

    fn for_casebook(&self) -> String {
        let perspective = match &self.organisation {
            Some(organisation) => format!("perspective = \"collected\"\norganisation = \"{organisation}\"\n"),
            None => "perspective = \"own\"\n".to_owned(),
        };
        let related = self.related.as_ref().map_or_else(String::new, |id| format!("related = [\"{id}\"]\n"));
        format!(
            "title = \"{}\"\nseverity = \"{}\"\nkind = \"incident\"\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\n\
             publish = {}\nreviewed = {}\nparticipants = [\"Edge platform\", \"Customer support\", \"Security\"]\n\
             {perspective}services = [{}]\n{related}{}",
            self.title,
            self.severity,
            self.date + Duration::days(12),
            self.date + Duration::days(5),
            quoted(&self.services),
            self.tables(""),
        )
    }

    fn for_hugo(&self) -> String {
        let organisations: Vec<String> = self.organisation.iter().cloned().collect();
        format!(
            "title = \"{}\"\ndate = {}\nseverities = [\"{}\"]\nservices = [{}]\ncauses = [{}]\norganisations = [{}]\n{}",
            self.title,
            self.date,
            self.severity,
            quoted(&self.services),
            quoted(&self.factors),
            quoted(&organisations),
            self.tables(""),
        )
    }

    fn for_zola(&self) -> String {
        let organisations: Vec<String> = self.organisation.iter().cloned().collect();
        format!(
            "title = \"{}\"\ndate = {}\n\n[taxonomies]\nseverities = [\"{}\"]\nservices = [{}]\ncauses = [{}]\n\
             organisations = [{}]\n\n[extra]\n{}",
            self.title,
            self.date,
            self.severity,
            quoted(&self.services),
            quoted(&self.factors),
            quoted(&organisations),
            self.tables("extra."),
        )
    }
}

/// The tables of the front matter: the head of each, and what stands under it.
fn tables(words: &Words, chance: &mut Chance, factors: &[String], date: NaiveDate) -> Vec<(&'static str, String)> {
    let mut sentence = |list: &str| words.say(chance, list);
    let impact = format!(
        "users = \"{} per cent of requests got no answer.\"\nservices = \"{}\"\npartners = \"{} partners were told.\"\n",
        sentence("n"),
        sentence("Note"),
        sentence("n"),
    );
    let mut response = "detection = \"monitoring\"\n".to_owned();
    for question in ["detected_quickly", "severity_fit", "right_people", "runbook", "communication", "evidence"] {
        let answer = ["yes", "partly", "no"][chance.below(3)];
        let note = words.say(chance, "note");
        let _ = writeln!(response, "{question} = {{ answer = \"{answer}\", note = \"{note}\" }}");
    }
    let _ = writeln!(response, "controls = \"{}.\"", words.say(chance, "change"));
    let mut tables = vec![("[impact]", impact), ("[response]", response)];
    for (at, factor) in factors.iter().enumerate() {
        let role = if at == 0 { "primary" } else { "contributing" };
        let note = words.say(chance, "note");
        tables.push(("[[factors]]", format!("id = \"{factor}\"\nrole = \"{role}\"\nnote = \"{note}\"\n")));
    }
    for at in 0..factors.len() + chance.below(2) {
        let action = action(words, chance, &factors[at % factors.len()], date);
        tables.push(("[[actions]]", format!("id = \"action-{at}\"\n{action}")));
    }
    let number = chance.below(10_000);
    let url = format!("title = \"Public status post\"\nurl = \"https://status.example.org/incidents/{number}\"\n");
    tables.push(("[[references]]", url));
    tables
}

/// An action without its id; the caller adds the head of the table.
fn action(words: &Words, chance: &mut Chance, factor: &str, date: NaiveDate) -> String {
    let change = words.say(chance, "change");
    let kind = ["prevent", "detect", "mitigate", "process"][chance.below(4)];
    let owner = words.say(chance, "team");
    let mut text = format!(
        "change = \"{change}\"\nkind = \"{kind}\"\naddresses = [\"{factor}\"]\n\
         owner = \"{owner} team\"\nupdates = [\"alerting\", \"runbook\"]\n"
    );
    // Some are open still; their day lies ahead.
    if chance.below(10) == 0 {
        text.push_str("due = 2027-03-31\nstatus = \"open\"\n");
    } else {
        let closed = date + Duration::days(10 + chance.below(60) as i64);
        let evidence = words.say(chance, "evidence");
        let _ = write!(
            text,
            "due = {}\nstatus = \"done\"\nclosed = {closed}\nevidence = \"{evidence}\"\n",
            date + Duration::days(60)
        );
    }
    text
}

fn body(words: &Words, chance: &mut Chance, start: NaiveDateTime) -> String {
    let mut body = format!("## Summary\n\n{}\n", words.paragraph(chance, 3));
    let _ = write!(body, "\n## Timeline\n\n{}", timeline(words, chance, start));
    let _ = write!(body, "\n## Root cause\n\n{}\n\n{}\n", words.paragraph(chance, 3), words.paragraph(chance, 4));
    if chance.below(8) == 0 {
        let limit = chance.below(900);
        let _ = write!(body, "\n```toml\n[limits]\nstreams = {limit}\ntimeout = \"{limit}s\" # for each client\n```\n");
    }
    if chance.below(4) == 0 {
        let row = |chance: &mut Chance| {
            format!("| {} | {} | {} |\n", words.say(chance, "component"), chance.below(900), chance.below(900))
        };
        let rows: String = (0..3).map(|_| row(chance)).collect();
        let _ = write!(body, "\n| part | before | after |\n|---|---|---|\n{rows}");
    }
    let _ = write!(body, "\n### How it spread\n\n{}\n", words.paragraph(chance, 2));
    let _ = write!(body, "\n## Contributing factors\n\n{}\n", words.paragraph(chance, 2));
    let items = 2 + chance.below(2);
    let _ = write!(body, "\n## What went well\n\n{}", words.list(chance, "well", items));
    let _ = write!(body, "\n## What went poorly\n\n{}", words.list(chance, "poorly", items));
    let _ = write!(body, "\n## Where we got lucky\n\n{}", words.list(chance, "lucky", 2));
    let _ = write!(body, "\n## What others can take from this\n\n{}\n", words.paragraph(chance, 3));
    body
}

/// Eight to fifteen entries, seven of them with a mark.
fn timeline(words: &Words, chance: &mut Chance, start: NaiveDateTime) -> String {
    const MARKS: [&str; 6] = ["Impact started", "Detected", "Responded", "Cause identified", "Mitigated", "Resolved"];
    let introduced = start.date() - Duration::days(1 + chance.below(90) as i64);
    let mut text = format!("- {introduced} — **Introduced** — {}\n", words.say(chance, "event"));
    let mut time = start;
    let mut day = introduced;
    for mark in MARKS {
        let others = if mark == "Impact started" { 0 } else { chance.below(5) / 2 };
        let marks = std::iter::repeat_n(None, others).chain([Some(mark)]);
        for mark in marks {
            let date = if time.date() == day { String::new() } else { format!("{} ", time.date()) };
            let zone = if time == start { " UTC" } else { "" };
            let mark = mark.map_or_else(String::new, |mark| format!("**{mark}** — "));
            let _ = writeln!(text, "- {date}{}{zone} — {mark}{}", time.format("%H:%M"), words.say(chance, "event"));
            day = time.date();
            time += Duration::minutes(2 + chance.below(24) as i64);
        }
    }
    text
}
