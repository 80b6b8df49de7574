-- question: does the change of the whole hall equal the changes of the departments named beside it?
-- grain: one row for each identity of kind moves_with and from–to of the whole hall, else one not_applicable
-- parameters: none

with pairs as (
    -- The new number is the next one of the same metric and body after the old one.
    select b.document, i.id, b.metric, b.department, b.figure as before_at, a.figure as after_at,
        a.value - b.value as change, printed(b.value, b.unit_mult, b.decimals) as before,
        printed(a.value, a.unit_mult, a.decimals) as after, b.unit,
        slack_of(b.unit_mult, b.decimals, false) + slack_of(a.unit_mult, a.decimals, false) as slack
    from figures as b
    inner join identities as i on i.kind = 'moves_with' and b.metric = i.whole
    inner join figures as a on b.document = a.document and b.metric = a.metric and a.kind = 'volume'
        and a.department is not distinct from b.department and b.figure < a.figure
    where b.kind = 'before' and a.value is not null and b.value is not null
        and b.decision is distinct from 'reject' and a.decision is distinct from 'reject'
    qualify row_number() over (partition by b.document, i.id, b.figure order by a.figure) = 1
),
cases as (
    select w.document, w.id, w.before_at, w.before, w.after, w.unit, w.change, sum(p.change) as moved,
        w.slack + sum(p.slack) as slack,
        string_agg(p.department || ' ' || p.before || ' → ' || p.after, ', ' order by p.before_at) as parts,
        [w.before_at, w.after_at] || flatten(list([p.before_at, p.after_at] order by p.before_at)) as figures
    from pairs as w
    inner join pairs as p on w.document = p.document and w.id = p.id and p.department is not null
    where w.department is null
    group by w.document, w.id, w.before_at, w.after_at, w.before, w.after, w.unit, w.change, w.slack
),
judged as (
    select *, abs(change - moved) <= slack as ok from cases
)
select document, id, if(ok, 'pass', 'fail') as result, 'hold' as severity, figures,
    json_object(
        'before', before, 'after', after, 'change', if(change > 0, '+', '') || bare(change), 'sign', if(ok, '=', '≠'),
        'parts', parts, 'moved', if(moved > 0, '+', '') || bare(moved), 'slack', bare(slack), 'unit', unit
    ) as params
from judged
union all
select d.document, i.id, 'not_applicable', 'hold', [], json_object()
from documents as d
cross join (select distinct id from identities where kind = 'moves_with') as i
where d.copy_of is null and not exists (from judged as j where j.document = d.document and j.id = i.id)
order by document, id, figures;
