-- question: how many cases of each department are open at the end of a day, by the month of their acceptance?
-- grain: one row for each department and month of acceptance (its first day) with open cases, in order
-- parameters: last (the day), channel (of acceptance, null for all), departments (list, null for all)

select
    department,
    month_accepted,
    sum(accepted - completed - withdrawn)::bigint as open
from day
where day <= $last::date
    and ($channel is null or channel = $channel)
    and ($departments is null or list_contains($departments, department))
group by department, month_accepted
having sum(accepted - completed - withdrawn) <> 0
order by department, month_accepted
