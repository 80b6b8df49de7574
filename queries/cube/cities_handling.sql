-- question: how many working days did the cases of each city take that were completed in some months?
-- grain: one row for each city ('' where none is told) and working days, in order
-- parameters: first and last (days)

select
    city,
    workdays,
    sum(completed)::bigint as completed
from city_handling
where month between date_trunc('month', $first::date) and $last::date
group by city, workdays
order by city, workdays
