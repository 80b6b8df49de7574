-- question: how many cases were accepted each month by each channel?
-- grain: one row for each month of the event (its first day) and channel, in order
-- parameters: departments (list, null for all)

select
    make_date(year(day), month(day), 1) as month,
    channel,
    sum(accepted)::bigint as accepted
from day
where ($departments is null or list_contains($departments, department))
group by year(day), month(day), channel
order by month, channel
