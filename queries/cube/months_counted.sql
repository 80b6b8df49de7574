-- question: what happened to cases each month?
-- grain: one row for each month of the event (its first day), in order
-- parameters: departments (list, null for all)

select
    month,
    sum(accepted)::bigint as accepted,
    sum(completed)::bigint as completed,
    sum(withdrawn)::bigint as withdrawn,
    sum(on_time)::bigint as on_time,
    sum(overdue)::bigint as overdue
from department_month
where ($departments is null or list_contains($departments, department))
group by month
order by month
