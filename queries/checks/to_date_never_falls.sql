-- question: is each number to date at least the one printed earlier in the same year?
-- grain: one row for each number to date that has an earlier one, else one not_applicable
-- parameters: none

with numbers as (
    select m.*
    from measured as m
    inner join documents as d using (document)
    where m.scope = 'year_to_date' and d.copy_of is null
),
cases as (
    select n.document, [n.figure] as figures, n.metric, n.label, n.as_printed as now, e.as_printed as before,
        e.period_end, n.obs_value + n.slack + e.slack >= e.obs_value as ok
    from numbers as n
    -- The last one before it: a fall is told once, where it happens.
    inner join evidence as e on n.publisher = e.publisher and n.metric = e.metric and n.freq = e.freq
        and n.scope = e.scope and n.period_start = e.period_start and n.period_end > e.period_end
        and e.department is not distinct from n.department and e.channel is not distinct from n.channel
    qualify row_number() over (
        partition by n.document, n.figure order by e.period_end desc, e.known_from desc, e.loaded_at desc, e.figure
    ) = 1
)
select document, 'to_date_never_falls' as id, if(ok, 'pass', 'fail') as result, 'hold' as severity, figures,
    json_object('metric', metric, 'label', label, 'before', before, 'sign', if(ok, '≤', '>'), 'now', now,
        'until', period_end::varchar) as params
from cases
union all
select d.document, 'to_date_never_falls', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
