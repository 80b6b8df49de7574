-- question: is a printed change from one printed value to the next what the two give?
-- grain: one row for each "from A to B, by C" (an amount, a percentage, points of one), else one not_applicable a
--   document
-- parameters: changed (pattern of a name that says "less" or "more"), points (spellings of percentage points)

with stated as (
    select *, slack_of(unit_mult, decimals, unit = '%' or list_contains($points::varchar[], unit)) as slack,
        kind = 'change' or kind in ('volume', 'duration', 'money') and regexp_matches(label, $changed) as changes,
        lead(figure) over near as next_figure, lead(figure, 2) over near as second_figure
    from figures
    where value is not null and decision is distinct from 'reject'
    window near as (partition by document order by start_at)
),
pairs as (
    select b.document, b.figure as before_at, a.figure as after_at, b.value as before, a.value as after, b.label,
        b.as_printed as before_printed, a.as_printed as after_printed, a.unit, b.slack + a.slack as slack,
        b.slack as before_slack, a.slack as after_slack, a.end_at, a.section, a.next_figure, a.second_figure
    from stated as b
    inner join stated as a on b.document = a.document and b.next_figure = a.figure and b.unit = a.unit
        and a.kind in ('volume', 'duration', 'money', 'rate')
    where b.kind = 'before' and a.start_at - b.end_at <= 12
),
cases as (
    select p.*, c.figure as change_at, c.as_printed as change_printed, c.unit = '%' and p.unit <> '%' as in_percent,
        abs(p.after - p.before)::double as moved,
        case when not in_percent then abs(moved - abs(c.value)) <= p.slack + c.slack
            else abs(c.value)::double between
                100 * (moved - p.slack::double) / (p.before + p.before_slack)::double - c.slack::double - 1e-6
                and 100 * (moved + p.slack::double) / (p.before - p.before_slack)::double + c.slack::double + 1e-6
            end as ok
    from pairs as p
    inner join stated as c on p.document = c.document and c.figure in (p.next_figure, p.second_figure) and c.changes
        and (c.unit in (p.unit, '%') and p.unit <> '%' or list_contains($points::varchar[], c.unit) and p.unit = '%')
        and c.compares_with is null and c.section is not distinct from p.section
        and c.start_at - p.end_at between 0 and 24
    left join stated as n on c.document = n.document and c.next_figure = n.figure
    where p.before - p.before_slack > 0
        -- "2 more and 5 less": what went in and out, each of them no change from the one value to the other
        and not coalesce(c.unit <> '%' and n.changes and n.unit = c.unit and n.start_at - c.end_at <= 12, false)
        and (c.unit <> p.unit or c.figure = p.next_figure)
)
select document, 'change_of_stated' as id, if(ok, 'pass', 'fail') as result, 'hold' as severity,
    [before_at, after_at, change_at] as figures,
    json_object('label', label, 'before', before_printed, 'after', after_printed, 'change', change_printed,
        'sign', if(ok, '=', '≠'), 'exact', if(in_percent, printf('%.2f%%', 100 * moved / before::double), bare(moved)))
        as params
from cases
union all
select d.document, 'change_of_stated', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
