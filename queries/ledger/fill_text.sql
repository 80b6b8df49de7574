-- question: attach its text and file name to a document that was known by its facts alone
-- grain: one document
-- parameters: document, name, text

update documents set text = $text, name = $name
where document = $document;
