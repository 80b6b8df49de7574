-- question: how many working days did the cases take that each department completed within these days?
-- grain: one row for each department and number of working days, in order
-- parameters: first and last (days, null for no bound)

select
    department,
    workdays,
    sum(completed)::bigint as completed
from day_handling
where ($first is null or day >= $first::date)
    and ($last is null or day <= $last::date)
group by department, workdays
order by department, workdays
