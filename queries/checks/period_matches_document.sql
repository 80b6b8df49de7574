-- question: is each number of the period one of the document's own period?
-- grain: one row for each observation of another period; without any one pass a document, or one not_applicable
-- parameters: none

with cases as (
    select o.document, o.figure, o.metric, f.label, f.as_printed, o.time_period, d.time_period as own,
        o.time_period = d.time_period and o.freq = d.freq as ok
    from observations as o
    join figures as f using (document, figure)
    join documents as d using (document)
    where o.scope = 'period' and d.time_period is not null
)
select document, 'period_matches_document' as id, 'fail' as result, 'hold' as severity, [figure] as figures,
    json_object('metric', metric, 'label', label, 'value', as_printed, 'period', time_period, 'own', own) as params
from cases
where not ok
union all
select document, 'period_matches_document', 'pass', 'hold', [], json_object('n', count(*)::varchar)
from cases
group by document
having bool_and(ok)
union all
select d.document, 'period_matches_document', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
