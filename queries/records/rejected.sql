-- question: which rows of a file are not taken, where do they stand and why?
-- grain: a row; line counts from 1 with the headings, and for a row whose line was not kept it follows from its place
--   among the staged rows and from the broken lines before it
-- parameters: of (table), file, name, skip (lines above the first row), key (the column that numbers a row)
with first_row as (
    select min(row_id) as row_id from staged where of = $of and file = $file
), gaps as (
    select line - $skip - row_number() over (order by line) as before, row_number() over (order by line) as lines
    from broken
    where file = $file
), gap as (
    select before, max(lines) as lines from gaps group by before
), faulty as (
    select row_id, line, split_part(fault, ' ', 1) as reason, split_part(fault, ' ', 2) as "column", value
    from staged
    where of = $of and file = $file and fault is not null
    union all by name
    select s.row_id, s.line, d.reason, $key as "column", left(s.key, 200) as value
    from staged s join dropped d using (of, row_id)
    where of = $of and s.file = $file
), placed as (
    select f.* exclude (row_id), f.row_id - first_row.row_id as place from faulty f, first_row
)
select $name as file, $of as "table", coalesce(p.line, $skip + 1 + p.place + coalesce(gap.lines, 0)) as "row",
    "column", reason, value
from placed p asof left join gap on p.place >= gap.before
union all
select $name, $of, line, null, reason, value
from broken
where file = $file
order by "row"
