-- question: which numbers of a document are no figures, by which rule or by none?
-- grain: one row a number, in the order of the text; rule null: unclaimed
-- parameters: document (null: every document)

select document, text, rule, start_at, end_at
from numbers
where $document is null or document = $document
order by document, start_at;
