-- question: how many working days did the cases of some items take that were completed in some months?
-- grain: one row for each item and working days, in order
-- parameters: items (list), departments and cities (lists, null for all), first and last (days)

select
    item_code,
    workdays,
    sum(completed)::bigint as completed
from month_handling
where list_contains($items, item_code)
    and ($departments is null or list_contains($departments, department))
    and ($cities is null or list_contains($cities, city))
    and month between date_trunc('month', $first::date) and $last::date
group by item_code, workdays
order by item_code, workdays
