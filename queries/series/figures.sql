-- question: which figures does a document state, known metric or not?
-- grain: one row a figure, in the order of the text
-- parameters: document (null: every document that stands), show_unreviewed (boolean), known_on
--   (date, null for now)

select f.document, f.figure, f.label, f.value, f.unit, f.as_printed, f.decimals, f.unit_mult,
    slack_of(f.unit_mult, f.decimals, f.kind = 'rate') as slack, f.kind, f.scope, f.period_start, f.period_end,
    f.department, f.area,
    f.compares_with, f.section, f.start_at, f.end_at, f.quote, f.metric, f.qualifier, f.status, f.score, f.page, f.box,
    f.read_value, f.decision, f.decided_by, f.decided_at, f.reason,
    d.kind as document_kind, d.title, d.issue, d.publisher, d.published_on, d.time_period, d.origin, d.name
from figures as f
inner join documents as d using (document)
where (f.document = $document or ($document is null and f.document in (select document from standing($known_on))))
    and (coalesce($show_unreviewed, true) or f.status <> 'V')
order by d.period_end desc nulls last, f.document, f.start_at, f.figure;
