-- question: what is each item called, and whose is it?
-- grain: one row for each month of acceptance, item and department
-- parameters: none

select
    cast(date_trunc('month', accepted_at) as date) as month_accepted,
    item_code,
    department,
    coalesce(min(item_name), item_code) as item_name
from cases
group by 1, 2, 3
