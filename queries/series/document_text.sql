-- question: what are the words of one document?
-- grain: one row, or none where the document is not known; text is null where only its facts are loaded
-- parameters: document

select document, text
from documents
where document = $document
