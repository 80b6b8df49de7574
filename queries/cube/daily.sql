-- question: what happened to the cases of all departments each day, by channel?
-- grain: one row for each day and channel, in order
-- parameters: none

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
from channel_day
group by day, channel
order by day, channel
