-- question: of which months of acceptance are the cases of items and cities that were open at the end of a month?
-- grain: one row for each month of acceptance, in order
-- parameters: departments, channels, cities and items (lists, null for all), last (a day: the end of its month counts)

select
    strftime(month_accepted, '%Y-%m') as month,
    month_accepted as first,
    least(last_day(month_accepted), $last::date) as last,
    sum(accepted - completed - withdrawn)::bigint as cases
from month
where ($departments is null or list_contains($departments, department))
    and ($channels is null or list_contains($channels, channel))
    and ($cities is null or list_contains($cities, city))
    and ($items is null or list_contains($items, item_code))
    and month_accepted <= $last::date
    and month.month <= $last::date
group by month_accepted
having sum(accepted - completed - withdrawn) > 0
order by month_accepted
