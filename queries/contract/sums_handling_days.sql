-- question: do the histograms of the days of a month add up to that of the month?
-- grain: the first place where it is not so; no row where all adds up
-- parameters: none

with summed as (
    select month_accepted, cast(date_trunc('month', day) as date) as month, department, workdays, sum(completed)
    from day_handling
    group by month_accepted, date_trunc('month', day), department, workdays
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
select 'day_handling' as held, 'department_handling' as other, concat_ws(' ', month, department, workdays) as spot
from apart
order by all
limit 1
