-- question: is department_month the table month without cities and items?
-- grain: the first place where it is not so; no row where all adds up
-- parameters: none

with summed as (
    select month_accepted, month, department, channel,
        sum(columns(* exclude (month_accepted, month, department, channel, city, item_code)))
    from month
    group by month_accepted, month, department, channel
),
told as (
    select * from department_month
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
select 'department_month' as held, 'month' as other, concat_ws(' ', month, department, channel) as spot
from apart
order by all
limit 1
