-- question: does every row of the cube stand for another place?
-- grain: the first table that has two rows for one place; none where all is well
-- parameters: none

with doubled as (
    select 'day' as held, concat_ws(' ', day, department, channel) as spot
    from day
    group by month_accepted, day, department, channel
    having count(*) > 1
    union all
    select 'day_handling', concat_ws(' ', day, department, channel, workdays)
    from day_handling
    group by month_accepted, day, department, channel, workdays
    having count(*) > 1
    union all
    select 'month', concat_ws(' ', month, department, channel, city, item_code)
    from month
    group by month_accepted, month, department, channel, city, item_code
    having count(*) > 1
    union all
    select 'month_handling', concat_ws(' ', month, department, channel, city, item_code, workdays)
    from month_handling
    group by month_accepted, month, department, channel, city, item_code, workdays
    having count(*) > 1
    union all
    select 'hours', concat_ws(' ', month_accepted, department, channel, weekday, hour)
    from hours
    group by month_accepted, department, channel, weekday, hour
    having count(*) > 1
    union all
    select 'items', concat_ws(' ', month_accepted, item_code, department)
    from items
    group by month_accepted, item_code, department
    having count(*) > 1
    union all
    select 'consulted', concat_ws(' ', day, department, kind, place)
    from consulted
    group by month_accepted, day, department, kind, place
    having count(*) > 1
)
select held, spot
from doubled
order by all
limit 1
