-- question: does everything happen in or after the month of acceptance, and nothing later than the newest day?
-- grain: the first place where it does not; none where all is well
-- parameters: newest (a day)

with days as (
    select 'day' as held, month_accepted, day, accepted > 0 as begins from day
    union all
    select 'month', month_accepted, month, accepted > 0 from month
    union all
    select 'day_handling', month_accepted, day, false from day_handling
    union all
    select 'month_handling', month_accepted, month, false from month_handling
    union all
    select 'consulted', month_accepted, day, true from consulted
    union all
    select 'items', month_accepted, null, true from items
    union all
    select 'hours', month_accepted, null, true from hours
),
firsts as (
    select 'month' as held, month as day from month
    union all
    select 'month_handling', month from month_handling
    union all
    select held, month_accepted from days
),
wrong as (
    select held, 'month_accepted <= day' as rule, concat_ws(' ', month_accepted, day) as spot
    from days
    where day < month_accepted
    union all
    select held, 'accepted only in month_accepted', concat_ws(' ', month_accepted, day)
    from days
    where begins and date_trunc('month', day) <> month_accepted
    union all
    select held, concat('day <= ', $newest::date), cast(day as varchar)
    from days
    where day > $newest::date
    union all
    select held, 'first day of its month', cast(day as varchar)
    from firsts
    where day <> date_trunc('month', day)
)
select held, rule, spot
from wrong
order by all
limit 1
