-- question: how many cases were accepted, completed, issued and transferred each month?
-- grain: one row for each month of acceptance, month of the event, department, channel, city ('' where none is told)
--   and item
-- parameters: none

with events as (
    select month_accepted, month, department, channel, city, item_code, accepted,
        0 as completed, 0 as withdrawn, 0 as on_time, 0 as overdue, 0 as rated, 0 as satisfied,
        0 as issued, 0 as issued_window, 0 as issued_comprehensive, 0 as mailed, 0 as transferred
    from accepted_month
    union all
    select month_accepted, month, department, channel, city, item_code, 0,
        completed, withdrawn, on_time, overdue, rated, satisfied, 0, 0, 0, 0, 0
    from ended_month
    union all
    select month_accepted, month, department, channel, city, item_code, 0,
        0, 0, 0, 0, 0, 0, issued, issued_window, issued_comprehensive, mailed, 0
    from issued_month
    union all
    select month_accepted, month, department, channel, city, item_code, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, transferred
    from transferred_month
)

select
    month_accepted,
    month,
    department,
    channel,
    coalesce(city, '') as city,
    item_code,
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
from events
group by month_accepted, month, department, channel, city, item_code
