-- question: what happened to cases of each item in some months?
-- grain: one row for each item, the most accepted first
-- parameters: departments and cities (lists, null for all), first and last (days)

select
    item_code,
    arg_max(department, accepted) as department,
    sum(accepted)::bigint as accepted,
    sum(completed)::bigint as completed,
    sum(on_time)::bigint as on_time,
    sum(overdue)::bigint as overdue
from month
where ($departments is null or list_contains($departments, department))
    and ($cities is null or list_contains($cities, city))
    and month.month between date_trunc('month', $first::date) and $last::date
group by item_code
order by accepted desc, item_code
