-- question: which numbers (ids) of a call were written in several ways?
-- grain: a number, with its texts; the first five, and how many there are
-- parameters: of (table)
with told as (
    select row_id, key, value from staged where of = $of and fault is null
    union all
    select row_id, key, value from dropped where of = $of
), varied as (
    select key, min(row_id) as first_row, list_sort(list_distinct(list(coalesce(value, key)))) as texts
    from told
    where key in (select o.key from told as o where o.value is not null)
    group by key
    having count(distinct coalesce(value, key)) > 1
)
select key, texts, count(*) over () as numbers
from varied
order by first_row
limit 5
