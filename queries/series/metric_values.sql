-- question: what is known of every metric of the whole hall?
-- grain: one row for each publisher, metric, period and scope: the vintage that stands
-- parameters: publishers (list, null for all), show_unreviewed (false hides what nobody has reviewed), known_on (date,
--   null for now)

select
    o.document, o.figure, o.metric, o.freq, o.time_period, o.period_start, o.period_end, o.scope, o.department,
    o.channel, o.obs_value, o.unit_measure, o.unit_mult, o.decimals, o.obs_status, o.publisher,
    s.kind, s.issue, s.title, s.published_on, s.origin, f.section, f.as_printed,
    coalesce(f.quote, substring(s.text, f.start_at + 1, f.end_at - f.start_at)) as quote,
    s.period_start as issue_start, s.period_end as issue_end
from standing_observations($known_on, $show_unreviewed) as o
inner join documents as s on o.document = s.document
left join figures as f on o.document = f.document and o.figure = f.figure
where o.department is null
    and o.channel is null
    and ($publishers is null or list_contains($publishers, o.publisher))
order by o.metric, o.freq, o.period_start, o.scope, o.publisher
