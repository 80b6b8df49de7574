-- question: what happened to cases each day, by channel?
-- grain: one row for each day and channel, in order
-- parameters: departments (list, null for all), first and last (days, null for no bound)

with days as (
    from channel_day where $departments is null
    union all
    select * exclude (department) from day where list_contains($departments, department)
)

select
    day,
    channel,
    sum(accepted)::bigint as accepted,
    sum(completed)::bigint as completed,
    sum(withdrawn)::bigint as withdrawn,
    sum(issued)::bigint as issued,
    sum(issued_window)::bigint as issued_window,
    sum(issued_comprehensive)::bigint as issued_comprehensive,
    sum(mailed)::bigint as mailed,
    sum(transferred)::bigint as transferred,
    sum(on_time)::bigint as on_time,
    sum(overdue)::bigint as overdue
from days
where ($first is null or day >= $first::date)
    and ($last is null or day <= $last::date)
group by day, channel
order by day, channel
