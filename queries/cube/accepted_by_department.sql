-- question: which departments accepted most cases in a range of days?
-- grain: one row for each department, most cases first
-- parameters: departments (list, null for all), first and last (days, both included)

select
    department,
    sum(accepted)::bigint as accepted
from day
where ($departments is null or list_contains($departments, department))
    and day between $first::date and $last::date
group by department
having sum(accepted) > 0
order by accepted desc, department
