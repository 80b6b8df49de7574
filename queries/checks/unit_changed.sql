-- question: is a metric printed in another unit than the time before?
-- grain: one row for each observation whose unit changed, and for each figure that measures nothing only because its
--   unit is a new one for its name; without any one pass a document, or one not_applicable
-- parameters: none

with numbers as (
    select o.*, f.label, f.unit
    from observations as o
    inner join figures as f using (document, figure)
),
known as (
    -- The newest vintage of each period.
    from numbers
    qualify row_number() over (
        partition by publisher, metric, freq, scope, department, channel, period_end
        order by known_from desc, loaded_at desc, document, figure
    ) = 1
),
unbound as (
    select f.document, f.figure, f.label, f.unit, f.scope, f.department, d.publisher, d.freq, d.period_end
    from figures as f
    inner join documents as d using (document)
    where f.metric is null and f.kind = 'volume' and f.value is not null and f.area is null and f.unit <> ''
        and f.decision is distinct from 'reject' and d.publisher is not null and d.period_end is not null
),
cases as (
    select n.document, n.figure, n.metric, n.label, n.unit as now, e.unit as before, e.time_period as since,
        n.unit_measure = e.unit_measure as ok
    from numbers as n
    asof join known as e on n.publisher = e.publisher and n.metric = e.metric and n.freq = e.freq
        and n.scope = e.scope and coalesce(e.department, '') = coalesce(n.department, '')
        and coalesce(e.channel, '') = coalesce(n.channel, '') and n.period_end > e.period_end
    union all
    select u.document, u.figure, e.metric, u.label, u.unit as now, e.unit as before, e.time_period, false
    from unbound as u
    asof join known as e on u.publisher = e.publisher and u.label = e.label and u.freq = e.freq and u.scope = e.scope
        and coalesce(e.department, '') = coalesce(u.department, '') and u.period_end > e.period_end
    where e.unit <> u.unit
        and not exists (from numbers as n where n.document = u.document and n.metric = e.metric and n.scope = u.scope)
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
