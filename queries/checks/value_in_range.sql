-- question: does each value lie in the range of its metric?
-- grain: one row for each observation outside it; one pass for a document that has none, not_applicable without any
-- parameters: none

with cases as (
    select m.document, m.figure, m.metric, m.label, m.as_printed, c.range_min, c.range_max,
        -- The range is that of a month; a number to date may hold twelve.
        m.obs_value between c.range_min
            and c.range_max * if(m.scope = 'year_to_date' and c.kind = 'flow' or m.freq = 'A' and c.kind = 'flow', 12, 1)
            as ok
    from observations as o
    join measured as m using (document, figure, metric, scope, time_period)
    join metrics as c on c.metric = o.metric
    where c.range_min is not null
)
select document, 'value_in_range' as id, 'fail' as result, 'hold' as severity, [figure] as figures,
    json_object('metric', metric, 'label', label, 'value', as_printed, 'sign', '∉', 'least', bare(range_min),
        'most', bare(range_max)) as params
from cases
where not ok
union all
select document, 'value_in_range', 'pass', 'hold', [], json_object('metric', '', 'label', '', 'value', count(*)::varchar,
    'sign', '∈', 'least', '', 'most', '')
from cases
group by document
having bool_and(ok)
union all
select d.document, 'value_in_range', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
