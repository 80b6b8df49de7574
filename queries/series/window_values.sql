-- question: what is known of the comprehensive window and of the whole that it is part of, period by period?
-- grain: one row for each metric, period, scope, department and channel: the vintage that stands
-- parameters: publishers (list, null for all), first, last (dates, null for no bound), show_unreviewed, known_on (date,
--   null for now)

select
    o.document, o.figure, o.metric, o.freq, o.time_period, o.period_start, o.period_end, o.scope, o.department,
    o.channel, o.obs_value, o.unit_measure, o.unit_mult, o.decimals, o.obs_status,
    s.kind, s.issue, s.title, s.published_on, s.publisher, s.origin, f.section, f.as_printed,
    coalesce(f.quote, substring(s.text, f.start_at + 1, f.end_at - f.start_at)) as quote,
    s.period_start as issue_start, s.period_end as issue_end
from standing_observations($known_on, $show_unreviewed) as o
inner join documents as s on o.document = s.document
left join figures as f on o.document = f.document and o.figure = f.figure
where o.metric in (
    'comprehensive_consultations', 'comprehensive_accepted', 'comprehensive_transferred', 'comprehensive_issued',
    'handled_total', 'window_issued', 'mailed',
    'manuals_completed', 'manual_coverage', 'comprehensive_main_items', 'comprehensive_handling_items'
)
    and ($publishers is null or list_contains($publishers, o.publisher))
    and ($first::date is null or o.period_end >= $first::date)
    and ($last::date is null or coalesce(s.period_start, o.period_end) <= $last::date)
order by o.period_end desc, o.metric, o.scope, o.department nulls first, o.channel nulls first
