//! A review in few lines: it passes what is asked of a site's own reviews, and says the same as one with every key.

use serde_json::Value;

use crate::support::TestSite;

const FRONT: &str = "title = \"The queue stopped\"\nseverity = \"major\"\nstatus = \"final\"\ntlp = \"clear\"\n\
    reviewed = 2026-03-16\nfactors = [{ id = \"missing-alert\", role = \"primary\", note = \"Nothing watched it.\" }]\n";

const TEXT: &str = "## Summary\n\nA full disk stopped the queue.\n\n\
    ## Impact\n\nNobody could order for two hours.\n\n\
    ## Timeline (UTC)\n\n- 2026-03-11 09:12 — **Impact started** — it stops.\n- 10:05 — **Detected** — an order fails.\n- 11:22 — **Resolved** — it runs.\n\n\
    ## Root cause\n\nThe disk filled up over weeks.\n\n\
    ## What went well\n\n- **All access.** Nobody had to be asked.\n\n\
    ## What went poorly\n\n- **Customers saw it first.** One of them called.\n\n\
    ## Where we got lucky\n\nNowhere.\n\n";

const TABLE: &str = "## Actions\n\n| Action | Owner | Due | Status | Answers |\n|--|--|--|--|--|\n\
    | Page when the queue is longer than a thousand orders | Orders team | 2026-03-30 | done | missing-alert, customers-saw-it-first |\n";

const ACTION: &str = "\n[[actions]]\nchange = \"Page when the queue is longer than a thousand orders\"\n\
    owner = \"Orders team\"\ndue = 2026-03-30\nstatus = \"done\"\naddresses = [\"missing-alert\", \"customers-saw-it-first\"]\n";

fn site(front: &str, text: &str) -> TestSite {
    let site = TestSite::empty();
    site.run(&["init"]).expect(0, &[]);
    site.write("content/reviews/2026-03-11-queue.md", format!("+++\n{front}+++\n\n{text}"));
    site
}

/// The review as the dataset has it.
fn published(site: &TestSite) -> Value {
    site.build().expect(0, &[]);
    let data: Value = serde_json::from_str(&site.read("public/data/casebook.json")).unwrap();
    let reviews = data["reviews"].as_array().unwrap();
    reviews.iter().find(|review| review["id"] == "2026-03-11-queue").unwrap().clone()
}

#[test]
fn a_review_of_few_lines_passes_the_check_of_own_reviews() {
    let text = format!("{TEXT}{TABLE}");
    let lines = FRONT.lines().chain(text.lines()).filter(|line| !line.trim().is_empty()).count();
    assert!(lines < 30, "{lines} lines");
    let run = site(FRONT, &text).check();
    run.expect(0, &["2 reviews: 2 to publish"]);
    assert!(!run.out.contains("warning[") && !run.out.contains("error["), "{}", run.out);
}

#[test]
fn what_the_text_says_is_what_the_keys_say() {
    let short = published(&site(FRONT, &format!("{TEXT}{TABLE}")));
    let long = FRONT.replace("major", "P2").replace("clear", "TLP:CLEAR").replace("factors = [{ ", "");
    let (keys, factor) = long.split_once("id = ").unwrap();
    let factor = factor.replace(", role", "\nrole").replace(", note", "\nnote").replace(" }]", "");
    let full = format!("{keys}\n[[factors]]\nid = {factor}{ACTION}");
    let full = published(&site(&full, TEXT));
    for key in ["title", "date", "severity", "factors", "timeline", "reviewed"] {
        assert_eq!(short[key], full[key], "{key}");
        assert!(!short[key].is_null(), "{key}");
    }
    let action = |review: &Value| {
        let action = &review["actions"][0];
        ["change", "owner", "due", "status", "addresses"].map(|key| action[key].clone())
    };
    assert_eq!(action(&short), action(&full));
    // Its own section says it, where people wrote it.
    let page = |text: &str| {
        let site = site(FRONT, text);
        site.build().expect(0, &[]);
        site.read("public/reviews/2026-03-11-queue.html")
    };
    assert!(page(&format!("{TEXT}{TABLE}")).contains("Nobody could order for two hours."));
}
