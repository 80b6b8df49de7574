-- question: which periods are covered, by which publisher and kind of document?
-- grain: one row for each publisher, freq and period that has observations or activities
-- parameters: none

select d.publisher, d.kind, d.freq, d.time_period, d.period_start, d.period_end, d.document, d.title, d.issue,
    d.published_on,
    (select count(*)::integer from observations as o where o.document = d.document) as observations,
    (select count(*)::integer from activities as a where a.document = d.document) as activities
from standing_documents as d
where d.time_period is not null
order by d.publisher nulls last, d.freq, d.period_start;
