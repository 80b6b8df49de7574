-- question: which documents does a version hold?
-- grain: one row for each document
-- parameters: none

select
    document,
    name
from documents
order by document;
