-- question: is department_handling the table month_handling without channels, cities and items?
-- grain: the first place where it is not so; no row where all adds up
-- parameters: none

with summed as (
    select month_accepted, month, department, workdays, sum(completed)
    from month_handling
    group by month_accepted, month, department, workdays
),
told as (
    select * from department_handling
),
apart as (
    (
        select * from summed
        except all
        select * from told
    )
    union all
    (
        select * from told
        except all
        select * from summed
    )
)
select 'department_handling' as held, 'month_handling' as other, concat_ws(' ', month, department, workdays) as spot
from apart
order by all
limit 1
