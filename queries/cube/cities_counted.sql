-- question: what happened to cases each month in each city?
-- grain: one row for each month of the event (its first day) and city ('' where none is told), in order
-- parameters: departments (list, null for all)

select
    month,
    city,
    sum(accepted)::bigint as accepted,
    sum(completed)::bigint as completed,
    sum(on_time)::bigint as on_time,
    sum(overdue)::bigint as overdue
from city
where ($departments is null or list_contains($departments, department))
group by month, city
order by month, city
