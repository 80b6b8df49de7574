-- question: which documents are this publisher's, of this kind and period, and is their issue no other?
-- grain: one row a document that is no copy, oldest first
-- parameters: publisher, kind, time_period, issue (null: not printed)

select document, read_as, coalesce(issue = $issue, true) as same_issue
from documents
where publisher = $publisher and kind = $kind and time_period = $time_period and copy_of is null
order by loaded_at, document;
