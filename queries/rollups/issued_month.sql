-- question: how many documents were issued each month, where, and how many of them were mailed?
-- grain: one row for each month of acceptance, month of issue, department, channel, city and item; an intermediate
--   result of month
-- parameters: none

select
    cast(date_trunc('month', accepted_at) as date) as month_accepted,
    cast(date_trunc('month', issued_at) as date) as month,
    department,
    channel,
    city,
    item_code,
    count(*) as issued,
    count(case when issued_at_place is not null then 1 end) as issued_window,
    count(case when issued_at_place = 'comprehensive_window' then 1 end) as issued_comprehensive,
    count(case when delivery = 'mail' then 1 end) as mailed
from cases
where issued_at is not null
group by 1, 2, 3, 4, 5, 6
