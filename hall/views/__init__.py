"""One module a page: ``load(ctx) -> frozen View``. Shared pieces: pieces, source_line, wording, frame."""
