-- question: which rows of consultations were staged of a file? (none any more: it is read in another way)
-- grain: a row
-- parameters: file
delete from consultations where file = $file
