-- question: does the histogram of each day hold the cases that were completed on it?
-- grain: the first place where it is not so; no row where all adds up
-- parameters: none

with summed as (
    select month_accepted, day, department, channel, sum(completed)
    from day_handling
    group by month_accepted, day, department, channel
),
told as (
    select month_accepted, day, department, channel, completed
    from day
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
select 'day_handling' as held, 'day' as other, concat_ws(' ', day, department, channel) as spot
from apart
order by all
limit 1
