-- question: is the printed whole the sum of its printed parts, within half a unit of each last place?
-- grain: one row for each identity of kind sum and period with all its terms, else one not_applicable a document
-- parameters: none

with terms as (
    select id, whole, part, rank, count(*) over (partition by id) as needed from identities where kind = 'sum'
),
cases as (
    select w.document, i.id, w.figure, w.shown as whole, w.unit_mult, w.decimals, w.obs_value, w.unit,
        max(i.needed) as needed, count(*) as found, sum(p.obs_value) as total, w.slack + sum(p.slack) as slack,
        list(p.figure order by i.rank) as parts, bool_and(p.unit_mult = w.unit_mult) as same_scale,
        string_agg(p.shown, ' + ' order by i.rank) as shown, max(p.decimals) as finest,
        string_agg(bare(p.obs_value), ' + ' order by i.rank) as expanded
    from measured as w
    inner join terms as i on w.metric = i.whole
    inner join measured as p on w.document = p.document and i.part = p.metric and w.scope = p.scope
        and w.period_start = p.period_start and w.period_end = p.period_end
        and p.department is not distinct from w.department and p.channel is not distinct from w.channel
    group by w.document, i.id, w.figure, w.shown, w.unit_mult, w.decimals, w.obs_value, w.unit, w.slack
),
judged as (
    select *, abs(total - obs_value) <= slack as ok from cases where found = needed
)
select document, id, if(ok, 'pass', 'fail') as result, 'hold' as severity, list_prepend(figure, parts) as figures,
    json_object(
        'parts', if(same_scale, shown, expanded), 'sign', if(ok, '=', '≠'),
        'whole', if(same_scale, whole, bare(obs_value)),
        'sum', if(same_scale, printed(total, unit_mult, greatest(finest, decimals)), bare(total)),
        'difference', bare(total - obs_value), 'slack', bare(slack), 'unit', unit
    ) as params
from judged
union all
select d.document, i.id, 'not_applicable', 'hold', [], json_object()
from documents as d
cross join (select distinct id from terms) as i
where d.copy_of is null and not exists (from judged as j where j.document = d.document and j.id = i.id)
order by document, id, figures;
