-- question: which departments carry which task of which plan?
-- grain: one row for each department of a task (one row without department where none is named)
-- parameters: publishers (list, null for all), known_on (date, null for now)

select
    t.document,
    t.task,
    t.section,
    t.title,
    t.start_at,
    t.end_at,
    substring(s.text, t.start_at + 1, t.end_at - t.start_at) as quote,
    p.department,
    p.printed,
    p.role,
    d.rank as department_rank,
    d.kind as department_kind,
    s.title as plan_title,
    s.kind,
    s.issue,
    s.freq,
    s.time_period,
    s.period_start,
    s.period_end,
    s.published_on,
    s.publisher,
    s.origin
from tasks as t
inner join standing($known_on) as s on t.document = s.document
left join task_departments as p on t.document = p.document and t.task = p.task
left join departments as d on p.department = d.department
where ($publishers is null or list_contains($publishers, s.publisher))
order by s.period_start desc, s.published_on desc nulls last, t.document, t.task, p.rank
