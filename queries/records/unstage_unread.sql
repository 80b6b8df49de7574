-- question: which words that mean nothing were noted of the newest files? (none any more: they are read in another way, or not at all)
-- grain: a row
-- parameters: file (its number, and all after it)
delete from unread where file >= $file
