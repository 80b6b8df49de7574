-- question: how many rows of each file come to stand in each month?
-- grain: month (2025-10) x file
-- parameters: of (table)
with counted as (
    select date_trunc('month', moment) as month, file, count(*) as rows
    from staged
    where of = $of and fault is null
    group by all
)
select strftime(month, '%Y-%m') as month, file, rows
from counted
order by all
