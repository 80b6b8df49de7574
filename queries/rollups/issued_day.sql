-- question: how many documents were issued each day, where, and how many of them were mailed?
-- grain: one row for each month of acceptance, day of issue, department and channel; an intermediate result of day
-- parameters: none

select
    cast(date_trunc('month', accepted_at) as date) as month_accepted,
    cast(issued_at as date) as day,
    department,
    channel,
    count(*) as issued,
    count(case when issued_at_place is not null then 1 end) as issued_window,
    count(case when issued_at_place = 'comprehensive_window' then 1 end) as issued_comprehensive,
    count(case when delivery = 'mail' then 1 end) as mailed
from cases
where issued_at is not null
group by 1, 2, 3, 4
