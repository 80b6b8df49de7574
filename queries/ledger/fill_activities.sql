-- question: fill the quotes of a document's activities in from its text
-- grain: one row of activities
-- parameters: document, text

update activities set quote = substr($text, start_at + 1, end_at - start_at)
where document = $document;
