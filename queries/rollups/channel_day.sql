-- question: how many cases were accepted, completed, issued and transferred each day, by channel?
-- grain: one row for each month of acceptance, day of the event and channel: the day cube without its departments,
--   since pages ask for all departments far more often than for one
-- parameters: none

select
    month_accepted,
    day,
    channel,
    sum(accepted) as accepted,
    sum(completed) as completed,
    sum(withdrawn) as withdrawn,
    sum(issued) as issued,
    sum(issued_window) as issued_window,
    sum(issued_comprehensive) as issued_comprehensive,
    sum(mailed) as mailed,
    sum(transferred) as transferred,
    sum(on_time) as on_time,
    sum(overdue) as overdue,
    sum(rated) as rated,
    sum(satisfied) as satisfied
from day
group by 1, 2, 3
