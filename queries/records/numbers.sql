-- question: what are the numbers (ids) of the staged rows, as hashes?
-- grain: a row that nothing is wrong with
-- parameters: of (table), slices (into how many the hashes are cut), slice
select hash(key) as number
from staged
where of = $of and fault is null and ($slices = 1 or hash(key) % $slices = $slice)
