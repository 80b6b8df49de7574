-- question: how many cases were transferred each day?
-- grain: one row for each month of acceptance, day of transfer, department and channel; an intermediate result of day
-- parameters: none

select
    cast(date_trunc('month', accepted_at) as date) as month_accepted,
    cast(transferred_at as date) as day,
    department,
    channel,
    count(*) as transferred
from cases
where transferred_at is not null
group by 1, 2, 3, 4
