//! Text of others on its way to a terminal, an annotation or a page, and requests to the preview.
