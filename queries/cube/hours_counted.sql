-- question: on which weekday and at which hour were cases accepted, where the time of day is known?
-- grain: one row for each weekday (1 Monday … 7 Sunday) and hour, in order
-- parameters: first and last (first days of months of acceptance, null for no bound), channel (null for all),
--   departments (list, null for all)

select
    weekday,
    hour,
    sum(accepted)::bigint as accepted
from hours
where ($first is null or month_accepted >= $first::date)
    and ($last is null or month_accepted <= $last::date)
    and ($channel is null or channel = $channel)
    and ($departments is null or list_contains($departments, department))
group by weekday, hour
order by weekday, hour
