-- question: which cases ended each day, after how many working days, in time or late, and how were they rated?
-- grain: one row for each month of acceptance, day of the end, department, channel and working days (250: that many or
--   more); an intermediate result of day and day_handling
-- parameters: none

with ended as (
    select s.*, first.month as month_accepted, last.number - first.number as taken
    from spans_day as s
    inner join workdays as first on s.accepted = first.day
    inner join workdays as last on s.ended = last.day
)

select
    month_accepted,
    ended as day,
    department,
    channel,
    least(taken, 250) as workdays,
    sum(case when status = 'completed' then cases else 0 end) as completed,
    sum(case when status = 'withdrawn' then cases else 0 end) as withdrawn,
    sum(case when status = 'completed' and taken <= promised_workdays then cases else 0 end) as on_time,
    sum(case when status = 'completed' and taken > promised_workdays then cases else 0 end) as overdue,
    sum(case when status = 'completed' then rated else 0 end) as rated,
    sum(case when status = 'completed' then satisfied else 0 end) as satisfied
from ended
group by 1, 2, 3, 4, 5
