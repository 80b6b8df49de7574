-- question: how many cases were accepted, completed, issued and transferred each month, by city?
-- grain: one row for each month of acceptance, month of the event, department, channel and city: the month cube without
--   its items, since pages ask for all items far more often than for one
-- parameters: none

select
    month_accepted,
    month,
    department,
    channel,
    city,
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
from month
group by 1, 2, 3, 4, 5
