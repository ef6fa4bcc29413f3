//! What there is for other programs, and how to use it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::render::context::PageContext;
use crate::render::markdown::{AddressForm, href};
use crate::render::part::link::{LinkView, link};
use crate::site::{DataFile, Export, Route};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "data.html",
    kind: "data",
    variables: &[Variable::of::<DataView>("data")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    PageContent::new(context.say("data.title"), context.say("data.lead")).with("data", &data_view(context))
}

/// What there is for other programs: `data`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DataView {
    /// The files, each with what it holds.
    pub files: Vec<DataFileView>,
    /// The absolute address of casebook.json.
    pub dataset: String,
    /// Whether each review has a file of its own, at the address of its page with `.json` in place of `.html`.
    pub has_reviews: bool,
    /// The licence of the reviews; may be empty.
    pub licence: String,
    /// How to ask the dataset something, by program.
    pub examples: Vec<ExampleView>,
}

/// A file for other programs.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DataFileView {
    /// The name of the file, with a link to it.
    pub file: LinkView,
    /// The format of the file: `JSON`, `CSV`.
    pub form: &'static str,
    /// What it holds, in a sentence.
    pub meaning: String,
}

/// A question to the dataset.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ExampleView {
    /// The program that runs the code: `jq`, `DuckDB`, `pandas`.
    pub tool: &'static str,
    /// The question that the code answers, in the language of the site.
    pub question: String,
    /// How, in the language of the program.
    pub code: String,
}

/// Questions to the dataset; `DATASET` stands for its address.
const EXAMPLES: [(&str, &str, &str); 3] =
    [("jq", "data.ask_factors", JQ), ("DuckDB", "data.ask_detection", DUCKDB), ("pandas", "data.ask_open", PANDAS)];

const JQ: &str = r#"curl -s DATASET |
  jq -r '[.reviews[] | select(.withdrawn | not) | .factors[]?.id]
         | group_by(.) | map({id: .[0], n: length})
         | sort_by(-.n)[] | "\(.n) \(.id)"'"#;

const DUCKDB: &str = "SELECT r->>'severity' AS severity, count(*) AS n,
       median((r->>'$.metrics.time_to_detect.seconds')::BIGINT) / 60 AS minutes
FROM (SELECT unnest(reviews) AS r
      FROM read_json('DATASET', columns = {reviews: 'JSON[]'}))
WHERE r->>'withdrawn' IS NULL
  AND r->>'$.metrics.time_to_detect.precision' IN ('minute', 'second')
GROUP BY ALL ORDER BY ALL;";

const PANDAS: &str = r#"import json, urllib.request
import pandas as pd

data = json.load(urllib.request.urlopen("DATASET"))
counted = [r for r in data["reviews"] if "withdrawn" not in r and "actions" in r]
actions = pd.json_normalize(counted, "actions", ["id", "title"], record_prefix="action_")
print(actions[actions["action_status"].isin(["open", "in-progress"])])"#;

/// The page that tells what there is for other programs.
fn data_view(context: &PageContext<'_>) -> DataView {
    let dataset = href(context.site, AddressForm::Absolute, &DataFile::Dataset.path(&context.analysis.corpus));
    let file = |file: DataFile| {
        let path = file.path(&context.analysis.corpus);
        let (form, meaning) = file_words(file);
        DataFileView { file: link(path.name(), context.to(&path)), form, meaning: context.say(meaning).to_owned() }
    };
    let example = |(tool, question, code): (&'static str, &'static str, &str)| ExampleView {
        tool,
        question: context.say(question).to_owned(),
        code: code.replace("DATASET", &dataset),
    };
    let is_of_review = |route: &Route| matches!(route, Route::Export(Export::Data(DataFile::Review(_))));
    DataView {
        files: DataFile::ALL.map(file).into(),
        has_reviews: context.site.routes.values().any(is_of_review),
        licence: context.site.about.licence.clone(),
        examples: EXAMPLES.map(example).into(),
        dataset,
    }
}

/// The form of a file, and the key of what it holds.
fn file_words(file: DataFile) -> (&'static str, &'static str) {
    match file {
        DataFile::Dataset | DataFile::Review(_) => ("JSON", "data.dataset"),
        DataFile::Schema => ("JSON Schema", "data.schema"),
        DataFile::Reviews => ("CSV", "data.reviews"),
        DataFile::Factors => ("CSV", "data.factors"),
        DataFile::Actions => ("CSV", "data.actions"),
        DataFile::Calendar => ("iCalendar", "data.calendar"),
    }
}
