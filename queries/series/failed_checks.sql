-- question: which checks failed, in which documents?
-- grain: one row for each failed check of a standing document, newest period first
-- parameters: publishers (list, null for all), known_on (date, null for now)

select
    c.document, c.id, c.severity, c.params::varchar as params,
    s.kind, s.issue, s.title, s.freq, s.time_period, s.period_start, s.period_end, s.published_on, s.publisher, s.origin
from checks as c
inner join standing($known_on) as s on c.document = s.document
where c.result = 'fail'
    and ($publishers is null or list_contains($publishers, s.publisher))
order by s.period_end desc nulls last, c.document, c.id
