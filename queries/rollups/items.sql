-- question: what is each item called, whose is it, and how many cases of it were accepted?
-- grain: one row for each month of acceptance, item and department
-- parameters: none

select
    cast(date_trunc('month', accepted_at) as date) as month_accepted,
    item_code,
    department,
    coalesce(min(item_name), item_code) as item_name,
    count(*) as accepted
from cases
group by 1, 2, 3
