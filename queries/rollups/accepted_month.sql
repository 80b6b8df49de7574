-- question: how many cases were accepted each month, of each item and city?
-- grain: one row for each month of acceptance, department, channel, city and item; an intermediate result of month
-- parameters: none

select
    month_accepted,
    month_accepted as month,
    department,
    channel,
    city,
    item_code,
    sum(cases) as accepted
from spans_month
group by 1, 2, 3, 4, 5, 6
