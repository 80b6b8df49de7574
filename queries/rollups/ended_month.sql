-- question: which cases ended each month, in time or late, and how were they rated?
-- grain: one row for each month of acceptance, month of the end, department, channel, city and item; an intermediate
--   result of month
-- parameters: none

select
    month_accepted,
    month_ended as month,
    department,
    channel,
    city,
    item_code,
    sum(case when status = 'completed' then cases else 0 end) as completed,
    sum(case when status = 'withdrawn' then cases else 0 end) as withdrawn,
    sum(case when status = 'completed' then on_time else 0 end) as on_time,
    sum(case when status = 'completed' then overdue else 0 end) as overdue,
    sum(case when status = 'completed' then rated else 0 end) as rated,
    sum(case when status = 'completed' then satisfied else 0 end) as satisfied
from spans_month
where month_ended is not null
group by 1, 2, 3, 4, 5, 6
