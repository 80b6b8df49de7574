-- question: how many lines of a file are no rows?
-- grain: one row
-- parameters: file
select count(*) from broken where file = $file
