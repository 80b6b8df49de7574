-- question: is each number of the period one of the document's own period?
-- grain: one row for each observation of another period that stands in place of the document's own; without any one
--   pass a document, or one not_applicable
-- parameters: none

with numbers as (
    select o.*, f.label, f.as_printed, d.time_period as own, d.freq as own_freq, d.period_end as own_end,
        o.time_period = d.time_period and o.freq = d.freq as is_own
    from observations as o
    inner join figures as f using (document, figure)
    inner join documents as d using (document)
    where o.scope = 'period' and d.time_period is not null
),
cases as (
    -- A document that states its own period may state an earlier one beside it: what it was, or what it is now known to
    -- have been.
    select n.*, n.is_own or (n.period_end <= n.own_end and exists (
        from numbers as o
        where o.document = n.document and o.is_own and o.metric = n.metric
            and o.department is not distinct from n.department and o.channel is not distinct from n.channel
    )) as ok
    from numbers as n
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
