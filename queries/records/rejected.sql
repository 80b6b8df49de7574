-- question: which rows of a file are not taken, where do they stand and why?
-- grain: a row; line counts from 1 with the headings, and for a row whose line was not kept it follows from its place
--   among the rows that were staged and from the broken lines before it
-- parameters: of (table), file, name, skip (lines above the first row), key (the column that numbers a row)
with faulty as (
    select row_id, line, split_part(fault, ' ', 1) as reason, split_part(fault, ' ', 2) as "column", value
    from staged
    where of = $of and file = $file and fault is not null
    union all
    select row_id, line, reason, $key, left(key, 200)
    from dropped
    where of = $of and file = $file
), first_row as (
    select least(
        (select min(row_id) from staged where of = $of and file = $file),
        (select min(row_id) from dropped where of = $of and file = $file)
    ) as row_id
), gaps as (
    select line - $skip - row_number() over (order by line) as before, row_number() over (order by line) as lines
    from broken
    where file = $file
), gap as (
    select before, max(lines) as lines from gaps group by before
), placed as (
    select f.*, f.row_id - first_row.row_id as place from faulty as f, first_row
)
select $name as file, $of as "table", coalesce(p.line, $skip + 1 + p.place + coalesce(gap.lines, 0)) as "row",
    "column", reason, value
from placed as p asof left join gap on p.place >= gap.before
union all
select $name, $of, line, null, reason, value
from broken
where file = $file
order by "row"
