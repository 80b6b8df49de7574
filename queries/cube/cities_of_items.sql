-- question: what happened to cases of some items each month in each city?
-- grain: one row for each month of the event (its first day) and city ('' where none is told), in order
-- parameters: departments (list, null for all), items (list)

select
    m.month,
    city,
    sum(accepted)::bigint as accepted,
    sum(completed)::bigint as completed,
    sum(on_time)::bigint as on_time,
    sum(overdue)::bigint as overdue
from month as m
where ($departments is null or list_contains($departments, department))
    and list_contains($items, item_code)
group by m.month, city
order by m.month, city
