-- question: how many rows of a month come after one of a later moment, or of a larger number at the same one?
-- grain: one row
-- parameters: of (table), month (its first moment)
with rows as (
    select moment, key, lag(moment) over () as moment_before, lag(key) over () as key_before
    from staged
    where of = $of and fault is null and moment >= $month and moment < $month + interval 1 month
)
select count(*)
from rows
where moment_before > moment or (moment_before = moment and key_before > key)
