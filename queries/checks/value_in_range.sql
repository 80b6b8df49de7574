-- question: does each value lie in the range of its metric?
-- grain: one row for each observation outside it; without any one pass a document, or one not_applicable
-- parameters: none

with cases as (
    select o.document, o.figure, o.metric, f.label, f.as_printed, m.range_min, m.range_max,
        -- The range is that of a month; a number to date or of a year may hold twelve.
        o.obs_value between m.range_min
            and m.range_max * if(m.kind = 'flow' and (o.scope = 'year_to_date' or o.freq = 'A'), 12, 1) as ok
    from observations as o
    inner join figures as f using (document, figure)
    inner join metrics as m on o.metric = m.metric
    where m.range_min is not null
)
select document, 'value_in_range' as id, 'fail' as result, 'hold' as severity, [figure] as figures,
    json_object('metric', metric, 'label', label, 'value', as_printed, 'least', bare(range_min),
        'most', bare(range_max))
        as params
from cases
where not ok
union all
select document, 'value_in_range', 'pass', 'hold', [], json_object('n', count(*)::varchar)
from cases
group by document
having bool_and(ok)
union all
select d.document, 'value_in_range', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
