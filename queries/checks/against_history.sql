-- question: does each value lie where the earlier values of its metric lead to expect it?
-- grain: one row for each outlier (held only where a unit or a digit seems to have slipped); without any one pass a
--   document, or one not_applicable where there are too few earlier values
-- parameters: history_points, history_span, history_deviations, history_floor, history_share, history_factor

with known as (
    -- The newest vintage of each period, with the values up to it.
    select *, list(obs_value::double) over (
        partition by publisher, metric, freq, scope, department, channel order by period_end
        rows between 60 preceding and current row
    ) as so_far
    from (
        from evidence
        where scope <> 'year_to_date'
        qualify row_number() over (
            partition by publisher, metric, freq, scope, department, channel, time_period
            order by known_from desc nulls last, loaded_at desc, document, figure
        ) = 1
    ) as newest
),
earlier as (
    select n.document, n.figure, n.metric, n.label, n.as_printed, n.obs_value::double as value, k.kind,
        list_slice(e.so_far, -$history_span, -1) as past
    from measured as n
    inner join metrics as k on n.metric = k.metric
    asof join known as e on n.publisher = e.publisher and n.metric = e.metric and n.freq = e.freq
        and n.scope = e.scope and coalesce(e.department, '') = coalesce(n.department, '')
        and coalesce(e.channel, '') = coalesce(n.channel, '') and n.period_end > e.period_end
),
middles as (
    select *, list_median(past) as middle from earlier where len(past) >= $history_points
),
spreads as (
    select *, abs(value - middle) as off, if(kind = 'share', 1, $history_floor) as floor,
        greatest(1.4826 * list_median(list_transform(past, lambda x: abs(x - middle))), $history_share * middle,
            if(kind = 'share', 1, sqrt(middle))) as spread
    from middles
),
cases as (
    select *, off <= greatest($history_deviations * spread, floor) as ok,
        kind <> 'share' and off > $history_floor * $history_factor
            and (value >= $history_factor * list_max(past) or value * $history_factor <= list_min(past)) as slipped
    from spreads
)
select document, 'against_history' as id, 'fail' as result, if(slipped, 'hold', 'note') as severity,
    [figure] as figures, json_object('metric', metric, 'label', label, 'value', as_printed, 'n', len(past)::varchar,
        'middle', bare(middle), 'sign', if(value > middle, '>', '<')) as params
from cases
where not ok
union all
select document, 'against_history', 'pass', 'note', [], json_object('n', count(*)::varchar)
from cases
group by document
having bool_and(ok)
union all
select d.document, 'against_history', 'not_applicable', 'note', [], json_object()
from documents as d
where d.copy_of is null and not exists (from cases as c where c.document = d.document)
order by document, figures;
