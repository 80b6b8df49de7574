-- question: which items does the cube hold, what are they called, and how many cases of each were accepted?
-- grain: one row for each item, the most accepted first; its name is the newest, its department that of most cases
-- parameters: departments (list, null for all)

with summed as (
    select
        item_code,
        department,
        max(month_accepted) as newest,
        arg_max(item_name, month_accepted) as item_name,
        sum(accepted)::bigint as accepted
    from items
    where $departments is null or list_contains($departments, department)
    group by item_code, department
)

select
    item_code,
    arg_max(item_name, (newest, item_name)) as item_name,
    arg_max(department, accepted) as department,
    sum(accepted)::bigint as accepted
from summed
group by item_code
order by accepted desc, item_code
