-- question: how did the authorised items change: the number before and after, of the whole and of the departments?
-- grain: one row for each figure (before or after) of an item metric, newest document first
-- parameters: publishers (list, null for all), first, last (dates, null for no bound), show_unreviewed, known_on (date,
--   null for now)

select
    f.document, f.figure, f.metric, f.kind as figure_kind, f.department, f.value, f.unit, f.decimals, f.unit_mult,
    f.as_printed, f.section, coalesce(f.quote, substring(s.text, f.start_at + 1, f.end_at - f.start_at)) as quote,
    f.start_at, f.end_at, f.status,
    s.kind, s.issue, s.freq, s.time_period, s.period_start, s.period_end, s.published_on, s.publisher, s.origin
from figures as f
inner join standing($known_on) as s on f.document = s.document
where f.metric in ('comprehensive_main_items', 'comprehensive_handling_items')
    and f.kind in ('before', 'volume')
    and f.status <> 'U'
    and (coalesce($show_unreviewed, true) or f.status <> 'V')
    and f.value is not null
    and ($publishers is null or list_contains($publishers, s.publisher))
    and ($first::date is null or s.period_end >= $first::date)
    and ($last::date is null or s.period_start <= $last::date)
order by s.period_end desc, s.published_on desc nulls last, f.document, f.start_at, f.figure
