-- question: how many working days did the cases take that were completed each day?
-- grain: one row for each month of acceptance, day of completion, department, channel and working days
-- parameters: none

select
    month_accepted,
    day,
    department,
    channel,
    workdays,
    completed
from ended_day
where completed > 0
