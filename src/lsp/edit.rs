//! Changes of several files as the protocol has them.

use std::collections::BTreeMap;

use lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::view::View;
use crate::text::{Edit, SitePath};

/// Changes, by the path of the file in the site.
pub(super) type Changes = BTreeMap<String, Vec<Edit>>;

/// Changes of the text of a view alone.
pub(super) fn own(view: &View<'_>, edits: Vec<Edit>) -> Changes {
    Changes::from([(view.source.path.as_str().to_owned(), edits)])
}

/// The changes for the editor; none where a file is not there any more.
pub(super) fn workspace_edit(view: &View<'_>, changes: &Changes) -> Option<WorkspaceEdit> {
    let mut files = Vec::new();
    for (path, edits) in changes {
        let lines = view.site.lines(path, view.client.encoding)?;
        let open = SitePath::new(path).ok().and_then(|path| view.site.open.get(&path));
        let edit = |edit: &Edit| {
            OneOf::Left(TextEdit { range: lines.range(edit.span), new_text: lines.with_line_ends(&edit.text) })
        };
        files.push(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: view.site.uri(path)?,
                version: open.map(|open| open.version),
            },
            edits: edits.iter().map(edit).collect(),
        });
    }
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(files)), ..WorkspaceEdit::default() })
}
