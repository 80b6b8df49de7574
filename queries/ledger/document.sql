-- question: is this file known, from where, and is its text still missing?
-- grain: one row, or none
-- parameters: document (sha256)

select origin, text is null as textless
from documents
where document = $document;
