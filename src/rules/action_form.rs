//! How an author writes what belongs to an action where that action stands: as a key, in a column, or in an item inside it.

use super::ReviewContext;
use crate::model::Action;

/// Where the words for a field of an action go: "into a column `Owner` of the table". `None` where only the front matter has
/// the action, for which the remedy of each rule names the key.
pub(super) fn place_for(context: &ReviewContext<'_>, action: &Action, field: &str, value: &str) -> Option<String> {
    let block = action.block?;
    let rows = &context.document.outline.rows;
    let is_row = rows.iter().any(|row| row.span == block);
    Some(if is_row {
        format!("into a column `{field}` of the table, as in `{value}`")
    } else {
        format!("into an item inside it: `{field}: {value}`")
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::edited;

    /// The message and the help of a rule about an action of the text.
    fn said(actions: &str, code: &str) -> (String, String) {
        let found = edited("## What went well", &format!("## Action items\n\n{actions}\n\n## What went well"));
        let mut found = found.into_iter().filter(|finding| finding.rule.code == code);
        let finding = found.next().unwrap_or_else(|| panic!("{code}: {actions}"));
        (finding.message.clone(), finding.help.clone().unwrap_or_default())
    }

    #[test]
    fn the_help_speaks_of_the_form_at_hand() {
        let table = "| # | Action | Status |\n|---|---|---|\n| 1 | Limit the queue of the importer | open |";
        for (code, field) in [("A002", "Owner"), ("A003", "Due"), ("A004", "Answers")] {
            let (message, help) = said("- Limit the queue of the importer", code);
            assert!(help.contains(&format!("item inside it: `{field}: ")), "{code}: {help}");
            assert!(message.contains("\"Limit the queue of the importer\""), "{message}");
            let (message, help) = said(table, code);
            assert!(help.contains(&format!("column `{field}` of the table")), "{code}: {help}");
            assert!(message.contains("\"Limit the queue of the importer\""), "no number of the row: {message}");
        }
    }

    #[test]
    fn what_is_no_owner_and_no_day_is_named() {
        let table = "| # | Action | Owner | Due |\n|---|---|---|---|\n| 1 | Limit the queue | TBD | Dec 10 |";
        assert_eq!(
            said(table, "A002").0,
            "`TBD` is no team or role that could own the action \"Limit the queue (Due: Dec 10)\""
        );
        assert_eq!(
            said(table, "A003").0,
            "`Dec 10` is no day by which the action \"Limit the queue (Due: Dec 10)\" is to be done"
        );
        for due in ["01.12.2026", "Q1"] {
            let (message, _) = said(&format!("- Limit the queue\n  - Due: {due}"), "A003");
            assert!(message.starts_with(&format!("`{due}` is no day")), "{message}");
        }
    }
}
