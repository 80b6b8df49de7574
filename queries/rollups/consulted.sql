-- question: how many consultations were there each day, of which kind, where, and how long did they take?
-- grain: one row for each month, day, department ('' where none is told), kind and place
-- parameters: none

select
    cast(date_trunc('month', c.at) as date) as month_accepted,
    cast(c.at as date) as day,
    coalesce(department, '') as department,
    kind,
    place,
    count(*) as consultations,
    coalesce(sum(minutes), 0) as minutes,
    count(minutes) as timed
from consultations as c
group by 1, 2, 3, 4, 5
