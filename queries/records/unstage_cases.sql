-- question: which cases were noted of the newest files?
-- grain: a row; none any more: they are read in another way, or not at all
-- parameters: file (its number, and all after it)
delete from cases where file >= $file
