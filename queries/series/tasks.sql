-- question: what does the work plan ask of whom?
-- grain: one row a task of a standing document; departments (department, printed, role) and targets as lists
-- parameters: known_on (date, null for now)

select t.document, t.task, t.section, t.title as task_title, t.start_at, t.end_at,
    case when d.text is not null then substr(d.text, t.start_at + 1, t.end_at - t.start_at) end as quote,
    coalesce(p.departments, []) as departments, coalesce(g.targets, []) as targets,
    d.kind, d.title, d.issue, d.publisher, d.published_on, d.time_period, d.origin, d.name
from tasks as t
inner join standing($known_on) as d using (document)
left join (
    select document, task, list({department: department, printed: printed, role: role} order by rank) as departments
    from task_departments
    group by document, task
) as p using (document, task)
left join (
    select document, task,
        list({label: label, value: value, unit: unit, as_printed: as_printed} order by rank) as targets
    from task_targets
    group by document, task
) as g using (document, task)
order by d.time_period desc, t.document, t.task;
