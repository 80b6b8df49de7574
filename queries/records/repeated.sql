-- question: which staged rows repeat the number of another one, and which of them stands?
-- grain: a row that gives way: an equal row came before it (duplicate), or another row of its number tells a later
--   state (superseded; lost where it was accepted on another day, so that it is another case); ``alike`` (registered)
--   holds the hashes of the numbers that occur more than once
-- parameters: of (table)
insert into dropped
with alike_rows as (
    select of, row_id, file, line, key, value, moment::date as day, latest, ended,
        row_number() over (partition by key, content order by row_id) as copy
    from staged
    where of = $of and fault is null and hash(key) in (select number from alike)
), ranked as (
    select *, row_number() over best as place, first_value(day) over best as stands_on
    from alike_rows
    window best as (partition by key order by copy > 1, latest desc, ended desc, row_id desc)
)
select of, row_id, file, line, key, value, if(copy > 1, 'duplicate', 'superseded'), copy = 1 and day <> stands_on
from ranked
where copy > 1 or place > 1
