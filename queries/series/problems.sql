-- question: what should a person know about how a document was read?
-- grain: one row a problem
-- parameters: document (null: every document)

select p.document, p.code, p.params, p.start_at, p.end_at, d.kind, d.title, d.issue, d.time_period, d.name
from problems as p
inner join documents as d using (document)
where $document is null or p.document = $document
order by p.document, p.start_at nulls first, p.code;
