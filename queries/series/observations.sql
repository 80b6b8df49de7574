-- question: what is the value of each metric in each period, as known on a day?
-- grain: one row for each publisher, metric, freq, time_period, scope, department and channel: the vintage that stands;
--   a held one (U) only where there is no other
-- parameters: known_on (date, null for now), show_unreviewed (boolean)

select o.metric, m.kind as metric_kind, m.rank as metric_rank, o.publisher, o.freq, o.time_period, o.period_start,
    o.period_end, o.scope, o.department, o.channel, o.obs_value, o.unit_measure, o.unit_mult, o.decimals,
    slack_of(o.unit_mult, o.decimals, coalesce(m.kind = 'share', false)) as slack, o.obs_status, o.known_from,
    f.label, f.as_printed, f.unit, f.qualifier, f.section, f.quote, f.start_at, f.end_at,
    o.document, o.figure, d.kind, d.title, d.issue, d.total_issue, d.published_on, d.origin, d.name, o.vintages
from standing_observations($known_on, $show_unreviewed) as o
inner join figures as f using (document, figure)
inner join documents as d using (document)
left join metrics as m on o.metric = m.metric
order by metric_rank nulls last, o.metric, o.publisher, o.freq, o.scope, o.period_start, o.department nulls first,
    o.channel nulls first;
