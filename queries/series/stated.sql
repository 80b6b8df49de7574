-- question: which figures do the documents state?
-- grain: one row for each figure, newest period first; figures held for review stay out
-- parameters: publishers (list), first, last (dates), each null for all; show_unreviewed, known_on (date, null for now)

select
    f.document, f.figure, f.department, f.label, f.value, f.unit, f.as_printed, f.decimals, f.unit_mult,
    f.kind as figure_kind,
    f.scope, f.metric, f.section, f.start_at, f.end_at, f.status,
    coalesce(f.quote, substring(s.text, f.start_at + 1, f.end_at - f.start_at)) as quote,
    s.kind, s.issue, s.freq, s.time_period, s.period_start, s.period_end, s.published_on, s.publisher, s.origin
from figures as f
inner join standing($known_on) as s on f.document = s.document
where f.status <> 'U'
    and (coalesce($show_unreviewed, true) or f.status <> 'V')
    and ($publishers is null or list_contains($publishers, s.publisher))
    and ($first::date is null or s.period_end >= $first::date)
    and ($last::date is null or s.period_start <= $last::date)
order by s.period_end desc nulls last, f.document, f.start_at, f.figure
