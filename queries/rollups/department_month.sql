-- question: how many cases were accepted, completed, issued and transferred each month, by department?
-- grain: one row for each month of acceptance, month of the event, department and channel: the month cube without its
--   cities and items
-- parameters: none

select
    month_accepted,
    month,
    department,
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
from city
group by 1, 2, 3, 4
