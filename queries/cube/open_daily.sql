-- question: how many cases are open at the end of each day on which any began or ended?
-- grain: one row for each such day, in order
-- parameters: channel (of acceptance, null for all), departments (list, null for all)

with changed as (
    select day, sum(accepted - completed - withdrawn) as change
    from day
    where ($channel is null or channel = $channel)
        and ($departments is null or list_contains($departments, department))
    group by day
)

select
    day,
    sum(change) over (order by day)::bigint as open
from changed
order by day
