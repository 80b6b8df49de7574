-- question: is channel_day the table day without departments?
-- grain: the first place where it is not so; no row where all adds up
-- parameters: none

with summed as (
    select month_accepted, day, channel, sum(columns(* exclude (month_accepted, day, channel, department)))
    from day
    group by month_accepted, day, channel
),
told as (
    select * from channel_day
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
select 'channel_day' as held, 'day' as other, concat_ws(' ', day, channel) as spot
from apart
order by all
limit 1
