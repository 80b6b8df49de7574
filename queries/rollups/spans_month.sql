-- question: how many cases span which months, from acceptance to their end, and after how many working days?
-- grain: one row for each month of acceptance, month of the end (null: open), department, channel, city (null where
--   none is told), item, status and working days (250: that many or more); an intermediate result, the one reading of
--   the cases from which acceptances, ends and handling times are counted
-- parameters: none

select
    first.month as month_accepted,
    last.month as month_ended,
    c.department,
    c.channel,
    c.city,
    c.item_code,
    c.status,
    least(last.number - first.number, 250) as workdays,
    count(*) as cases,
    count(case when last.number - first.number <= c.promised_workdays then 1 end) as on_time,
    count(case when last.number - first.number > c.promised_workdays then 1 end) as overdue,
    count(c.satisfaction) as rated,
    count(case when c.satisfaction >= 4 then 1 end) as satisfied
from cases as c
inner join workdays as first on first.day = cast(c.accepted_at as date)
left join workdays as last on last.day = cast(c.completed_at as date)
group by 1, 2, 3, 4, 5, 6, 7, 8
