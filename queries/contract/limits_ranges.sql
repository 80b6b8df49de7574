-- question: do all working days, weekdays and hours lie within what there is?
-- grain: the first value that does not; none where all is well
-- parameters: none

with wrong as (
    select 'day_handling' as held, '0 <= workdays <= 250' as rule, workdays as number
    from day_handling
    where workdays not between 0 and 250
    union all
    select 'month_handling', '0 <= workdays <= 250', workdays
    from month_handling
    where workdays not between 0 and 250
    union all
    select 'hours', '1 <= weekday <= 7', weekday
    from hours
    where weekday not between 1 and 7
    union all
    select 'hours', '0 <= hour <= 23', hour
    from hours
    where hour not between 0 and 23
)
select held, rule, cast(number as varchar) as spot
from wrong
order by all
limit 1
