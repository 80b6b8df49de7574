-- question: in which months, and of which months of acceptance, lie the cases of items and cities that a number counts?
-- grain: one row for each month of acceptance and month of the event, in the order of the months
-- parameters: measure, departments, channels, cities and items (lists, null for all), first and last (days; the whole
--   months that they lie in are taken)

with counted as (
    select month_accepted, month,
        case $measure
            when 'accepted' then accepted
            when 'completed' then completed
            when 'withdrawn' then withdrawn
            when 'issued' then issued
            when 'issued_window' then issued_window
            when 'issued_comprehensive' then issued_comprehensive
            when 'mailed' then mailed
            when 'transferred' then transferred
            when 'on_time' then on_time
            when 'overdue' then overdue
        end as cases
    from month
    where ($departments is null or list_contains($departments, department))
        and ($channels is null or list_contains($channels, channel))
        and ($cities is null or list_contains($cities, city))
        and ($items is null or list_contains($items, item_code))
        and month between date_trunc('month', $first::date) and $last::date
)

select
    strftime(month_accepted, '%Y-%m') as month,
    month as first,
    last_day(month) as last,
    sum(cases)::bigint as cases
from counted
group by month_accepted, counted.month
having sum(cases) > 0
order by counted.month, month_accepted
