-- question: how many working days did the cases take that were completed each month, by department?
-- grain: one row for each month of acceptance, month of completion, department and working days: the month cube's
--   histogram without its channels, cities and items
-- parameters: none

select
    month_accepted,
    month,
    department,
    workdays,
    sum(completed) as completed
from month_handling
group by 1, 2, 3, 4
