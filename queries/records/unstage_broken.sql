-- question: which rows of broken were staged of a file? (none any more: it is read in another way)
-- grain: a row
-- parameters: file
delete from broken where file = $file
