-- question: how many cases were accepted each day?
-- grain: one row for each month of acceptance, day of acceptance, department and channel; an intermediate result of day
-- parameters: none

select
    cast(date_trunc('month', accepted) as date) as month_accepted,
    accepted as day,
    department,
    channel,
    sum(cases) as accepted
from spans_day
group by 1, 2, 3, 4
