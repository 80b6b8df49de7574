-- question: which departments are named by any activity, task or figure?
-- grain: one row for each department, in catalogue order
-- parameters: none

with named as (
    select department from activity_departments
    union
    select department from task_departments
    union
    select department from figures where department is not null
)

select n.department
from named as n
inner join departments as d on n.department = d.department
order by d.rank
