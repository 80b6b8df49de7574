-- question: how many working days did the cases take that each department completed in some months?
-- grain: one row for each department and number of working days, in order
-- parameters: first and last (days; the whole months that they lie in are taken)

select
    department,
    workdays,
    sum(completed)::bigint as completed
from department_handling
where month between date_trunc('month', $first::date) and $last::date
group by department, workdays
order by department, workdays
