-- question: how many working days did the cases of each city take, of some departments or items, in some months?
-- grain: one row for each city ('' where none is told) and working days, in order
-- parameters: departments and items (lists, null for all), first and last (days)

select
    city,
    workdays,
    sum(completed)::bigint as completed
from month_handling
where ($departments is null or list_contains($departments, department))
    and ($items is null or list_contains($items, item_code))
    and month between date_trunc('month', $first::date) and $last::date
group by city, workdays
order by city, workdays
