-- question: how many cases were accepted each month by each channel?
-- grain: one row for each month of the event (its first day) and channel, in order
-- parameters: departments (list, null for all)

select
    month,
    channel,
    sum(accepted)::bigint as accepted
from department_month
where ($departments is null or list_contains($departments, department))
group by month, channel
order by month, channel
