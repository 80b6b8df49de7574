-- question: which documents leave when one is withdrawn? itself and the copies that hang on it
-- grain: one row a document, kept in temporary table leaving
-- parameters: document

create or replace temporary table leaving as
select document
from documents
where document = $document or copy_of = $document;
