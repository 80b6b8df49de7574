-- question: how many working days did the cases take that were completed each month?
-- grain: one row for each month of completion (its first day) and number of working days, in order
-- parameters: departments (list, null for all)

select
    month,
    workdays,
    sum(completed)::bigint as completed
from department_handling
where ($departments is null or list_contains($departments, department))
group by month, workdays
order by month, workdays
