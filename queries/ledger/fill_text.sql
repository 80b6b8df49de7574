-- question: attach its text to a document that was known by its facts alone
-- grain: one document
-- parameters: document, text

update documents set text = $text
where document = $document;
