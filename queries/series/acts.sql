-- question: which departments did what, when, and which document says so?
-- grain: one row for each department of an activity (one row without department where none is named), newest first
-- parameters: publishers (list, null for all), first, last (dates, null for no bound), known_on (date, null for now)

select
    a.document,
    a.activity,
    a.date_start,
    a.date_end,
    a.category,
    a.title,
    a.section,
    a.offices,
    a.start_at,
    a.end_at,
    coalesce(a.quote, substring(s.text, a.start_at + 1, a.end_at - a.start_at)) as quote,
    p.department,
    p.printed,
    p.role,
    d.rank as department_rank,
    d.kind as department_kind,
    s.kind,
    s.issue,
    s.freq,
    s.time_period,
    s.period_start,
    s.period_end,
    s.published_on,
    s.publisher,
    s.origin
from activities as a
inner join standing($known_on) as s on a.document = s.document
left join activity_departments as p on a.document = p.document and a.activity = p.activity
left join departments as d on p.department = d.department
where ($publishers is null or list_contains($publishers, s.publisher))
    and ($first::date is null or s.period_end >= $first::date)
    and ($last::date is null or s.period_start <= $last::date)
    and ($first::date is null or a.date_end >= $first::date)
    and ($last::date is null or a.date_start <= $last::date)
order by a.date_start desc, a.date_end desc, a.document, a.activity, p.rank
