-- question: how many cases were accepted, completed, issued and transferred each month?
-- grain: one row for each month of acceptance, month of the event, department, channel, city and item
-- parameters: none

with events as (
    select month_accepted, month, department, channel, city, item_code from accepted_month
    union
    select month_accepted, month, department, channel, city, item_code from ended_month
    union
    select month_accepted, month, department, channel, city, item_code from issued_month
    union
    select month_accepted, month, department, channel, city, item_code from transferred_month
)

select
    month_accepted,
    month,
    department,
    channel,
    city,
    item_code,
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
left join accepted_month as a using (month_accepted, month, department, channel, city, item_code)
left join ended_month as d using (month_accepted, month, department, channel, city, item_code)
left join issued_month as i using (month_accepted, month, department, channel, city, item_code)
left join transferred_month as t using (month_accepted, month, department, channel, city, item_code)
