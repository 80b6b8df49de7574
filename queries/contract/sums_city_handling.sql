-- question: is city_handling the table month_handling without departments and items?
-- grain: the first place where it is not so; no row where all adds up
-- parameters: none

with summed as (
    select month_accepted, month, channel, city, workdays, sum(completed)
    from month_handling
    group by month_accepted, month, channel, city, workdays
),
told as (
    select * from city_handling
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
select 'city_handling' as held, 'month_handling' as other, concat_ws(' ', month, channel, city, workdays) as spot
from apart
order by all
limit 1
