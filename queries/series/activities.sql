-- question: who did what, when?
-- grain: one row an activity of a standing document; its departments as a list (department, printed, role)
-- parameters: known_on (date, null for now)

select a.document, a.activity, a.date_start, a.date_end, a.category, a.title as activity_title, a.section, a.offices,
    a.start_at, a.end_at, a.quote,
    coalesce(p.departments, []) as departments, coalesce(p.leads, []) as leads,
    d.kind, d.title, d.issue, d.publisher, d.published_on, d.freq, d.time_period, d.origin, d.name
from activities as a
inner join standing($known_on) as d using (document)
left join (
    select document, activity,
        list({department: department, printed: printed, role: role} order by rank) as departments,
        list(department order by rank) filter (where role = 'lead') as leads
    from activity_departments
    group by document, activity
) as p using (document, activity)
order by a.date_start desc, a.date_end desc, a.document, a.start_at;
