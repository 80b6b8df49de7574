-- question: how many working days did the cases take that were completed each month, of each item and city?
-- grain: one row for each month of acceptance, month of completion, department, channel, city, item and working days
-- parameters: none

select
    month_accepted,
    month_ended as month,
    department,
    channel,
    coalesce(city, '') as city,
    item_code,
    workdays,
    cases as completed
from spans_month
where status = 'completed' and month_ended is not null
