"""One module a page: ``load(selection) -> frozen View``. Shared pieces: pieces, source_line, wording, frame."""
