-- question: on which weekday and at which hour are cases accepted, where the time of day is known?
-- grain: one row for each month of acceptance, department, channel, weekday (1 Monday … 7 Sunday) and hour
-- parameters: none

select
    w.month as month_accepted,
    c.department,
    c.channel,
    w.weekday,
    hour(c.accepted_at) as hour,
    count(*) as accepted
from cases as c
inner join workdays as w on w.day = cast(c.accepted_at as date)
-- at midnight sharp only the day is known
where c.accepted_at > cast(c.accepted_at as date)
group by 1, 2, 3, 4, 5
