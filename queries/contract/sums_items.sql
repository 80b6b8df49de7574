-- question: does each item have as many cases as the table month says?
-- grain: the first place where it is not so; no row where all adds up
-- parameters: none

with summed as (
    select month_accepted, item_code, department, sum(accepted)
    from items
    group by month_accepted, item_code, department
),
told as (
    select month_accepted, item_code, department, sum(accepted)
    from month
    where accepted > 0
    group by month_accepted, item_code, department
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
select 'items' as held, 'month' as other, concat_ws(' ', month_accepted, item_code, department) as spot
from apart
order by all
limit 1
