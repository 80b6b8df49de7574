-- question: what is the value of each metric in each period, as known on a day?
-- grain: one row for each publisher, metric, freq, time_period, scope, department and channel: its newest vintage; a
--   held vintage (U) stands only where there is no other
-- parameters: known_on (date, null for now), show_unreviewed (boolean)

select o.metric, m.kind as metric_kind, m.rank as metric_rank, o.publisher, o.freq, o.time_period, o.period_start,
    o.period_end, o.scope, o.department, o.channel, o.obs_value, o.unit_measure, o.unit_mult, o.decimals,
    slack_of(o.unit_mult, o.decimals, coalesce(m.kind = 'share', false)) as slack, o.obs_status, o.known_from,
    f.label, f.as_printed, f.unit, f.qualifier, f.section, f.quote, f.start_at, f.end_at,
    o.document, o.figure, d.kind, d.title, d.issue, d.total_issue, d.published_on, d.origin, d.name,
    count(*) over vintages as vintages
from observations as o
join figures as f using (document, figure)
join documents as d using (document)
left join metrics as m on m.metric = o.metric
where ($known_on is null or o.known_from <= $known_on::date)
    and (coalesce($show_unreviewed, true) or o.obs_status <> 'V')
window vintages as (
    partition by o.publisher, o.metric, o.freq, o.time_period, o.scope, o.department, o.channel
)
qualify row_number() over (vintages order by o.obs_status = 'U', o.known_from desc, o.loaded_at desc, o.figure) = 1
order by metric_rank nulls last, o.metric, o.publisher, o.freq, o.scope, o.period_start, o.department nulls first,
    o.channel nulls first;
