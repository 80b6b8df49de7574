-- question: how many cases were accepted, completed, issued and transferred, by day, department and channel?
-- grain: one row for each day of the event, department and channel, in order
-- parameters: departments (list, null for all), first and last (days, null for no bound)

select
    day,
    department,
    channel,
    sum(accepted)::bigint as accepted,
    sum(completed)::bigint as completed,
    sum(on_time)::bigint as on_time,
    sum(overdue)::bigint as overdue,
    sum(withdrawn)::bigint as withdrawn,
    sum(issued)::bigint as issued,
    sum(issued_window)::bigint as issued_window,
    sum(issued_comprehensive)::bigint as issued_comprehensive,
    sum(mailed)::bigint as mailed,
    sum(transferred)::bigint as transferred,
    sum(rated)::bigint as rated,
    sum(satisfied)::bigint as satisfied
from day
where ($departments is null or list_contains($departments, department))
    and ($first is null or day >= $first::date)
    and ($last is null or day <= $last::date)
group by day, department, channel
order by day, department, channel
