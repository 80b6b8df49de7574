-- question: which rows of cases were staged of a file? (none any more: it is read in another way)
-- grain: a row
-- parameters: file
delete from cases where file = $file
