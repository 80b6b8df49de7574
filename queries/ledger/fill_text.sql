-- question: attach its text and file name to a document that was known by its facts alone
-- grain: one document
-- parameters: document, name, text, suffix, pages

update documents set text = $text, name = $name, suffix = $suffix, pages = $pages
where document = $document;
