-- question: which items does the cube hold, what are they called, and how many cases of each were accepted?
-- grain: one row for each item, the most accepted first; its name is the newest, its department that of most cases
-- parameters: departments (list, null for all)

with named as (
    select item_code, arg_max(item_name, month_accepted) as item_name
    from items
    where $departments is null or list_contains($departments, department)
    group by item_code
),
summed as (
    select item_code, department, sum(accepted)::bigint as accepted
    from month
    where $departments is null or list_contains($departments, department)
    group by item_code, department
)

select
    s.item_code,
    coalesce(any_value(n.item_name), s.item_code) as item_name,
    arg_max(s.department, s.accepted) as department,
    sum(s.accepted)::bigint as accepted
from summed as s
left join named as n using (item_code)
group by s.item_code
order by accepted desc, s.item_code
