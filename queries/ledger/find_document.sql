-- question: which documents does a person mean by a hash, the beginning of one, or a file name?
-- grain: one row a document
-- parameters: word

select document, name
from documents
where document = $word or name = $word or (length($word) >= 6 and starts_with(document, lower($word)))
order by document;
