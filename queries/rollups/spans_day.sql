-- question: how many cases span which days, from acceptance to their end, and what was promised?
-- grain: one row for each day of acceptance, day of the end (null: open), department, channel, status and promise; an
--   intermediate result, the one reading of the cases from which acceptances and ends are counted
-- parameters: none

select
    cast(accepted_at as date) as accepted,
    cast(completed_at as date) as ended,
    department,
    channel,
    status,
    promised_workdays,
    count(*) as cases,
    count(satisfaction) as rated,
    count(case when satisfaction >= 4 then 1 end) as satisfied
from cases
group by 1, 2, 3, 4, 5, 6
