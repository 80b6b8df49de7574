-- question: do the days of a month add up to the month?
-- grain: the first place where it is not so; no row where all adds up
-- parameters: none

with summed as (
    select month_accepted, cast(date_trunc('month', day) as date) as month, department, channel,
        sum(columns(* exclude (month_accepted, day, department, channel)))
    from day
    group by month_accepted, date_trunc('month', day), department, channel
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
select 'day' as held, 'department_month' as other, concat_ws(' ', month, department, channel) as spot
from apart
order by all
limit 1
