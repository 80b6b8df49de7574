-- question: is a metric printed in another unit than the time before?
-- grain: one row for each observation whose unit changed; without any one pass a document, or one not_applicable
-- parameters: none

with numbers as (
    select o.*, f.label, f.unit
    from observations as o
    join figures as f using (document, figure)
),
cases as (
    select n.document, n.figure, n.metric, n.label, n.unit as now, e.unit as before, e.time_period as since,
        n.unit_measure = e.unit_measure as ok
    from numbers as n
    join numbers as e on e.publisher = n.publisher and e.metric = n.metric and e.freq = n.freq and e.scope = n.scope
        and e.period_end < n.period_end and e.department is not distinct from n.department
        and e.channel is not distinct from n.channel
    qualify row_number() over (
        partition by n.document, n.figure order by e.period_end desc, e.known_from desc, e.loaded_at desc, e.figure
    ) = 1
)
select document, 'unit_changed' as id, 'fail' as result, 'note' as severity, [figure] as figures,
    json_object('metric', metric, 'label', label, 'before', before, 'now', now, 'since', since) as params
from cases
where not ok
union all
select document, 'unit_changed', 'pass', 'note', [], json_object('n', count(*)::varchar)
from cases
group by document
having bool_and(ok)
union all
select d.document, 'unit_changed', 'not_applicable', 'note', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
