-- question: is the printed share what its two printed numbers give, within half a unit of each last place?
-- grain: one row for each identity of kind share and period with all three numbers, else one not_applicable a document
-- parameters: none

with shares as (
    select id, whole, max(part) filter (where rank = 0) as part, max(part) filter (where rank = 1) as base
    from identities
    where kind = 'share'
    group by id, whole
),
cases as (
    select w.document, i.id, [w.figure, p.figure, b.figure] as figures, w.shown as share, p.shown as part,
        b.shown as base, w.decimals, w.obs_value,
        100 * p.obs_value::double / b.obs_value::double as exact,
        100 * (p.obs_value - p.slack)::double / (b.obs_value + b.slack)::double - w.slack::double as least,
        100 * (p.obs_value + p.slack)::double / nullif(b.obs_value - b.slack, 0)::double + w.slack::double as most
    from measured as w
    inner join shares as i on w.metric = i.whole
    inner join measured as p on w.document = p.document and i.part = p.metric and w.scope = p.scope
        and w.period_end = p.period_end and p.department is not distinct from w.department
    inner join measured as b on w.document = b.document and i.base = b.metric and w.scope = b.scope
        and w.period_end = b.period_end and b.department is not distinct from w.department
    where b.obs_value > 0
),
judged as (
    -- The bounds are doubles: a millionth of a point is nobody's rounding.
    select *, obs_value::double between least - 1e-6 and most + 1e-6 as ok from cases
)
select document, id, if(ok, 'pass', 'fail') as result, 'hold' as severity, figures,
    json_object(
        'part', part, 'base', base, 'share', share, 'sign', if(ok, '=', '≠'),
        'exact', printf('%.' || (decimals + 2) || 'f', exact)
    ) as params
from judged
union all
select d.document, i.id, 'not_applicable', 'hold', [], json_object()
from documents as d
cross join shares as i
where d.copy_of is null and not exists (from judged as j where j.document = d.document and j.id = i.id)
order by document, id, figures;
