-- question: is a printed growth of a metric what its value and the earlier value give?
-- grain: one row for each growth in percent whose earlier value is known: held where the same document states it, a
--   note where another does; else one not_applicable a document
-- parameters: none

with stated as (
    select document, figure, kind, section, start_at, end_at, as_printed, compares_with, abs(value)::double as value,
        slack_of(unit_mult, decimals, true)::double as slack, unit,
        last_value(if(kind = 'volume', figure, null) ignore nulls) over (
            partition by document order by start_at rows between unbounded preceding and 1 preceding
        ) as of_figure
    from figures
    where value is not null and decision is distinct from 'reject'
),
grown as (
    select g.document, g.figure, g.as_printed, g.value as growth, g.slack as growth_slack, o.figure as now_at, o.metric,
        o.label, o.as_printed as now_printed, o.obs_value::double as now, o.slack::double as now_slack, o.publisher,
        o.freq, o.scope, o.department, o.channel,
        strftime((o.period_end - if(g.compares_with = 'year_ago', interval 1 year, interval 1 month))::date, '%Y-%m')
            as then_period
    from stated as g
    inner join measured as o on g.document = o.document and g.of_figure = o.figure
    inner join stated as v on g.document = v.document and g.of_figure = v.figure
    where g.kind = 'change' and g.unit = '%' and o.freq = 'M' and g.section is not distinct from v.section
        and g.start_at - v.end_at between 0 and 40
        and (g.compares_with = 'year_ago' or g.compares_with = 'previous_period' and o.scope = 'period')
),
cases as (
    select n.*, e.document = n.document as inside, e.figure as then_at, e.as_printed as then_printed,
        e.obs_value::double as past, e.slack::double as past_slack,
        100 * ((n.now - n.now_slack) / (past + past_slack) - 1) - growth_slack - 1e-6 as least,
        100 * ((now + now_slack) / (past - past_slack) - 1) + growth_slack + 1e-6 as most,
        growth between least and most or -growth between least and most as ok
    from grown as n
    inner join evidence as e on n.publisher = e.publisher and n.metric = e.metric and n.freq = e.freq
        and n.scope = e.scope and n.then_period = e.time_period and e.department is not distinct from n.department
        and e.channel is not distinct from n.channel and e.obs_value > e.slack
    qualify row_number() over (
        partition by n.document, n.figure
        order by inside desc, e.known_from desc, e.loaded_at desc, e.document, e.figure
    ) = 1
)
select document, 'growth_of_stated' as id, if(ok, 'pass', 'fail') as result, if(inside, 'hold', 'note') as severity,
    if(inside, [now_at, figure, then_at], [now_at, figure]) as figures,
    json_object('metric', metric, 'label', label, 'now', now_printed, 'growth', as_printed, 'before', then_printed,
        'period', then_period, 'exact', printf('%+.1f%%', 100 * (now / past - 1))) as params
from cases
union all
select d.document, 'growth_of_stated', 'not_applicable', 'hold', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
