-- question: for what reasons were rows of a file not taken?
-- grain: a reason, the most frequent first, with the first of its rows
-- parameters: path
select reason, count(*) as rows, min("row") as "row", arg_min("column", "row") as "column",
    arg_min(value, "row") as value
from read_parquet($path)
group by reason
order by count(*) desc, reason
