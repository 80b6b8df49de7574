"""The words of a document: characters in a comparable form, lines, sentences, sections, the head."""
