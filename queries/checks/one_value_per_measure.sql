-- question: does a document give one value only for what it measures?
-- grain: one row for each measure with two values; without any one pass a document, or one not_applicable
-- parameters: none

with cases as (
    select o.document, o.metric, min_by(f.label, o.figure) as label, list(o.figure order by o.figure) as figures,
        string_agg(f.as_printed, ' / ' order by o.figure) as vals, count(distinct o.obs_value) = 1 as ok
    from observations as o
    inner join figures as f using (document, figure)
    group by o.document, o.metric, o.freq, o.time_period, o.scope, o.department, o.channel
)
select document, 'one_value_per_measure' as id, 'fail' as result, 'hold' as severity, figures,
    json_object('metric', metric, 'label', label, 'values', vals) as params
from cases
where not ok
union all
select document, 'one_value_per_measure', 'pass', 'hold', [], json_object('n', count(*)::varchar)
from cases
group by document
having bool_and(ok)
union all
select d.document, 'one_value_per_measure', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
