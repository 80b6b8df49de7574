-- question: what happened to the cases of each department within these days, by channel of acceptance?
-- grain: one row for each department and channel, in order
-- parameters: first and last (days, null for no bound)

select
    department,
    channel,
    sum(accepted)::bigint as accepted,
    sum(completed)::bigint as completed,
    sum(withdrawn)::bigint as withdrawn,
    sum(on_time)::bigint as on_time,
    sum(overdue)::bigint as overdue
from day
where ($first is null or day >= $first::date)
    and ($last is null or day <= $last::date)
group by department, channel
order by department, channel
