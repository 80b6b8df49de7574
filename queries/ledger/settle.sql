-- question: is all that was written in the file itself? What the disk cannot take is told here, for closing is silent
-- grain: the whole ledger
-- parameters: none

checkpoint;
