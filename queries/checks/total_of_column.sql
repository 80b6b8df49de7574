-- question: is a total of a table the sum of the rows above it (or below it)?
-- grain: one row for each total with two or more parts: held where another column of the same rows adds up, else a
--   note; else one not_applicable a document
-- parameters: total, subtotal (words of a total and of a subtotal)

with cells as (
    select f.*, slack_of(unit_mult, decimals, unit = '%') as slack, words.word,
        list_contains($subtotal::varchar[], words.word) as is_sub,
        if(words.word is null, label, trim(replace(label, words.word, ''))) as base
    from figures as f
    left join lateral (
        select unnest as word from unnest(list_concat($total::varchar[], $subtotal::varchar[]))
        where starts_with(f.label, unnest) or ends_with(f.label, unnest) order by length(unnest) desc
        limit 1
    ) as words on true
    where f.value is not null and f.kind = 'volume' and f.qualifier is null and f.decision is distinct from 'reject'
),
blocks as (
    -- A total closes the rows above it; a subtotal those since the total before.
    select *, count(*) filter (where word is not null) over above as sub_block,
        count(*) filter (where word is not null and not is_sub) over above as block
    from cells
    where word is not null or department is not null or area is not null
    window above as (partition by document, section, base, unit, scope, period_start, period_end order by start_at
        rows between unbounded preceding and 1 preceding)
),
sums as (
    select t.document, t.figure, t.section, t.base, t.as_printed, t.value, t.unit, list(p.figure order by p.start_at)
            as parts, string_agg(p.as_printed, ' + ' order by p.start_at) as shown, sum(p.value) as total,
        t.slack + sum(p.slack) as slack, string_agg(coalesce(p.department, p.area), ',' order by p.start_at) as rows
    from blocks as t
    inner join blocks as p on t.document = p.document and p.section is not distinct from t.section and t.base = p.base
        and t.unit = p.unit and t.scope = p.scope and p.period_start is not distinct from t.period_start
        and p.period_end is not distinct from t.period_end and p.word is null and t.start_at > p.start_at
        and if(t.is_sub, t.sub_block = p.sub_block, t.block = p.block)
    where t.word is not null
    group by t.document, t.figure, t.section, t.base, t.as_printed, t.value, t.unit, t.slack
    having count(*) >= 2
),
cases as (
    select *, abs(total - value) <= slack as ok,
        count(*) filter (where abs(total - value) <= slack) over (partition by document, section, rows) > 0 as sound
    from sums
)
select document, 'total_of_column' as id, if(ok, 'pass', 'fail') as result, if(sound, 'hold', 'note') as severity,
    list_prepend(figure, parts) as figures,
    json_object('label', base, 'parts', shown, 'sign', if(ok, '=', '≠'), 'whole', as_printed, 'sum', bare(total),
        'difference', bare(total - value)) as params
from cases
union all
select d.document, 'total_of_column', 'not_applicable', 'note', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
