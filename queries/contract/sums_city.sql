-- question: is city the table month without items?
-- grain: the first place where it is not so; no row where all adds up
-- parameters: none

with summed as (
    select month_accepted, month, department, channel, city,
        sum(columns(* exclude (month_accepted, month, department, channel, city, item_code)))
    from month
    group by month_accepted, month, department, channel, city
),
told as (
    select * from city
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
select 'city' as held, 'month' as other, concat_ws(' ', month, department, channel, city) as spot
from apart
order by all
limit 1
