-- question: how many rows of a table are staged?
-- grain: one row
-- parameters: of (table)
select count(*) from staged where of = $of
