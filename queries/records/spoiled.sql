-- question: which numbers (ids) of a file went through a floating point, so that their last digits are gone?
-- grain: column, with its rows and the first of them
-- parameters: of (table), file
select split_part(fault, ' ', 2) as "column", count(*) as rows, arg_min(value, row_id) as value
from staged
where of = $of and file = $file and starts_with(fault, 'spoiled')
group by all
order by count(*) desc, "column"
