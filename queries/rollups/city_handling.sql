-- question: how many working days did the cases take that were completed each month, by city?
-- grain: one row for each month of acceptance, month of completion, channel, city and working days: the month cube's
--   histogram without its departments and items
-- parameters: none

select
    month_accepted,
    month,
    channel,
    city,
    workdays,
    sum(completed) as completed
from month_handling
group by 1, 2, 3, 4, 5
