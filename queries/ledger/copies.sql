-- question: which documents are copies of this one?
-- grain: one row a document, oldest first
-- parameters: document

select document
from documents
where copy_of = $document
order by loaded_at, document;
