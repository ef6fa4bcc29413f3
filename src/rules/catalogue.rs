//! The catalogue of all rules, by family.

use super::{Check, Rule};
use super::{action, blame, corpus, document, factor, link, publication, response, section, timeline};
use crate::diagnostic::ProblemKind;

/// Rules on one subject. Their codes begin with the same letter.
#[derive(Debug)]
pub struct Family {
    /// The letter that its codes begin with.
    pub letter: &'static str,
    /// The subject, as a heading.
    pub title: &'static str,
    /// The rules, by number.
    pub rules: &'static [&'static Rule],
}

/// Every family, in the order of the catalogue.
pub static FAMILIES: [Family; 10] = [
    Family { letter: "D", title: "Document and front matter", rules: document::RULES },
    Family { letter: "S", title: "Sections", rules: section::RULES },
    Family { letter: "T", title: "Timeline", rules: timeline::RULES },
    Family { letter: "F", title: "Factors", rules: factor::RULES },
    Family { letter: "A", title: "Actions", rules: action::RULES },
    Family { letter: "R", title: "Review process and response", rules: response::RULES },
    Family { letter: "P", title: "Publication safety", rules: publication::RULES },
    Family { letter: "B", title: "Blameless language", rules: blame::RULES },
    Family { letter: "L", title: "Links and assets", rules: link::RULES },
    Family { letter: "C", title: "Across reviews", rules: corpus::RULES },
];

/// Every rule, by family and number.
pub static CATALOGUE: [&Rule; count()] = all();

const fn count() -> usize {
    let (mut count, mut family) = (0, 0);
    while family < FAMILIES.len() {
        count += FAMILIES[family].rules.len();
        family += 1;
    }
    count
}

const fn all() -> [&'static Rule; count()] {
    let mut all = [FAMILIES[0].rules[0]; count()];
    let (mut at, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let rules = FAMILIES[family].rules;
        let mut number = 0;
        while number < rules.len() {
            all[at] = rules[number];
            (at, number) = (at + 1, number + 1);
        }
        family += 1;
    }
    all
}

/// The rule of a code or a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    CATALOGUE.into_iter().find(|rule| rule.metadata.is_called(name))
}

/// The rule that reports problems of a kind.
pub fn of_problem(kind: ProblemKind) -> &'static Rule {
    let reports =
        |rule: &&Rule| rule.checks.iter().any(|check| matches!(check, Check::Problem(reported) if *reported == kind));
    CATALOGUE.into_iter().find(reports).expect("every kind of problem has a rule")
}
