//! What the text of a review says and the front matter need not repeat: its title, its head, its actions.

use serde_json::{Value, json};

use crate::support::TestSite;

/// A site that publishes what lies in `docs`, with one file there.
pub(super) fn site(text: &str) -> TestSite {
    let site = TestSite::empty();
    let place = "[[reviews]]\nfiles = [\"docs/*.md\"]\nadopted_before = 2100-01-01\n";
    site.write("casebook.toml", format!("title = \"T\"\nbase_url = \"https://example.org/\"\n\n{place}"));
    site.write("docs/the-queue.md", text);
    site
}

/// The review as the dataset has it.
pub(super) fn published(site: &TestSite) -> Value {
    site.build().expect(0, &[]);
    let data: Value = serde_json::from_str(&site.read("public/data/casebook.json")).unwrap();
    data["reviews"][0].clone()
}

const HEAD: &str = "# The queue stopped\n\n**Date:** 4 March 2024\\\n**Severity**: sev 2\n\n- **Status:** final\n- **TLP**: clear\n\n\
    | Services | checkout, orders API |\n|--|--|\n| Reviewed | 2024-03-08 |\n\nIn short: it stopped.\n\n\
    ## Impact\n\nMany waited.\n\n## Timeline (UTC)\n\n- 10:00 — **Detected** — the alert fires.\n";

#[test]
fn the_head_of_the_text_stands_for_keys() {
    let site = site(HEAD);
    let review = published(&site);
    assert_eq!(review["title"], "The queue stopped");
    assert_eq!(review["date"], "2024-03-04");
    assert_eq!(review["severity"], "P2");
    assert_eq!(review["services"], json!(["checkout", "orders API"]));
    assert_eq!(review["reviewed"], "2024-03-08");
    assert_eq!(review["timeline"][0]["at"], "2024-03-04T10:00:00Z");
    // All of it stays on the page.
    let page = site.read("public/reviews/the-queue.html");
    for words in ["4 March 2024", "sev 2", "checkout, orders API", "In short: it stopped."] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert_eq!(page.matches("The queue stopped</h").count(), 1, "{page}");
}

#[test]
fn words_that_are_no_value_of_a_key_are_facts_and_no_mistakes() {
    let text = HEAD.replace("sev 2", "quite bad").replace("4 March 2024", "early in March");
    let site = site(&text);
    site.write("casebook.toml", format!("{}severity = \"P4\"\n", site.read("casebook.toml")));
    site.check().expect(0, &["T001"]);
    let text = text.replace("- 10:00", "- 2024-03-04 10:00");
    site.write("docs/the-queue.md", &text);
    let review = published(&site);
    assert_eq!((&review["severity"], &review["date"]), (&json!("P4"), &json!("2024-03-04")));
    assert!(site.read("public/reviews/the-queue.html").contains("quite bad"));
}

#[test]
fn front_matter_and_head_that_differ_are_a_finding() {
    let front = "+++\ntitle = \"T\"\nseverity = \"P1\"\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\n+++\n";
    let site = site(&format!("{front}{HEAD}"));
    site.check().expect(0, &["D017", "the text says `sev 2`, and `severity` in the front matter is `P1`", ":10:15"]);
    // Who may read it is never a guess.
    let site = self::site(&format!("{front}{HEAD}").replace("**TLP**: clear", "**TLP**: amber"));
    site.check().expect(0, &["D017", "1 withheld"]);
    // Nor is it one where the front matter is silent and a decision for the place speaks.
    for (from, to) in
        [("**TLP**: clear", "**TLP**: red (until May)"), ("**Status:** final", "**Status:** Draft, in review")]
    {
        let site = self::site(&HEAD.replace(from, to));
        let settings = site.read("casebook.toml");
        site.write("casebook.toml", format!("{settings}tlp = \"CLEAR\"\nstatus = \"final\"\n"));
        site.build().expect(0, &["0 to publish, 1 withheld"]);
        assert!(!site.path("public/reviews/the-queue.html").exists(), "{to}");
    }
}

