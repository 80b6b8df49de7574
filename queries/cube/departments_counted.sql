-- question: what happened to the cases of each department in some months, by channel of acceptance?
-- grain: one row for each department and channel, in order
-- parameters: first and last (days; the whole months that they lie in are taken)

select
    department,
    channel,
    sum(accepted)::bigint as accepted,
    sum(completed)::bigint as completed,
    sum(withdrawn)::bigint as withdrawn,
    sum(on_time)::bigint as on_time,
    sum(overdue)::bigint as overdue
from department_month
where month between date_trunc('month', $first::date) and $last::date
group by department, channel
order by department, channel
