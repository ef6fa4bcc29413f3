//! A site with many reviews at a few organisations.

use std::fmt::Write as _;

use super::TestSite;

/// The number of reviews of the large site.
pub const REVIEWS: usize = 640;

/// The number of its factors.
pub const FACTORS: usize = 180;

impl TestSite {
    /// A site with many reviews. Some factors are in most of them, some reviews are withdrawn, some name others, and
    /// some name a factor by an old id.
    pub fn large() -> Self {
        let space = Self::empty();
        space.write("casebook.toml", "title = \"Large\"\nbase_url = \"https://example.org/\"\n");
        space.write("content/factors.toml", registry());
        for review in 0..REVIEWS {
            space.write(&format!("content/reviews/{}.md", id(review)), text(review));
        }
        space
    }
}

fn day(review: usize) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2013, 1, 1).unwrap() + chrono::Days::new(review as u64 * 7)
}

fn id(review: usize) -> String {
    format!("{}-incident-{review}", day(review))
}

fn registry() -> String {
    let mut registry = String::new();
    for factor in 0..FACTORS {
        let definition =
            "A condition of which the definition takes about as many words as those of real registries do.";
        writeln!(
            registry,
            "[[factor]]\nid = \"f-{factor}\"\nname = \"A condition with number {factor}\"\ncategory = \"{}\"\n\
             definition = \"{definition}\"\nask = [\"Could it be?\"]\naliases = [\"former-{factor}\"]\n",
            ["process", "design", "tooling"][factor % 3]
        )
        .unwrap();
    }
    registry
}

fn text(review: usize) -> String {
    let own = review % FACTORS;
    let name = if review.is_multiple_of(5) { "former" } else { "f" };
    let mut factors = format!("[[factors]]\nid = \"{name}-{own}\"\nrole = \"primary\"\nnote = \"Here.\"\n");
    for other in [(review + 1) % 7, 7 + review % 5].into_iter().filter(|other| *other != own) {
        write!(factors, "[[factors]]\nid = \"f-{other}\"\nnote = \"Note of {review}.\"\n").unwrap();
    }
    let related = if review % 50 == 1 { format!("related = [\"{}\"]\n", id(review + 23)) } else { String::new() };
    let detection =
        ["", "[response]\ndetection = \"monitoring\"\n", "[response]\ndetection = \"customer\"\n"][review % 3];
    let day = day(review);
    // Some on the very day on which the factor is seen again, which is not yet after it.
    let closed = day + chrono::Days::new(if review.is_multiple_of(2) { 28 * 7 } else { 10 });
    // Some are closed on the very day on which they are due.
    let due = day + chrono::Days::new(if review % 4 == 1 { 10 } else { 400 });
    let action = match review % 6 {
        0 => format!("open\"\ndue = {due}\n#"),
        3 => "in-progress".to_owned(),
        _ => format!("done\"\ndue = {due}\nclosed = {closed}\n#"),
    };
    // Some within the days of the policy, some later, and of some nobody knows.
    let held = if review % 3 == 1 {
        String::new()
    } else {
        format!("reviewed = {}\n", day + chrono::Days::new(review as u64 % 14))
    };
    format!(
        "+++\ntitle = \"Incident number {review}\"\nseverity = \"P{}\"\nstatus = \"{}\"\ntlp = \"TLP:CLEAR\"\nkind = \"{}\"\n\
         perspective = \"collected\"\norganisation = \"Organisation {}\"\nservices = [\"service {}\"]\n{related}{held}\
         [impact]\nusers = \"Some.\"\n{detection}{factors}[[actions]]\nid = \"do\"\nchange = \"Change it\"\n\
         addresses = [\"f-{own}\", \"former-{own}\", \"f-{}\"]\nstatus = \"{action}\"\n+++\n\
         ## Summary\n{}\n\n## Timeline\n- {day} 10:00 UTC — **Impact started** — it began.\n\
         - 11:00 — **Resolved** — it ended.\n",
        1 + review % 5,
        if review % 11 == 3 { "withdrawn" } else { "final" },
        if review % 8 == 2 { "near-miss" } else { "incident" },
        review % 4,
        review % 9,
        (review + 1) % 7,
        "What happened, in some words. ".repeat(9),
    )
}
