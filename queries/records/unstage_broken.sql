-- question: which lines that are no rows were noted of the newest files? (none any more: they are read in another way, or not at all)
-- grain: a row
-- parameters: file (its number, and all after it)
delete from broken where file >= $file