const ACTIONS: &str = "## Action items\n\nWhat we do.\n\n| Action item | Owner | Due | Ticket | Risk |\n|--|--|--|--|--|\n\
    | Limit the **queue** | Platform team | 2024-05-01 | [T-1](https://example.org/1) | low |\n\n\
    ### Short term\n\n- [x] Write a runbook (SRE, 1 June 2024)\n- [ ] Alert on age. Owner: SRE, due: 2024-07-01\n\n\
    ### Later\n\n1. Monitoring:\n   - Add a graph\n     of the age\n2. Talk to the supplier (in progress)\n";

#[test]
fn actions_are_read_from_tables_task_lists_and_items() {
    let site = site(&format!("{HEAD}\n{ACTIONS}"));
    let review = published(&site);
    let fields = ["change", "owner", "due", "status", "link"];
    let actions: Vec<Vec<&str>> = review["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|action| fields.iter().map(|field| action[field].as_str().unwrap_or("-")).collect())
        .collect();
    let expected = [
        ["Limit the queue (Risk: low)", "Platform team", "2024-05-01", "open", "https://example.org/1"],
        ["Write a runbook", "SRE", "2024-06-01", "done", "-"],
        ["Alert on age.", "SRE", "2024-07-01", "open", "-"],
        ["Add a graph of the age", "-", "-", "open", "-"],
        ["Talk to the supplier", "-", "-", "in-progress", "-"],
    ];
    assert_eq!(actions, expected);
    let groups: Vec<&Value> = review["actions"].as_array().unwrap().iter().map(|action| &action["groups"]).collect();
    let short = json!(["Short term"]);
    assert_eq!(groups, [&Value::Null, &short, &short, &json!(["Later", "Monitoring"]), &json!(["Later"])]);
    let page = site.read("public/reviews/the-queue.html");
    let order =
        ["Action items</a></h2>", "<strong>queue</strong>", "Short term", "runbook", "Later", "Monitoring", "graph"];
    let places: Vec<usize> =
        order.iter().map(|words| page.rfind(words).unwrap_or_else(|| panic!("{words}\n{page}"))).collect();
    assert!(places.is_sorted(), "{places:?}\n{page}");
    assert!(page.contains("What we do.") && !page.contains("<li></li>"), "{page}");
    // The board of open actions has them, too.
    assert!(site.read("public/actions.html").contains("Alert on age."));
}

#[test]
fn one_action_of_front_matter_and_text_is_one() {
    let front = "+++\ntitle = \"T\"\nseverity = \"P2\"\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\n\n[[actions]]\n\
        change = \"Write a runbook\"\nkind = \"mitigate\"\n\n[[actions]]\nchange = \"Something else\"\nowner = \"SRE\"\n+++\n";
    let site = site(&format!("{front}{HEAD}\n{ACTIONS}"));
    let review = published(&site);
    let actions = review["actions"].as_array().unwrap();
    assert_eq!(actions.len(), 6, "{actions:?}");
    let runbook = actions.iter().find(|action| action["change"] == "Write a runbook").unwrap();
    assert_eq!(
        (&runbook["kind"], &runbook["owner"], &runbook["status"]),
        (&json!("mitigate"), &json!("SRE"), &json!("done"))
    );
    let differing = front.replace("kind = \"mitigate\"", "owner = \"Legal\"");
    let site = self::site(&format!("{differing}{HEAD}\n{ACTIONS}"));
    site.check().expect(0, &["D017", "the text says `SRE` is the owner, and the front matter says `Legal`"]);
}

#[test]
fn weaknesses_without_a_label_are_named_by_their_first_words() {
    let text = format!(
        "{HEAD}\n## What went poorly\n\n- **No alert.** Nobody knew.\n- The status page was late, by an hour.\n\
         - The runbook was old (accepted: the service ends in May).\n\n## Actions\n\n| Action | Answers |\n|--|--|\n\
         | Alert on the age of the queue | No alert |\n| Publish by script | the-status-page-was-late |\n"
    );
    let site = site(&text);
    let review = published(&site);
    let labels: Vec<&str> =
        review["went_poorly"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap_or("-")).collect();
    assert_eq!(labels, ["no-alert", "the-status-page-was-late", "the-runbook-was-old"]);
    assert_eq!(review["actions"][0]["addresses"], json!(["no-alert"]));
    let accepted = json!([{"weakness": "the-runbook-was-old", "reason": "the service ends in May"}]);
    assert_eq!(review["accepted"], accepted);
    let page = site.read("public/reviews/the-queue.html");
    assert!(
        page.contains("<li id=\"the-status-page-was-late\">") || page.contains("<li id=the-status-page-was-late>"),
        "{page}"
    );
}

#[test]
fn actions_in_running_text_are_read_where_a_label_or_an_owner_says_so() {
    let text = format!(
        "{HEAD}\n## Lessons\n\n**Action item:** Declare incidents early. Owner: Support\n\n**Action taken:** a restart.\n\n\
         - **Action item 2:** Page on age, see [#501]\n- Not this\n\n## Action items\n\nThese are planned.\n\n### Short term\n\n\
         **Monitoring:**\n\n- Add an alert, see [the issue][q]\n\n**Storage**\n\n- Add a quota\n\n### Long term\n\n\
         **Action:** Split the queue. Owner: SRE\n**Action:** Move it. Due: 2024-05-01. [#501]\n\nBuy disks. **Owner:** Storage team\n\n\
         Nobody does this.\n\n| Action | Ticket |\n|--|--|\n| Count disks | [#501] |\n\n\
         [#501]: https://example.org/501\n[q]: https://example.org/q(1)\n"
    );
    let site = site(&text);
    let review = published(&site);
    let expected = json!([
        [null, "Declare incidents early.", "Support", null, null],
        [null, "Page on age, see #501", null, null, "https://example.org/501"],
        [["Short term", "Monitoring"], "Add an alert, see the issue", null, null, "https://example.org/q(1)"],
        [["Short term", "Storage"], "Add a quota", null, null, null],
        [["Long term"], "Split the queue.", "SRE", null, null],
        [["Long term"], "Move it. #501", null, "2024-05-01", "https://example.org/501"],
        [["Long term"], "Buy disks.", "Storage team", null, null],
        [["Long term"], "Count disks", null, null, "https://example.org/501"],
    ]);
    let fields = ["groups", "change", "owner", "due", "link"];
    let actions = review["actions"].as_array().unwrap().iter();
    let actions: Vec<Vec<&Value>> = actions.map(|action| fields.map(|field| &action[field]).to_vec()).collect();
    assert_eq!(json!(actions), expected);
    // Where an action is shown alone, its links lead somewhere.
    let board = site.read("public/actions.html");
    assert!(
        board.contains("href=\"https://example.org/q(1)\"") || board.contains("href=https://example.org/q(1)"),
        "{board}"
    );
    // Outside of the section for actions the words stay where they were written.
    let page = site.read("public/reviews/the-queue.html");
    assert!(page.find("Action item:").unwrap() < page.find("These are planned").unwrap(), "{page}");
    assert!(page.contains("Nobody does this.") && page.contains("a restart."), "{page}");
}

/// Where no action says what it answers, nobody can say that a weakness has no action.
#[test]
fn weaknesses_are_not_called_unanswered_where_no_action_says_what_it_answers() {
    let page = |answers: &str| {
        let lists = "\n## What went poorly\n\n- **Late page.** It came late.\n\n## Actions\n\nFirst.\n\n";
        let site = site(&format!("{HEAD}{lists}- Page at once\n{answers}- Shorten the queue\n\nLast.\n"));
        site.build().expect(0, &[]);
        site.read("public/reviews/the-queue.html")
    };
    let untold = page("");
    assert!(!untold.contains("id=\"weaknesses\"") && !untold.contains("No action yet"));
    let told = page("  - Answers: late-page\n");
    assert!(told.contains("id=\"weaknesses\""));
    for page in [untold, told] {
        let (_, actions) = page.split_once("id=\"actions\"").unwrap();
        let order = ["First.", "Page at once", "Shorten the queue", "Last."].map(|words| actions.find(words).unwrap());
        assert!(order.is_sorted(), "{order:?}");
    }
}
