-- question: which documents do we hold, how were they read and what is wrong with them?
-- grain: one row a document, copies and replaced vintages included
-- parameters: known_on (date, null for now)

with found as (
    select document, count(*)::integer as figures, count(*) filter (where metric is not null)::integer as known,
        count(*) filter (where status = 'V')::integer as unreviewed,
        count(*) filter (where status = 'U')::integer as held
    from figures
    group by document
),
failed as (
    select document, count(*) filter (where severity = 'hold')::integer as failed,
        count(*) filter (where severity = 'note')::integer as notes
    from checks
    where result = 'fail'
    group by document
),
bound as (
    select document, count(*)::integer as observations from observations group by document
)
select d.document, d.name, d.origin, d.kind, d.title, d.issue, d.total_issue, d.publisher, d.published_on, d.freq,
    d.time_period, d.period_start, d.period_end, d.copy_of, d.loaded_at, d.text is not null as has_text,
    s.document is not null as standing,
    coalesce(f.figures, 0) as figures, coalesce(f.known, 0) as known_figures,
    coalesce(b.observations, 0) as observations,
    coalesce(f.unreviewed, 0) as unreviewed, coalesce(f.held, 0) as held,
    coalesce(c.failed, 0) as failed_checks, coalesce(c.notes, 0) as notes,
    (select count(*)::integer from activities as a where a.document = d.document) as activities,
    (select count(*)::integer from tasks as t where t.document = d.document) as tasks
from documents as d
left join standing($known_on) as s using (document)
left join found as f using (document)
left join bound as b using (document)
left join failed as c using (document)
where $known_on is null or coalesce(d.published_on, d.loaded_at::date) <= $known_on::date
order by d.period_end desc nulls last, d.kind, d.publisher nulls last, d.loaded_at, d.document;
