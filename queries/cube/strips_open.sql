-- question: of which months of acceptance are the cases that were open at the end of a day?
-- grain: one row for each month of acceptance, in order
-- parameters: departments and channels (lists, null for all), last (the day)

select
    strftime(month_accepted, '%Y-%m') as month,
    month_accepted as first,
    least(last_day(month_accepted), $last::date) as last,
    sum(accepted - completed - withdrawn)::bigint as cases
from day
where ($departments is null or list_contains($departments, department))
    and ($channels is null or list_contains($channels, channel))
    and day <= $last::date
group by month_accepted
having sum(accepted - completed - withdrawn) > 0
order by month_accepted
