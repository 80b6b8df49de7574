-- question: how many rows of each file come to stand in each month?
-- grain: month (2025-10) x file
-- parameters: of (table)
select strftime(moment, '%Y-%m') as month, file, count(*) as rows
from staged s
where of = $of and fault is null and not exists (from dropped d where d.of = s.of and d.row_id = s.row_id)
group by all
order by all
