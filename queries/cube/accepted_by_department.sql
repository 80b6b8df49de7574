-- question: which departments accepted most cases in some months?
-- grain: one row for each department, most cases first
-- parameters: departments (list, null for all), first and last (days; the whole months that they lie in
--   are taken)

select
    department,
    sum(accepted)::bigint as accepted
from department_month
where ($departments is null or list_contains($departments, department))
    and month between date_trunc('month', $first::date) and $last::date
group by department
having sum(accepted) > 0
order by accepted desc, department
