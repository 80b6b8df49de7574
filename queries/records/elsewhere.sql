-- question: which staged rows have a number that stands in a month which this delivery does not replace?
-- grain: a row that gives way; ``standing`` holds the numbers of those months as ``key``
-- parameters: of (table)
insert into dropped
select of, row_id, file, line, key, value, 'elsewhere', true
from staged
where of = $of and fault is null and key in (select key from standing)
