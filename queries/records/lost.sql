-- question: how many rows of a call are lost: not taken, and no other row tells what they told?
-- grain: one row
-- parameters: of (table), files (their numbers)
select
    (select count(*) from staged where of = $of and fault is not null and not starts_with(fault, 'heading'))
    + (select count(*) from dropped where of = $of and lost)
    + (select count(*) from broken where list_contains($files, file))
