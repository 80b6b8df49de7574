-- question: how many cases were transferred each month?
-- grain: one row for each month of acceptance, month of transfer, department, channel, city and item; an
--   intermediate result of month
-- parameters: none

select
    cast(date_trunc('month', accepted_at) as date) as month_accepted,
    cast(date_trunc('month', transferred_at) as date) as month,
    department,
    channel,
    city,
    item_code,
    count(*) as transferred
from cases
where transferred_at is not null
group by 1, 2, 3, 4, 5, 6
