-- question: how many cases were accepted, completed, issued and transferred each day?
-- grain: one row for each month of acceptance, day of the event, department and channel
-- parameters: none

with ended as (
    select month_accepted, day, department, channel,
        sum(completed) as completed, sum(withdrawn) as withdrawn,
        sum(on_time) as on_time, sum(overdue) as overdue, sum(rated) as rated, sum(satisfied) as satisfied
    from ended_day
    group by month_accepted, day, department, channel
),
events as (
    select month_accepted, day, department, channel from accepted_day
    union
    select month_accepted, day, department, channel from ended
    union
    select month_accepted, day, department, channel from issued_day
    union
    select month_accepted, day, department, channel from transferred_day
)

select
    month_accepted,
    day,
    department,
    channel,
    coalesce(a.accepted, 0) as accepted,
    coalesce(d.completed, 0) as completed,
    coalesce(d.withdrawn, 0) as withdrawn,
    coalesce(i.issued, 0) as issued,
    coalesce(i.issued_window, 0) as issued_window,
    coalesce(i.issued_comprehensive, 0) as issued_comprehensive,
    coalesce(i.mailed, 0) as mailed,
    coalesce(t.transferred, 0) as transferred,
    coalesce(d.on_time, 0) as on_time,
    coalesce(d.overdue, 0) as overdue,
    coalesce(d.rated, 0) as rated,
    coalesce(d.satisfied, 0) as satisfied
from events
left join accepted_day as a using (month_accepted, day, department, channel)
left join ended as d using (month_accepted, day, department, channel)
left join issued_day as i using (month_accepted, day, department, channel)
left join transferred_day as t using (month_accepted, day, department, channel)
