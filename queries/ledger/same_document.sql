-- question: which documents are this publisher's, of this kind and period?
-- grain: one row a document that is no copy, oldest first
-- parameters: publisher, kind, time_period

select document, read_as
from documents
where publisher = $publisher and kind = $kind and time_period = $time_period and copy_of is null
order by loaded_at, document;
