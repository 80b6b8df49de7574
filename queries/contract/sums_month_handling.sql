-- question: does the histogram of each month hold the cases that were completed in it?
-- grain: the first place where it is not so; no row where all adds up
-- parameters: none

with summed as (
    select month_accepted, month, department, channel, city, item_code, sum(completed)
    from month_handling
    group by month_accepted, month, department, channel, city, item_code
),
told as (
    select month_accepted, month, department, channel, city, item_code, completed
    from month
    where completed > 0
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
select 'month_handling' as held, 'month' as other, concat_ws(' ', month, department, channel, city, item_code) as spot
from apart
order by all
limit 1
