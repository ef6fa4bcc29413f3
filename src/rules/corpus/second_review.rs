//! A second review, for examples of what shows only between two.

/// A complete review: with more lines in its front matter, and the minute in which its impact began.
macro_rules! second_review {
    ($more:literal, $began:literal) => {
        concat!(
            "+++\n",
            "title = \"A log parser took all memory on the edge\"\n",
            "severity = \"P3\"\n",
            "status = \"interim\"\n",
            "tlp = \"TLP:CLEAR\"\n",
            $more,
            "\n",
            "[impact]\n",
            "users = \"None: the servers were restarted one by one.\"\n",
            "\n",
            "[[factors]]\n",
            "id = \"unbounded-computation\"\n",
            "role = \"primary\"\n",
            "note = \"The limit of March covers rules, and not the parser of logs.\"\n",
            "\n",
            "[[factors]]\n",
            "id = \"no-staged-rollout\"\n",
            "note = \"The parser was released to all servers.\"\n",
            "\n",
            "[[actions]]\n",
            "id = \"parser-limit\"\n",
            "change = \"Page the edge team when a parser takes 200 MB of memory\"\n",
            "kind = \"detect\"\n",
            "addresses = [\"unbounded-computation\", \"no-staged-rollout\"]\n",
            "owner = \"Edge platform team\"\n",
            "due = 2027-01-31\n",
            "updates = [\"tooling\"]\n",
            "+++\n",
            "\n",
            "## Summary\n\nThe parser of logs took all memory.\n\n",
            "## Timeline\n\n",
            "- ",
            $began,
            " UTC — **Impact started** — the first server is restarted.\n",
            "- 23:20 — **Detected** — an alert on restarts fires.\n",
            "- 23:50 — **Resolved** — the old parser is back.\n\n",
            "## Root cause\n\nThe parser keeps a line until it ends.\n\n",
            "## What went well\n\nNothing in particular.\n\n",
            "## What went poorly\n\nNothing in particular.\n\n",
            "## Where we got lucky\n\nNothing in particular.\n",
        )
    };
}

pub(super) use second_review;
